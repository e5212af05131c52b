// The downloads of the model manager: two at a time, each with its progress, its end and its failure.
import { dirname } from 'node:path';
import type { ModelId } from '#shared/domain/ids.ts';
import type { CatalogEntry } from '#shared/domain/model.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { isDiskFull } from '../file-system/free-space.ts';
import type { BackOff } from './download/back-off.ts';
import { takeDownloadLock } from './download/download-lock.ts';
import { downloadModel } from './download/download-model.ts';
import { createDownloadQueue } from './download/download-queue.ts';
import { createAgents, type NetworkAgents } from './download/http-get.ts';
import { partialByteSize } from './download/partial-file.ts';
import { measureRate } from './download/transfer-rate.ts';
import type { ModelActivities } from './model-activity.ts';
import { type ModelShelf, pathOf } from './model-store.ts';

const downloadsAtOnce = 2;

export interface NetworkOptions {
  /** HTTPS_PROXY, HTTP_PROXY, NO_PROXY are read from here. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly log: (message: string) => void;
  /** Silence after which a connection counts as stalled. */
  readonly idleTimeoutMs?: number;
  readonly backOff?: BackOff;
  readonly freeBytes?: (folder: string) => Promise<number | null>;
  readonly now?: () => number;
}

/** What makes a downloaded file usable, in the same turn and under the same cancel. */
export interface AfterDownload {
  /** True: the file is there and right, so nothing is fetched. */
  isPresent(entry: CatalogEntry): boolean;
  finish(entry: CatalogEntry, signal: AbortSignal): Promise<void>;
}

export interface ModelDownloads {
  start(entry: CatalogEntry): void;
  isActive(modelId: ModelId): boolean;
  readonly isAnyActive: boolean;
  /** The promise of the newest download, ended or not; null when none was started. */
  endOf(modelId: ModelId): Promise<void> | null;
  /** How the newest download failed; undefined when it did not. */
  failureOf(modelId: ModelId): unknown;
  forgetFailure(modelId: ModelId): void;
  cancel(modelId: ModelId): void;
  close(): Promise<void>;
}

export function createModelDownloads(
  shelf: () => ModelShelf,
  activities: ModelActivities,
  options: NetworkOptions,
  after: AfterDownload,
): ModelDownloads {
  const queue = createDownloadQueue(downloadsAtOnce);
  const ends = new Map<ModelId, Promise<void>>();
  const failures = new Map<ModelId, unknown>();
  const now = options.now ?? Date.now;
  let agents: NetworkAgents | null = null;

  const agentsFor = (entry: CatalogEntry): NetworkAgents => {
    try {
      agents ??= createAgents(options.environment);
      return agents;
    } catch (error) {
      // A proxy address that cannot be read.
      const reason = error instanceof Error ? error.message : String(error);
      throw new HeirloomError('model.download-failed', { name: entry.name, reason }, { cause: error });
    }
  };

  const download = async (entry: CatalogEntry, signal: AbortSignal): Promise<void> => {
    const { store, index } = shelf();
    const finalPath = pathOf(store.modelsFolder, entry);
    const release = await lockFor(entry, finalPath);
    try {
      await transfer(entry, finalPath, signal);
    } finally {
      await release();
    }
    await store.rememberVerified(entry, finalPath);
    await index.flush();
  };

  const transfer = async (entry: CatalogEntry, finalPath: string, signal: AbortSignal): Promise<void> => {
    const rate = measureRate(partialByteSize(finalPath), now());
    await downloadModel(entry, finalPath, {
      ...options,
      agents: agentsFor(entry),
      signal,
      onBytes(receivedBytes, totalBytes) {
        rate.note(receivedBytes, now());
        activities.set(entry.id, {
          kind: 'downloading',
          receivedBytes,
          totalBytes,
          bytesPerSecond: rate.bytesPerSecond,
          etaSeconds: rate.etaSeconds(totalBytes),
        });
      },
    });
  };

  const downloadAndFinish = async (entry: CatalogEntry, signal: AbortSignal): Promise<void> => {
    if (!after.isPresent(entry)) await download(entry, signal);
    await after.finish(entry, signal);
  };

  const run = async (entry: CatalogEntry): Promise<void> => {
    const receivedBytes = partialByteSize(pathOf(shelf().store.modelsFolder, entry));
    failures.delete(entry.id);
    activities.set(entry.id, { kind: 'queued', receivedBytes });
    try {
      await queue.add(
        entry.id,
        (signal) => downloadAndFinish(entry, signal),
        () => {
          if (after.isPresent(entry)) return;
          activities.set(entry.id, {
            kind: 'downloading',
            receivedBytes,
            totalBytes: entry.byteSize,
            bytesPerSecond: null,
            etaSeconds: null,
          });
        },
      );
    } catch (error) {
      if (error instanceof HeirloomError) failures.set(entry.id, error);
      throw error;
    } finally {
      activities.set(entry.id, null);
    }
  };

  return {
    start(entry) {
      const end = run(entry);
      // Whoever wants to know asks endOf; the failure is in the status either way.
      end.catch(() => {});
      ends.set(entry.id, end);
    },
    isActive: (modelId) => queue.has(modelId),
    get isAnyActive() {
      return queue.size > 0;
    },
    endOf: (modelId) => ends.get(modelId) ?? null,
    failureOf: (modelId) => failures.get(modelId),
    forgetFailure: (modelId) => failures.delete(modelId),
    cancel: (modelId) => queue.cancel(modelId),
    async close() {
      queue.cancelAll();
      await queue.idle();
      agents?.http.destroy();
      agents?.https.destroy();
    },
  };
}

/** Errors: model.busy (another process is at it), model.folder-not-usable. */
async function lockFor(entry: CatalogEntry, finalPath: string): Promise<() => Promise<void>> {
  let release: (() => Promise<void>) | null;
  try {
    release = await takeDownloadLock(finalPath);
  } catch (error) {
    if (isDiskFull(error))
      throw new HeirloomError(
        'model.no-space',
        { name: entry.name, neededMb: 1, freeMb: 0 },
        { cause: error },
      );
    throw new HeirloomError('model.folder-not-usable', { path: dirname(finalPath) }, { cause: error });
  }
  if (release === null) throw new HeirloomError('model.busy', { name: entry.name });
  return release;
}
