// The recipe of a photo now: its edited state with every model it names looked up. Main process.
import { createHash } from 'node:crypto';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import type { EditedPhoto } from '#shared/domain/fold-edits.ts';
import { type ModelId, type Sha256, sha256Schema } from '#shared/domain/ids.ts';
import type { ModelIdentity, Recipe } from '#shared/domain/recipe.ts';
import { modelsNamedBy, needsDefaultRestorer, recipeOf } from '#shared/domain/recipe-of.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { ModelsPort } from '../models/models-port.ts';

export type RecipeModels = Pick<ModelsPort, 'fileOf' | 'bestFor'>;

/** Errors: model.unknown, model.not-installed, model.wrong-digest, model.needs-conversion. */
export async function recipeFor(
  state: EditedPhoto,
  pageIndex: number,
  models: RecipeModels,
): Promise<Recipe> {
  const named = new Map<ModelId, ModelIdentity>();
  for (const modelId of modelsNamedBy(state)) named.set(modelId, await models.fileOf(modelId));
  const defaultRestorer = needsDefaultRestorer(state) ? await models.bestFor('face-restoration') : null;
  if (defaultRestorer === null && needsDefaultRestorer(state))
    throw new HeirloomError('model.not-installed', { name: 'face-restoration' });
  const parser = await models.bestFor('face-parsing');
  return recipeOf(state, pageIndex, { named, defaultRestorer, parser });
}

/** SHA-256 over (original's sha256, canonical recipe): same key, same picture. */
export function resultKeyOf(originalSha256: Sha256, recipe: Recipe): Sha256 {
  const text = canonicalJson({ original: originalSha256, recipe });
  return sha256Schema.parse(createHash('sha256').update(text).digest('hex'));
}

/** Every model of a recipe, once. */
export function modelsOf(recipe: Recipe): ModelIdentity[] {
  const all = [
    ...recipe.faces.map((face) => face.restorer),
    ...recipe.faces.flatMap(({ faceUpscaler }) => faceUpscaler ?? []),
    ...(recipe.parser === null ? [] : [recipe.parser]),
    ...(recipe.background.upscaler === null ? [] : [recipe.background.upscaler]),
  ];
  return [...new Map(all.map((identity) => [identity.modelId, identity])).values()];
}
