// The status of one model as others see it, from what lies on disk and what is going on. Pure but for the presence it is given.
import type { CatalogEntry, ModelStatus } from '#shared/domain/model.ts';
import { HeirloomError, toWire } from '#shared/errors/heirloom-error.ts';
import type { Activity } from './model-activity.ts';
import type { ConversionState } from './model-conversions.ts';
import type { Presence } from './model-store.ts';

export interface StatusFacts {
  readonly presence: Presence;
  readonly activity: Activity | null;
  /** Bytes of an unfinished download. */
  readonly partialBytes: number;
  /** How the last download ended, when it failed. */
  readonly failure: unknown;
  /** Why the file could not be checked; undefined when it was, or was not tried. */
  readonly checkFailure: unknown;
  /** Of a checkpoint: is it converted? */
  readonly conversion: ConversionState;
  /** Why the newest conversion failed; undefined when it did not. */
  readonly conversionFailure: unknown;
}

export function statusOf(entry: CatalogEntry, facts: StatusFacts): ModelStatus {
  const { presence, activity } = facts;
  const idle = { entry, bytesPerSecond: null, etaSeconds: null, error: null } as const;
  if (activity?.kind === 'queued') return { ...idle, state: 'queued', receivedBytes: activity.receivedBytes };
  if (activity?.kind === 'downloading') {
    return {
      ...idle,
      state: 'downloading',
      receivedBytes: activity.receivedBytes,
      bytesPerSecond: activity.bytesPerSecond,
      etaSeconds: activity.etaSeconds,
    };
  }
  if (activity?.kind === 'verifying' || activity?.kind === 'converting')
    return { ...idle, state: activity.kind, receivedBytes: activity.doneBytes };
  switch (presence.kind) {
    case 'absent':
      return {
        ...idle,
        state: 'not-installed',
        receivedBytes: facts.partialBytes,
        error: facts.failure === undefined ? null : toWire(facts.failure),
      };
    case 'unverified':
      return facts.checkFailure === undefined
        ? { ...idle, state: 'verifying', receivedBytes: 0 }
        : {
            ...idle,
            state: 'damaged',
            receivedBytes: presence.stamp.byteSize,
            error: toWire(facts.checkFailure),
          };
    case 'wrong':
      return {
        ...idle,
        state: 'damaged',
        receivedBytes: presence.stamp.byteSize,
        error: toWire(new HeirloomError('model.wrong-digest', { fileName: presence.path })),
      };
    case 'verified': {
      const receivedBytes = presence.stamp.byteSize;
      if (entry.container === 'onnx' || facts.conversion === 'ready')
        return { ...idle, state: 'installed', receivedBytes };
      const { conversionFailure } = facts;
      const error = conversionFailure === undefined ? null : toWire(conversionFailure);
      return { ...idle, state: 'awaiting-conversion', receivedBytes, error };
    }
  }
}
