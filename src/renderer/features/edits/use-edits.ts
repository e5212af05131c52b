// Changing a photo: apply, undo, redo. The answer is the new history; main tells the rest by events.
import { useQueryClient } from '@tanstack/react-query';
import type { Edit, History } from '#shared/domain/edit.ts';
import type { PhotoId } from '#shared/domain/ids.ts';
import { queryKeys } from '../../bridge/query-keys.ts';
import { useHistory } from '../../bridge/use-answers.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { type ChosenSettings, foldSettings } from './fold-settings.ts';

export interface Edits {
  readonly chosen: ChosenSettings;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  apply(edit: Edit): void;
  undo(): void;
  redo(): void;
}

const nothingChosen: ChosenSettings = { faces: new Map() };

export function useEdits(photoId: PhotoId): Edits {
  const cache = useQueryClient();
  const { data: history } = useHistory(photoId);
  const keep = (changed: History): void => {
    cache.setQueryData(queryKeys.history(changed.photoId), changed);
    for (const key of [queryKeys.recipe(changed.photoId), queryKeys.result(changed.photoId)]) {
      void cache.invalidateQueries({ queryKey: key });
    }
  };
  const apply = useCommand('edits.apply', keep);
  const undo = useCommand('edits.undo', keep);
  const redo = useCommand('edits.redo', keep);
  const canUndo = history !== undefined && history.cursor > 0;
  const canRedo = history?.steps.some(({ sequence }) => sequence > history.cursor) ?? false;
  return {
    chosen: history === undefined ? nothingChosen : foldSettings(history),
    canUndo,
    canRedo,
    apply: (edit) => apply.mutate({ photoId, edit }),
    undo: () => canUndo && undo.mutate({ photoId }),
    redo: () => canRedo && redo.mutate({ photoId }),
  };
}
