// The recipe of a photo now: its edited state with every model it names looked up. Main process.
import { createHash } from 'node:crypto';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import type { EditedPhoto } from '#shared/domain/fold-edits.ts';
import { type ModelId, type Sha256, sha256Schema } from '#shared/domain/ids.ts';
import type { ModelPurpose } from '#shared/domain/model.ts';
import type { ModelIdentity, Recipe } from '#shared/domain/recipe.ts';
import {
  modelsNamedBy,
  needsColouriser,
  needsDefaultRestorer,
  needsInpainter,
  recipeOf,
} from '#shared/domain/recipe-of.ts';
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
  const best = async (purpose: ModelPurpose, isNeeded: boolean): Promise<ModelIdentity | null> => {
    const model = isNeeded ? await models.bestFor(purpose) : null;
    if (model === null && isNeeded) throw new HeirloomError('model.not-installed', { name: purpose });
    return model;
  };
  const defaultRestorer = await best('face-restoration', needsDefaultRestorer(state));
  const inpainter = await best('inpainting', needsInpainter(state));
  const colouriser = await best('colourisation', needsColouriser(state));
  const parser = await models.bestFor('face-parsing');
  return recipeOf(state, pageIndex, { named, defaultRestorer, inpainter, colouriser, parser });
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
    ...recipe.faces.flatMap(({ holes }) => holes?.inpainter ?? []),
    ...recipe.faces.flatMap(({ colouring }) => colouring?.colouriser ?? []),
    ...(recipe.parser === null ? [] : [recipe.parser]),
    ...(recipe.background.upscaler === null ? [] : [recipe.background.upscaler]),
  ];
  return [...new Map(all.map((identity) => [identity.modelId, identity])).values()];
}
