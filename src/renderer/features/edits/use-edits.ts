// Changing a photo: apply, undo, redo. A change shows at once and is taken back when main refuses it.
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Edit, History } from '#shared/domain/edit.ts';
import type { HistoryChange } from '#shared/domain/history-change.ts';
import { editIdSchema, type PhotoId } from '#shared/domain/ids.ts';
import { applyHistoryChange } from '../../bridge/apply-history-change.ts';
import { editsOf, isLastEdit } from '../../bridge/edits-kept.ts';
import { queryKeys } from '../../bridge/query-keys.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { useHistory } from '../../bridge/use-answers.ts';

export interface Edits {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  apply(edit: Edit): void;
  /** Resolves when main has taken the edit; false when it was refused. */
  applied(edit: Edit): Promise<boolean>;
  undo(): void;
  redo(): void;
  /** To after the step with this sequence; 0: before all of them. */
  jump(cursor: number): void;
}

type Change =
  | { readonly kind: 'apply'; readonly edit: Edit }
  | { readonly kind: 'jump'; readonly cursor: number }
  | { readonly kind: 'undo' | 'redo' };

export function useEdits(photoId: PhotoId): Edits {
  const client = useStudioClient();
  const cache = useQueryClient();
  const { data: history } = useHistory(photoId);
  const canUndo = history !== undefined && history.cursor > 0;
  const canRedo = history?.steps.some(({ sequence }) => sequence > history.cursor) ?? false;

  const mutation = useMutation({
    mutationKey: editsOf(photoId),
    // One after the other: a quick second edit must not overtake the first.
    scope: { id: `edits of ${photoId}` },
    mutationFn(change: Change): Promise<HistoryChange> {
      switch (change.kind) {
        case 'apply':
          return client.invoke('edits.apply', { photoId, edit: change.edit });
        case 'jump':
          return client.invoke('edits.jump', { photoId, cursor: change.cursor });
        default:
          return client.invoke(`edits.${change.kind}`, { photoId, count: 1 });
      }
    },
    async onMutate(change) {
      await cache.cancelQueries({ queryKey: queryKeys.history(photoId) });
      cache.setQueryData<History>(queryKeys.history(photoId), (before) =>
        before === undefined ? before : foresee(before, change),
      );
    },
    onSuccess: (changed) => isLastEdit(cache, photoId) && keep(cache, changed),
    onError: () => cache.invalidateQueries({ queryKey: queryKeys.history(photoId) }),
  });
  const { mutate } = mutation;
  // The same function at every drawing: a list of a thousand steps is given it.
  const jump = useCallback((cursor: number) => mutate({ kind: 'jump', cursor }), [mutate]);
  return {
    canUndo,
    canRedo,
    apply: (edit) => mutate({ kind: 'apply', edit }),
    applied: (edit) =>
      mutation.mutateAsync({ kind: 'apply', edit }).then(
        () => true,
        () => false,
      ),
    undo: () => canUndo && mutate({ kind: 'undo' }),
    redo: () => canRedo && mutate({ kind: 'redo' }),
    jump,
  };
}

function keep(cache: QueryClient, changed: HistoryChange): void {
  applyHistoryChange(cache, changed);
  void cache.invalidateQueries({ queryKey: queryKeys.result(changed.photoId) });
}

/** The history as main will have it; the id of a new step is main's to give and replaced by its answer. */
export function foresee(history: History, change: Change): History {
  const { photoId, steps, cursor } = history;
  switch (change.kind) {
    case 'undo':
      return { ...history, cursor: Math.max(0, cursor - 1) };
    case 'redo':
      return { ...history, cursor: Math.min(steps.length, cursor + 1) };
    case 'jump':
      return { ...history, cursor: Math.min(steps.length, change.cursor) };
    case 'apply': {
      const id = editIdSchema.parse(crypto.randomUUID());
      const step = { id, photoId, sequence: cursor + 1, edit: change.edit, madeAt: new Date().toISOString() };
      return {
        ...history,
        steps: [...steps.filter(({ sequence }) => sequence <= cursor), step],
        cursor: cursor + 1,
      };
    }
  }
}
