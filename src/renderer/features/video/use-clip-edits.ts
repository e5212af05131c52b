// Edits of one clip: applied at once on the page, kept by main, undone and redone.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ClipEdit, ClipHistory } from '#shared/domain/clip-edit.ts';
import type { ClipId } from '#shared/domain/ids.ts';
import { editsOf, isLastEdit } from '../../bridge/edits-kept.ts';
import { queryKeys } from '../../bridge/query-keys.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { type ClipChange, foreseeClipHistory } from './foresee-clip-history.ts';
import { useClipHistory } from './use-clips.ts';

export interface ClipEdits {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  apply(edit: ClipEdit): void;
  undo(): void;
  redo(): void;
  /** To after the step with this sequence; 0: before all of them. */
  jump(cursor: number): void;
}

/** null: there is no clip, and nothing is done. */
export function useClipEdits(clipId: ClipId | null): ClipEdits {
  const client = useStudioClient();
  const cache = useQueryClient();
  const queryKey = clipId === null ? ['clip-history', null] : queryKeys.clipHistory(clipId);
  const { data: history } = useClipHistory(clipId);

  const mutation = useMutation({
    mutationKey: editsOf(clipId ?? ''),
    // One after the other: a quick second edit must not overtake the first.
    scope: { id: `edits of clip ${clipId}` },
    async mutationFn(change: ClipChange): Promise<ClipHistory | null> {
      if (clipId === null) return null;
      switch (change.kind) {
        case 'apply':
          return client.invoke('clips.apply', { clipId, edit: change.edit });
        case 'jump':
          return client.invoke('clips.jump', { clipId, cursor: change.cursor });
        default:
          return client.invoke(`clips.${change.kind}`, { clipId });
      }
    },
    async onMutate(change) {
      await cache.cancelQueries({ queryKey });
      cache.setQueryData<ClipHistory>(queryKey, (before) =>
        before === undefined ? before : foreseeClipHistory(before, change),
      );
    },
    onSuccess(changed) {
      if (changed === null || !isLastEdit(cache, changed.clipId)) return;
      cache.setQueryData(queryKey, changed);
      void cache.invalidateQueries({ queryKey: queryKeys.clipPlan(changed.clipId) });
    },
    onError: () => cache.invalidateQueries({ queryKey }),
  });
  /** Asked of the cache, not of the last drawing: keys come faster than the page is drawn. */
  const present = (): ClipHistory | undefined => cache.getQueryData<ClipHistory>(queryKey);
  return {
    canUndo: canUndo(history),
    canRedo: canRedo(history),
    apply: (edit) => mutation.mutate({ kind: 'apply', edit }),
    undo: () => canUndo(present()) && mutation.mutate({ kind: 'undo' }),
    redo: () => canRedo(present()) && mutation.mutate({ kind: 'redo' }),
    jump: (cursor) => mutation.mutate({ kind: 'jump', cursor }),
  };
}

function canUndo(history: ClipHistory | undefined): boolean {
  return history !== undefined && history.cursor > 0;
}

function canRedo(history: ClipHistory | undefined): boolean {
  return history?.steps.some(({ sequence }) => sequence > history.cursor) ?? false;
}
