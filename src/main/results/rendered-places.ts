// Which places of a photo's history have a stored picture: by recipe, so that whatever exists is found. Main process.
import type { HistoryPlace } from '#shared/contract/commands.ts';
import type { History, HistoryStep } from '#shared/domain/edit.ts';
import type { EditedPhoto } from '#shared/domain/fold-edits.ts';
import type { VersionId } from '#shared/domain/ids.ts';
import type { Photo } from '#shared/domain/photo.ts';
import type { Result } from '#shared/domain/result.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { stateKeyOf } from '../edits/state-key.ts';
import { type RecipeModels, recipeFor, resultKeyOf } from './current-recipe.ts';

type StoredPicture = Pick<Result, 'id' | 'widthPx' | 'heightPx'>;

/** The steps that lead to a place. Errors: edit.no-such-position, version.not-found. */
export function stepsTo(
  history: History,
  versions: readonly { readonly id: VersionId; readonly steps: readonly HistoryStep[] }[],
  place: HistoryPlace,
): readonly HistoryStep[] {
  if (place.kind === 'position') {
    if (place.cursor > history.steps.length) throw new HeirloomError('edit.no-such-position');
    return history.steps.slice(0, place.cursor);
  }
  const version = versions.find(({ id }) => id === place.versionId);
  if (version === undefined) throw new HeirloomError('version.not-found');
  return version.steps;
}

/** Finds the picture of an edited state. States that look the same are looked up once. */
export function pictureFinder(
  photo: Photo,
  models: RecipeModels,
  cached: (key: string) => Promise<Result | null>,
): (state: EditedPhoto) => Promise<StoredPicture | null> {
  const known = new Map<string, StoredPicture | null>();
  return async (state) => {
    const stateKey = stateKeyOf(state);
    const before = known.get(stateKey);
    if (before !== undefined) return before;
    const found = await lookUp(state);
    const picture =
      found === null ? null : { id: found.id, widthPx: found.widthPx, heightPx: found.heightPx };
    known.set(stateKey, picture);
    return picture;
  };

  async function lookUp(state: EditedPhoto): Promise<Result | null> {
    try {
      return await cached(resultKeyOf(photo.sha256, await recipeFor(state, photo.pageIndex, models)));
    } catch (error) {
      // A model that is gone makes the recipe impossible: what it would show is not known.
      if (error instanceof HeirloomError && error.code.startsWith('model.')) return null;
      throw error;
    }
  }
}

/** Asks for each model once: a long history names the same few in every step. */
export function rememberingModels(models: RecipeModels): RecipeModels {
  const files = new Map<string, ReturnType<RecipeModels['fileOf']>>();
  const best = new Map<string, ReturnType<RecipeModels['bestFor']>>();
  return {
    fileOf(modelId) {
      const file = files.get(modelId) ?? models.fileOf(modelId);
      files.set(modelId, file);
      return file;
    },
    bestFor(purpose) {
      const file = best.get(purpose) ?? models.bestFor(purpose);
      best.set(purpose, file);
      return file;
    },
  };
}
