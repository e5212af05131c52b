// Downloads one model file: several addresses in turn, retries with back-off, digest before the final name.
import { setTimeout as wait } from 'node:timers/promises';
import type { CatalogEntry } from '#shared/domain/model.ts';
import { HeirloomError, JobCancelled, throwIfCancelled } from '#shared/errors/heirloom-error.ts';
import { freeBytesAt, isDiskFull } from '../../file-system/free-space.ts';
import { type BackOff, defaultBackOff, delayBeforeRetryMs } from './back-off.ts';
import type { NetworkAgents } from './http-get.ts';
import { openPartialFile, type PartialFile } from './partial-file.ts';
import { TransferFailure } from './transfer-failure.ts';
import { transferOnce } from './transfer-once.ts';

export interface DownloadOptions {
  readonly agents: NetworkAgents;
  readonly signal: AbortSignal;
  readonly idleTimeoutMs?: number | undefined;
  readonly backOff?: BackOff | undefined;
  readonly freeBytes?: ((folder: string) => Promise<number | null>) | undefined;
  readonly onBytes: (receivedBytes: number, totalBytes: number | null) => void;
  readonly log: (message: string) => void;
}

const defaultIdleTimeoutMs = 30_000;
/** Failures in a row, over all addresses, without a useful amount of new bytes between them. */
const mostFailuresInARow = 8;
const usefulBytes = 1 << 18;
/** Kept free beside the file, so that a download never takes the last room from the system. */
const spareBytes = 32 << 20;

/**
 * Leaves the verified file at `finalPath`. What arrived stays beside it as .part when this rejects.
 * Errors: model.no-address, model.no-space, model.download-failed, model.wrong-digest, model.folder-not-usable; JobCancelled.
 */
export async function downloadModel(
  entry: CatalogEntry,
  finalPath: string,
  options: DownloadOptions,
): Promise<void> {
  if (entry.addresses.length === 0) throw new HeirloomError('model.no-address', { name: entry.name });
  let part: PartialFile | null = null;
  try {
    part = await openPartialFile(finalPath, options.signal);
    await requireSpace(entry, finalPath, part.byteSize, entry.byteSize, options);
    await fetchFromAddresses(entry, finalPath, part, options);
    await part.finish();
  } catch (error) {
    await part?.close();
    throw await explain(entry, finalPath, part, error, options);
  }
}

async function fetchFromAddresses(
  entry: CatalogEntry,
  finalPath: string,
  part: PartialFile,
  options: DownloadOptions,
): Promise<void> {
  const addresses = [...entry.addresses];
  const begunAnew = new Set<string>();
  let failuresInARow = 0;
  let lastReason = '';
  let hadWrongDigest = false;

  while (addresses.length > 0) {
    throwIfCancelled(options.signal);
    const address = addresses[0] ?? '';
    const bytesBefore = part.byteSize;
    try {
      await completePart(entry, finalPath, address, part, options);
      if (part.digest() === entry.sha256) return;
      const wasJoined = part.isJoined;
      await part.reset();
      if (wasJoined && !begunAnew.has(address)) {
        // Pieces of two versions may have met: once more from the beginning, from one source.
        begunAnew.add(address);
        options.log(`${entry.id}: joined pieces have a wrong digest, beginning anew at ${address}`);
        continue;
      }
      hadWrongDigest = true;
      addresses.shift();
      options.log(`${entry.id}: ${address} has other bytes than the published ones`);
    } catch (error) {
      if (!(error instanceof TransferFailure)) throw error;
      lastReason = `${error.message} (${new URL(address).host})`;
      options.log(`${entry.id}: ${lastReason}`);
      addresses.shift();
      if (error.verdict === 'unusable') continue;
      addresses.push(address);
      failuresInARow = part.byteSize - bytesBefore >= usefulBytes ? 1 : failuresInARow + 1;
      if (failuresInARow > mostFailuresInARow) break;
      await pause(
        delayBeforeRetryMs(failuresInARow, options.backOff ?? defaultBackOff, error.retryAfterMs),
        options,
      );
    }
  }
  if (hadWrongDigest && addresses.length === 0)
    throw new HeirloomError('model.wrong-digest', { fileName: entry.fileName });
  throw new HeirloomError('model.download-failed', { name: entry.name, reason: lastReason });
}

/** Brings the partial file to its full length; a file that is complete already asks nobody. */
async function completePart(
  entry: CatalogEntry,
  finalPath: string,
  address: string,
  part: PartialFile,
  options: DownloadOptions,
): Promise<void> {
  if (entry.byteSize !== null && part.byteSize > entry.byteSize) await part.reset();
  if (entry.byteSize !== null && part.byteSize === entry.byteSize) return;
  let totalBytes = entry.byteSize;
  await transferOnce(address, part, {
    agents: options.agents,
    signal: options.signal,
    idleTimeoutMs: options.idleTimeoutMs ?? defaultIdleTimeoutMs,
    byteSize: entry.byteSize,
    onTotal: async (announcedBytes) => {
      totalBytes = announcedBytes;
      await requireSpace(entry, finalPath, part.byteSize, announcedBytes, options);
    },
    onBytes: (receivedBytes) => options.onBytes(receivedBytes, totalBytes),
  });
}

async function requireSpace(
  entry: CatalogEntry,
  finalPath: string,
  presentBytes: number,
  totalBytes: number | null,
  { freeBytes = freeBytesAt }: DownloadOptions,
): Promise<void> {
  if (totalBytes === null) return;
  const free = await freeBytes(finalPath);
  const missingBytes = totalBytes - presentBytes;
  if (free !== null && missingBytes > 0 && free < missingBytes + spareBytes)
    throw noSpace(entry, missingBytes, free);
}

function noSpace(
  entry: CatalogEntry,
  missingBytes: number,
  freeBytes: number,
  cause?: unknown,
): HeirloomError {
  const inMb = (bytes: number): number => Math.ceil(bytes / 1e6);
  return new HeirloomError(
    'model.no-space',
    { name: entry.name, neededMb: inMb(missingBytes + spareBytes), freeMb: Math.floor(freeBytes / 1e6) },
    { cause },
  );
}

/** The file system's errors in the words of a download. */
async function explain(
  entry: CatalogEntry,
  finalPath: string,
  part: PartialFile | null,
  error: unknown,
  { freeBytes = freeBytesAt }: DownloadOptions,
): Promise<unknown> {
  if (error instanceof HeirloomError || error instanceof JobCancelled) return error;
  if (isDiskFull(error)) {
    const missingBytes = Math.max(0, (entry.byteSize ?? 0) - (part?.byteSize ?? 0));
    return noSpace(entry, missingBytes, (await freeBytes(finalPath)) ?? 0, error);
  }
  return new HeirloomError('model.folder-not-usable', { path: finalPath }, { cause: error });
}

async function pause(delayMs: number, { signal }: DownloadOptions): Promise<void> {
  try {
    await wait(delayMs, undefined, { signal });
  } catch {
    throw new JobCancelled();
  }
}
