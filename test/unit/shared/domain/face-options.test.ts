// Options of single faces: how edits fold, what reaches the recipe, and that old histories give old recipes.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { type Edit, type FaceSettings, type HistoryStep, photoEditSchema } from '#shared/domain/edit.ts';
import type { Face } from '#shared/domain/face.ts';
import type { FaceJudgement } from '#shared/domain/face-advice.ts';
import { plainPaste } from '#shared/domain/face-paste.ts';
import { type EditedPhoto, foldEdits } from '#shared/domain/fold-edits.ts';
import { editIdSchema, faceIdSchema, modelIdSchema, photoIdSchema } from '#shared/domain/ids.ts';
import { recipeSchema } from '#shared/domain/recipe.ts';
import { modelsNamedBy, recipeOf } from '#shared/domain/recipe-of.ts';
import { stateKeyOf } from '../../../../src/main/edits/state-key.ts';
import { modelsOf } from '../../../../src/main/results/current-recipe.ts';
import { faceAt } from '../../../helpers/fake-engine.ts';
import { fileFor } from '../../../helpers/fake-models.ts';

const photoId = photoIdSchema.parse(randomUUID());
const size = { widthPx: 1200, heightPx: 800 };
const codeformer = modelIdSchema.parse('codeformer');
const upscale = modelIdSchema.parse('upscale-x2');
const judged = (detailPx: number): FaceJudgement => ({ sidePx: 200, detailPx, noise: 0, blocks: 0 });
function face(index: number, detailPx: number): Face {
  const id = faceIdSchema.parse(randomUUID());
  return {
    ...faceAt(index),
    id,
    photoId,
    source: 'detected',
    detectorId: null,
    judgement: judged(detailPx),
  };
}
const [first, second] = [face(0, 40), face(1, 300)];
const faceId = first.id;
function fold(...edits: Edit[]): EditedPhoto {
  const steps = edits.map(
    (edit, index): HistoryStep => ({
      id: editIdSchema.parse(randomUUID()),
      photoId,
      sequence: index + 1,
      edit,
      madeAt: '2026-01-01T00:00:00.000Z',
    }),
  );
  return foldEdits(size, [first, second], steps, steps.length);
}
const models = (hasParser = true) => ({
  named: new Map([
    [upscale, fileFor('upscale-x2')],
    [codeformer, fileFor('codeformer')],
  ]),
  defaultRestorer: fileFor('lite-face'),
  parser: hasParser ? fileFor('parsenet') : null,
});
const recipe = (photo: EditedPhoto, hasParser = true) => recipeOf(photo, 0, models(hasParser));
const changed: readonly Edit[] = [
  { kind: 'face.set-mask', faceId, mask: 'no-glasses' },
  { kind: 'face.set-edge', faceId, expandPx: 12, featherPx: 6 },
  { kind: 'face.set-upscaler', faceId, upscalerId: upscale },
  { kind: 'face.set-colour-match', faceId, matchesColour: true },
];

describe('how a face is laid back', () => {
  it('reaches the recipe of this face, with the model it names', () => {
    const photo = fold(...changed);
    const made = recipe(photo);
    expect(made.faces[0]).toMatchObject({
      mask: 'no-glasses',
      expandPx: 12,
      featherPx: 6,
      matchesColour: true,
      faceUpscaler: { modelId: upscale },
    });
    expect(recipeSchema.parse(made)).toEqual(made);
    expect(modelsNamedBy(photo)).toEqual([upscale]);
    expect(modelsOf(made).map(({ modelId }) => modelId)).toContain(upscale);
    expect(made.faces[1]).toEqual(recipe(fold()).faces[1]);
    expect(stateKeyOf(photo)).not.toBe(stateKeyOf(fold()));
  });

  it('back at rest, recipe and state are the same as if nothing had ever been set', () => {
    const back = fold(
      ...changed,
      { kind: 'face.set-mask', faceId, mask: 'face-and-hair' },
      { kind: 'face.set-edge', faceId, expandPx: 0, featherPx: 0 },
      { kind: 'face.set-upscaler', faceId, upscalerId: null },
      { kind: 'face.set-colour-match', faceId, matchesColour: false },
    );
    expect(canonicalJson(recipe(back))).toBe(canonicalJson(recipe(fold())));
    expect(stateKeyOf(back)).toBe(stateKeyOf(fold()));
    expect(Object.keys(recipe(fold()).faces[0] ?? {}).toSorted()).toEqual(
      ['boxInPhoto', 'faceId', 'fidelity', 'landmarksInPhoto', 'restorer', 'strength'].toSorted(),
    );
  });

  it('without a parser the mask is not part of the recipe: it would change nothing', () => {
    expect(recipe(fold(...changed), false).faces[0]).not.toHaveProperty('mask');
  });
});

describe('one face and the others', () => {
  it('reset takes everything of the face back and nothing else', () => {
    const other: Edit = { kind: 'face.set-fidelity', faceId: second.id, fidelity: 0.2 };
    const reset = fold(
      other,
      ...changed,
      { kind: 'face.set-enabled', faceId, enabled: false },
      { kind: 'face.set-strength', faceId, strength: 0.3 },
      { kind: 'face.reset', faceId },
    );
    expect(reset).toEqual(fold(other));
  });

  it("settings for all faces replace each face's own and leave them on or off", () => {
    const settings: FaceSettings = {
      fidelity: 0.35,
      strength: 0.8,
      restorerId: codeformer,
      paste: { ...plainPaste, featherPx: 9 },
    };
    const photo = fold(
      { kind: 'face.set-enabled', faceId: second.id, enabled: false },
      { kind: 'face.set-fidelity', faceId, fidelity: 0.9 },
      { kind: 'photo.set-all-faces', settings },
    );
    expect(photo.faces.map(({ isEnabled }) => isEnabled)).toEqual([true, false]);
    for (const edited of photo.faces) expect(edited).toMatchObject(settings);
    expect(photoEditSchema.safeParse({ kind: 'photo.set-all-faces', settings }).success).toBe(true);
  });

  it('suggestions are taken for the faces they were made for, those left alone included', () => {
    const edit: Edit = {
      kind: 'photo.use-suggestions',
      faces: [
        { faceId, fidelity: 0.45 },
        { faceId: second.id, fidelity: null },
        { faceId: faceIdSchema.parse(randomUUID()), fidelity: 0.1 },
      ],
    };
    const [one, two] = fold({ kind: 'face.set-enabled', faceId, enabled: false }, edit).faces;
    expect([one?.fidelity, one?.isEnabled, two?.fidelity, two?.isEnabled]).toEqual([0.45, true, null, false]);
    expect(photoEditSchema.safeParse(edit).success).toBe(false);
  });

  it('blurred and small faces are left alone until somebody says otherwise of one', () => {
    const on = (...edits: Edit[]) => fold(...edits).faces.map(({ isEnabled }) => isEnabled);
    const blurred: Edit = {
      kind: 'photo.leave-alone',
      faces: { smallerThanPx: null, lessDetailThanPx: 64 },
    };
    const small: Edit = { kind: 'photo.leave-alone', faces: { smallerThanPx: 96, lessDetailThanPx: null } };
    const none: Edit = { kind: 'photo.leave-alone', faces: { smallerThanPx: null, lessDetailThanPx: null } };
    const enable: Edit = { kind: 'face.set-enabled', faceId, enabled: true };
    expect(on(blurred)).toEqual([false, true]);
    expect(on(small)).toEqual([false, false]);
    expect(on(blurred, enable)).toEqual([true, true]);
    expect(on(enable, small)).toEqual([true, false]);
    expect(on(small, blurred)).toEqual([false, true]);
    expect(on(blurred, enable, { kind: 'face.reset', faceId })).toEqual([false, true]);
    expect(fold(blurred, none)).toEqual(fold());
  });
});
