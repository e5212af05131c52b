// Checks of model files against their digests: one at a time for each model, shown while it lasts. Main process.
import type { ModelId } from '#shared/domain/ids.ts';
import type { CatalogEntry } from '#shared/domain/model.ts';
import { JobCancelled } from '#shared/errors/heirloom-error.ts';
import type { ModelActivities } from './model-activity.ts';
import type { ModelConversions } from './model-conversions.ts';
import type { ModelShelf } from './model-store.ts';

export interface ModelChecks {
  /** Path of the intact file. Errors: model.not-installed, model.wrong-digest, file.unreadable; JobCancelled. */
  verifiedPath(entry: CatalogEntry, isFresh: boolean): Promise<string>;
  /** Also what was converted from it. Says what is wrong in the log; the status says it to the person. */
  verifyOrLog(entry: CatalogEntry, isFresh: boolean): Promise<void>;
  /** Hashes what no memory vouches for. */
  verifyNewFiles(): Promise<void>;
  /** Why a file could not even be read: shown as it is, not tried again on every look. */
  failureOf(modelId: ModelId): unknown;
  /** The check of one model that is going on; undefined when there is none. */
  running(modelId: ModelId): Promise<unknown> | undefined;
  readonly isAnyActive: boolean;
  /** Resolves when nothing is being checked. */
  idle(): Promise<void>;
}

export interface ModelChecksOptions {
  readonly entries: readonly CatalogEntry[];
  readonly shelf: () => ModelShelf;
  readonly activities: ModelActivities;
  readonly conversions: ModelConversions;
  readonly signal: AbortSignal;
  readonly announce: (modelId: ModelId) => void;
  readonly log: (message: string) => void;
}

export function createModelChecks(options: ModelChecksOptions): ModelChecks {
  const { entries, shelf, activities, conversions, signal, announce, log } = options;
  const verifications = new Map<ModelId, Promise<string>>();
  const failures = new Map<ModelId, unknown>();

  const verify = async (entry: CatalogEntry, isFresh: boolean): Promise<string> => {
    activities.set(entry.id, { kind: 'verifying', doneBytes: 0 });
    failures.delete(entry.id);
    try {
      return await shelf().store.verifiedPath(entry, {
        isFresh,
        signal,
        onBytes: (doneBytes) => activities.set(entry.id, { kind: 'verifying', doneBytes }),
      });
    } catch (error) {
      if (!(error instanceof JobCancelled)) failures.set(entry.id, error);
      throw error;
    } finally {
      verifications.delete(entry.id);
      activities.set(entry.id, null);
    }
  };

  /** Who comes second waits for the same check. */
  const verifiedPath = (entry: CatalogEntry, isFresh: boolean): Promise<string> => {
    const running = verifications.get(entry.id);
    if (running !== undefined) return running;
    const { store } = shelf();
    const isQuick = !isFresh && store.presenceOf(entry).kind !== 'unverified';
    if (isQuick) return store.verifiedPath(entry);
    const verification = verify(entry, isFresh);
    verifications.set(entry.id, verification);
    return verification;
  };

  const isConversionNew = (entry: CatalogEntry): boolean =>
    entry.container === 'pth' && conversions.stateOf(entry) === 'unverified';

  const verifyOrLog = async (entry: CatalogEntry, isFresh: boolean): Promise<void> => {
    try {
      await verifiedPath(entry, isFresh);
      if (entry.container !== 'pth' || (!isFresh && !isConversionNew(entry))) return;
      await conversions.check(entry, { isFresh, signal });
      announce(entry.id);
    } catch (error) {
      if (error instanceof JobCancelled) return;
      log(`${entry.id}: ${String(error)}`);
    }
  };

  return {
    verifiedPath,
    verifyOrLog,
    async verifyNewFiles() {
      for (const entry of entries) {
        if (signal.aborted) return;
        const isNew = shelf().store.presenceOf(entry).kind === 'unverified' && !failures.has(entry.id);
        if (isNew || isConversionNew(entry)) await verifyOrLog(entry, false);
      }
    },
    failureOf: (modelId) => failures.get(modelId),
    running: (modelId) => verifications.get(modelId),
    get isAnyActive() {
      return verifications.size > 0;
    },
    async idle() {
      await Promise.allSettled(verifications.values());
    },
  };
}
