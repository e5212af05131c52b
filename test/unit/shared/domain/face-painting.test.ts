// What is painted on one face and its colour: how it folds, what reaches the recipe, which models it asks for.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { BrushStroke } from '#shared/domain/brush.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import type { Edit } from '#shared/domain/edit.ts';
import { type EditedPhoto, foldEdits } from '#shared/domain/fold-edits.ts';
import { editIdSchema, faceIdSchema, photoIdSchema } from '#shared/domain/ids.ts';
import type { ModelPurpose } from '#shared/domain/model.ts';
import { recipeSchema } from '#shared/domain/recipe.ts';
import { stateKeyOf } from '../../../../src/main/edits/state-key.ts';
import { modelsOf, type RecipeModels, recipeFor } from '../../../../src/main/results/current-recipe.ts';
import { faceAt } from '../../../helpers/fake-engine.ts';
import { fileFor } from '../../../helpers/fake-models.ts';

const photoId = photoIdSchema.parse(randomUUID());
const faces = [0, 1].map((index) => ({
  ...faceAt(index),
  id: faceIdSchema.parse(randomUUID()),
  photoId,
  source: 'detected' as const,
  detectorId: null,
}));
const [faceId, otherId] = faces.map(({ id }) => id) as [(typeof faces)[0]['id'], (typeof faces)[0]['id']];
const stroke = (x: number, mode: BrushStroke['mode'] = 'paint'): BrushStroke => ({
  points: [[x, 20]],
  radiusPx: 9,
  hardness: 1,
  mode,
});
function fold(...edits: Edit[]): EditedPhoto {
  const steps = edits.map((edit, index) => ({
    id: editIdSchema.parse(randomUUID()),
    photoId,
    sequence: index + 1,
    edit,
    madeAt: '2026-01-01T00:00:00.000Z',
  }));
  return foldEdits({ widthPx: 900, heightPx: 600 }, faces, steps, steps.length);
}
/** All purposes installed but these. */
const modelsWithout = (...missing: ModelPurpose[]): RecipeModels => ({
  fileOf: async (id) => fileFor(id),
  bestFor: async (purpose) => (missing.includes(purpose) ? null : fileFor(`best-${purpose}`)),
});
const recipe = (photo: EditedPhoto, ...missing: ModelPurpose[]) =>
  recipeFor(photo, 0, modelsWithout(...missing));
const painted: readonly Edit[] = [
  { kind: 'face.paint', faceId, layer: 'mask', stroke: stroke(1) },
  { kind: 'face.paint', faceId, layer: 'holes', stroke: stroke(2) },
  { kind: 'face.paint', faceId, layer: 'mask', stroke: stroke(3, 'erase') },
  { kind: 'face.set-colouring', faceId, strength: 0.6 },
];

describe('a painted face', () => {
  it('has its strokes, its fill and its colour in the recipe, with the models that make them', async () => {
    const made = await recipe(fold(...painted));
    expect(made.faces[0]).toMatchObject({
      maskStrokes: [stroke(1), stroke(3, 'erase')],
      holes: { strokes: [stroke(2)], inpainter: { modelId: 'best-inpainting' } },
      colouring: { strength: 0.6, colouriser: { modelId: 'best-colourisation' } },
    });
    expect(recipeSchema.parse(made)).toEqual(made);
    const names = modelsOf(made).map(({ modelId }) => modelId);
    expect(names).toEqual(expect.arrayContaining(['best-inpainting', 'best-colourisation']));
    expect(made.faces[1]).toEqual((await recipe(fold())).faces[1]);
    expect(stateKeyOf(fold(...painted))).not.toBe(stateKeyOf(fold()));
  });

  it('with everything taken back is the face it was, by undoing edits or by resetting', async () => {
    const before = canonicalJson(await recipe(fold()));
    const back: Edit[] = [
      { kind: 'face.clear-painting', faceId, layer: 'mask' },
      { kind: 'face.clear-painting', faceId, layer: 'holes' },
      { kind: 'face.set-colouring', faceId, strength: 0 },
    ];
    for (const edits of [
      [...painted, ...back],
      [...painted, { kind: 'face.reset', faceId } as const],
      back,
    ]) {
      expect(canonicalJson(await recipe(fold(...edits)))).toBe(before);
      expect(stateKeyOf(fold(...edits))).toBe(stateKeyOf(fold()));
    }
  });

  it('asks only for the models it needs, and says which one is missing', async () => {
    const off: Edit = { kind: 'face.set-enabled', faceId, enabled: false };
    await recipe(fold(...painted, off), 'inpainting', 'colourisation');
    await recipe(
      fold({ kind: 'face.paint', faceId: otherId, layer: 'mask', stroke: stroke(1) }),
      'inpainting',
    );
    await expect(recipe(fold(...painted), 'inpainting')).rejects.toMatchObject({
      code: 'model.not-installed',
      params: { name: 'inpainting' },
    });
    await expect(recipe(fold(...painted), 'colourisation')).rejects.toMatchObject({
      code: 'model.not-installed',
      params: { name: 'colourisation' },
    });
  });
});
