// edits.*: from the contract to the services. Main process.
import type { PhotoId } from '#shared/domain/ids.ts';
import type { Recipe } from '#shared/domain/recipe.ts';
import type { SomeHandlers } from '../dispatch.ts';
import type { EditsService } from './edits-service.ts';
import type { VersionsService } from './versions-service.ts';

export interface EditsCommandsOptions {
  /** Errors: project.none-open. */
  readonly edits: () => EditsService;
  /** Errors: project.none-open, project.read-only. */
  readonly writableEdits: () => EditsService;
  readonly versions: () => VersionsService;
  readonly writableVersions: () => VersionsService;
  /** Errors: project.none-open, photo.not-found, model.*. */
  readonly recipe: (photoId: PhotoId) => Promise<Recipe>;
}

export function editsCommands(options: EditsCommandsOptions): SomeHandlers {
  const { edits, writableEdits, versions, writableVersions, recipe } = options;
  return {
    'edits.apply': ({ photoId, edit }) => writableEdits().apply(photoId, edit),
    'edits.undo': ({ photoId, count }) => writableEdits().undo(photoId, count),
    'edits.redo': ({ photoId, count }) => writableEdits().redo(photoId, count),
    'edits.jump': ({ photoId, cursor }) => writableEdits().jump(photoId, cursor),
    'versions.list': ({ photoId }) => versions().list(photoId),
    'versions.save': ({ photoId, name }) => writableVersions().save(photoId, name),
    'versions.open': ({ photoId, versionId, keepAs }) => writableVersions().open(photoId, versionId, keepAs),
    'versions.remove': ({ photoId, versionId }) => writableVersions().remove(photoId, versionId),
    'edits.history': ({ photoId }) => edits().history(photoId),
    'edits.recipe': ({ photoId }) => recipe(photoId),
  };
}
