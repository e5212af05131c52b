// edits.*: from the contract to the services. Main process.
import type { PhotoId } from '#shared/domain/ids.ts';
import type { Recipe } from '#shared/domain/recipe.ts';
import type { SomeHandlers } from '../dispatch.ts';
import type { EditsService } from './edits-service.ts';

export interface EditsCommandsOptions {
  /** Errors: project.none-open. */
  readonly edits: () => EditsService;
  /** Errors: project.none-open, project.read-only. */
  readonly writableEdits: () => EditsService;
  /** Errors: project.none-open, photo.not-found, model.*. */
  readonly recipe: (photoId: PhotoId) => Promise<Recipe>;
}

export function editsCommands({ edits, writableEdits, recipe }: EditsCommandsOptions): SomeHandlers {
  return {
    'edits.apply': ({ photoId, edit }) => writableEdits().apply(photoId, edit),
    'edits.undo': ({ photoId }) => writableEdits().undo(photoId),
    'edits.redo': ({ photoId }) => writableEdits().redo(photoId),
    'edits.history': ({ photoId }) => edits().history(photoId),
    'edits.recipe': ({ photoId }) => recipe(photoId),
  };
}
