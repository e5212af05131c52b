// A short stretch restored at once, to be looked at before the run. One at a time; a newer one ends an older one.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ClipHistory } from '#shared/domain/clip-edit.ts';
import type { JobId } from '#shared/domain/ids.ts';
import type { Clip } from '#shared/domain/project-clip.ts';
import { editsKept } from '../../bridge/edits-kept.ts';
import { queryKeys } from '../../bridge/query-keys.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { reportFailure } from '../../components/report-failure.tsx';
import { useStudioState } from '../studio/studio-state.tsx';
import type { Preview } from './player/played-films.ts';
import { durationOf } from './player/time-code.ts';
import { useClipHistory } from './use-clips.ts';

export interface ClipPreview {
  readonly preview: Preview | null;
  readonly isPending: boolean;
  /** Whether edits came after it. */
  readonly isStale: boolean;
  start(fromSeconds: number, durationSeconds: number): void;
  cancel(): void;
  /** Back to the whole film. */
  leave(): void;
}

/** `runId`: of the run that goes on; another run or result is what people want to see then. */
export function usePreview(clip: Clip, runId: JobId | null, onLeft: () => void): ClipPreview {
  const client = useStudioClient();
  const cache = useQueryClient();
  const { shownFilm, showFilm } = useStudioState();
  const { data: history } = useClipHistory(clip.id);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [isPending, setIsPending] = useState(false);
  /** Counts up with every start and cancel: an answer to an older one is not wanted any more. */
  const turn = useRef(0);
  const cursor = history?.cursor ?? 0;
  useEffect(
    () => () => {
      if (turn.current % 2 === 1)
        client.invoke('clips.cancel-preview', { clipId: clip.id }).catch(() => undefined);
    },
    [client, clip.id],
  );

  const superseded = `${runId} ${clip.result?.result.key}`;
  const leaveIfAny = useEffectEvent(() => {
    if (preview === null) return;
    setPreview(null);
    onLeft();
  });
  useEffect(() => leaveIfAny(), [superseded]);

  const begin = async (fromSeconds: number, durationSeconds: number): Promise<void> => {
    // Odd while one is waited for.
    turn.current += turn.current % 2 === 0 ? 1 : 2;
    const mine = turn.current;
    setIsPending(true);
    try {
      await editsKept(cache);
      if (turn.current !== mine) return;
      // Asked now, not when the page was drawn: edits may have come in between.
      const made = cache.getQueryData<ClipHistory>(queryKeys.clipHistory(clip.id))?.cursor ?? 0;
      const duration = durationOf(clip.facts);
      const from = Math.max(0, Math.min(fromSeconds, duration - durationSeconds));
      const answer = await client.invoke('clips.preview', {
        clipId: clip.id,
        fromSeconds: from,
        durationSeconds,
      });
      // null: a newer one or a stop ended it.
      if (turn.current !== mine || answer === null) return;
      setPreview({ id: answer.previewId, fromSeconds: from, durationSeconds, cursor: made });
      if (shownFilm === 'original') showFilm('split');
    } catch (error) {
      if (turn.current === mine) reportFailure(error);
    } finally {
      if (turn.current === mine) {
        turn.current += 1;
        setIsPending(false);
      }
    }
  };
  return {
    preview,
    isPending,
    isStale: preview !== null && preview.cursor !== cursor,
    start: (fromSeconds, durationSeconds) => void begin(fromSeconds, durationSeconds),
    cancel() {
      if (turn.current % 2 === 0) return;
      turn.current += 1;
      setIsPending(false);
      client.invoke('clips.cancel-preview', { clipId: clip.id }).catch(reportFailure);
    },
    leave() {
      setPreview(null);
      onLeft();
    },
  };
}
