// One attempt at one address: asks for what is still missing and appends it to the partial file.
import { type GetOptions, type HttpAnswer, httpGet } from './http-get.ts';
import type { Origin, PartialFile } from './partial-file.ts';
import { TransferFailure } from './transfer-failure.ts';

export interface TransferOptions extends Omit<GetOptions, 'headers'> {
  /** Published size; null when it is not known. */
  readonly byteSize: number | null;
  /** Called when the total becomes known from the answer, before anything is written. May throw to stop. */
  readonly onTotal: (totalBytes: number) => Promise<void>;
  readonly onBytes: (receivedBytes: number) => void;
}

/**
 * Returns when the partial file is complete (its digest still unchecked).
 * Errors: TransferFailure, JobCancelled, the file system's own errors, whatever onTotal throws.
 */
export async function transferOnce(
  address: string,
  part: PartialFile,
  options: TransferOptions,
): Promise<void> {
  const offsetBytes = part.byteSize;
  const answer = await httpGet(address, { ...options, headers: headersFor(address, part) });
  try {
    const transfer = await judge(address, answer, part, options);
    if (transfer === 'complete') return;
    if (transfer.totalBytes !== null) await options.onTotal(transfer.totalBytes);
    await part.begin(originOf(address, answer), transfer.isAnew);
    if (transfer.isAnew && offsetBytes > 0) options.onBytes(0);
    await take(answer, part, transfer.totalBytes ?? options.byteSize, options);
  } finally {
    answer.close();
  }
}

function headersFor(address: string, part: PartialFile): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': 'Heirloom', 'accept-encoding': 'identity' };
  if (part.byteSize === 0) return headers;
  headers['range'] = `bytes=${part.byteSize}-`;
  const validator = part.origin?.address === address ? validatorOf(part.origin) : null;
  if (validator !== null) headers['if-range'] = validator;
  return headers;
}

/** If-Range allows a strong ETag or a date; a weak ETag does not promise equal bytes. */
function validatorOf(origin: Origin): string | null {
  if (origin.etag !== null && !origin.etag.startsWith('W/')) return origin.etag;
  return origin.lastModified;
}

interface Transfer {
  /** The body starts at byte 0, whatever was there before. */
  readonly isAnew: boolean;
  readonly totalBytes: number | null;
}

/** What the status line and the headers mean for the bytes that are there. */
async function judge(
  address: string,
  { status, headers }: HttpAnswer,
  part: PartialFile,
  { byteSize }: TransferOptions,
): Promise<Transfer | 'complete'> {
  if (status === 200) {
    const totalBytes = lengthOf(headers['content-length']);
    refuseOtherSize(totalBytes, byteSize);
    return { isAnew: true, totalBytes };
  }
  if (status === 206) {
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
    const totalBytes = lengthOf(range?.[2]);
    const isSameFile =
      part.origin?.address !== address ||
      (isUnchanged(part.origin.etag, headers.etag) &&
        isUnchanged(part.origin.lastModified, headers['last-modified']));
    if (range === null || Number(range[1]) !== part.byteSize || !isSameFile) {
      await part.reset();
      throw new TransferFailure('retry', 'the file changed on the server');
    }
    refuseOtherSize(totalBytes, byteSize);
    return { isAnew: false, totalBytes };
  }
  if (status === 416) {
    const totalBytes = lengthOf(/^bytes \*\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1]);
    if (part.byteSize > 0 && part.byteSize === (totalBytes ?? byteSize)) return 'complete';
    if (part.byteSize === 0) throw new TransferFailure('unusable', 'HTTP 416');
    await part.reset();
    throw new TransferFailure('retry', 'the server refused to go on behind what is here');
  }
  const isPassing = status === 408 || status === 425 || status === 429 || status >= 500;
  throw new TransferFailure(isPassing ? 'retry' : 'unusable', `HTTP ${status}`, {
    retryAfterMs: retryAfterOf(headers['retry-after']),
  });
}

async function take(
  { body }: HttpAnswer,
  part: PartialFile,
  totalBytes: number | null,
  options: TransferOptions,
): Promise<void> {
  for await (const block of body) {
    if (totalBytes !== null && part.byteSize + block.byteLength > totalBytes) {
      await part.reset();
      throw new TransferFailure('unusable', 'the server sent more than it announced');
    }
    await part.append(block);
    options.onBytes(part.byteSize);
  }
  if (totalBytes !== null && part.byteSize < totalBytes) {
    throw new TransferFailure('retry', 'the connection ended early');
  }
}

function originOf(address: string, { headers }: HttpAnswer): Origin {
  return { address, etag: headers.etag ?? null, lastModified: headers['last-modified'] ?? null };
}

function isUnchanged(before: string | null, now: string | undefined): boolean {
  return before === null || now === undefined || before === now;
}

function lengthOf(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}

function retryAfterOf(text: string | undefined): number | null {
  const seconds = lengthOf(text);
  return seconds === null ? null : seconds * 1000;
}

function refuseOtherSize(announcedBytes: number | null, publishedBytes: number | null): void {
  if (announcedBytes === null || publishedBytes === null || announcedBytes === publishedBytes) return;
  throw new TransferFailure(
    'unusable',
    `the file there has ${announcedBytes} bytes, the published one ${publishedBytes}`,
  );
}
