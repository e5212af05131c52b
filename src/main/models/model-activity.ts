// What is going on with each model right now; says so to others, at most ten times a second.
import type { ModelId } from '#shared/domain/ids.ts';

export type Activity =
  | { readonly kind: 'queued'; readonly receivedBytes: number }
  | {
      readonly kind: 'downloading';
      readonly receivedBytes: number;
      readonly totalBytes: number | null;
      readonly bytesPerSecond: number | null;
      readonly etaSeconds: number | null;
    }
  | { readonly kind: 'verifying' | 'converting'; readonly doneBytes: number };

export interface ModelActivities {
  of(modelId: ModelId): Activity | null;
  /** A new kind is announced at once, progress within a kind soon. Null: nothing goes on any more. */
  set(modelId: ModelId, activity: Activity | null): void;
}

const announcementMs = 100;

export function createModelActivities(announce: (modelId: ModelId) => void): ModelActivities {
  const activities = new Map<ModelId, Activity>();
  /** Progress told within the last tenth of a second; what came since is told when that is over. */
  const pauses = new Map<ModelId, { hasNews: boolean; timer: NodeJS.Timeout }>();

  const announceAndPause = (modelId: ModelId): void => {
    announce(modelId);
    const timer = setTimeout(() => {
      const hasNews = pauses.get(modelId)?.hasNews === true;
      pauses.delete(modelId);
      if (hasNews) announceAndPause(modelId);
    }, announcementMs);
    timer.unref();
    pauses.set(modelId, { hasNews: false, timer });
  };

  return {
    of: (modelId) => activities.get(modelId) ?? null,
    set(modelId, activity) {
      const before = activities.get(modelId);
      if (activity === null) activities.delete(modelId);
      else activities.set(modelId, activity);
      const pause = pauses.get(modelId);
      if (activity !== null && before?.kind === activity.kind && pause !== undefined) {
        pause.hasNews = true;
        return;
      }
      clearTimeout(pause?.timer);
      announceAndPause(modelId);
    },
  };
}
