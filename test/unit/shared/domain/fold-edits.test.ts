import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Edit, HistoryStep } from '#shared/domain/edit.ts';
import type { Face } from '#shared/domain/face.ts';
import { foldEdits } from '#shared/domain/fold-edits.ts';
import { editIdSchema, faceIdSchema, modelIdSchema, photoIdSchema } from '#shared/domain/ids.ts';
import { recipeSchema } from '#shared/domain/recipe.ts';
import { modelsNamedBy, needsDefaultRestorer, recipeOf } from '#shared/domain/recipe-of.ts';
import { faceAt } from '../../../helpers/fake-engine.ts';
import { fileFor } from '../../../helpers/fake-models.ts';

const photoId = photoIdSchema.parse(randomUUID());
const size = { widthPx: 1200, heightPx: 800 };
const codeformer = modelIdSchema.parse('codeformer');
const upscale = modelIdSchema.parse('upscale-x2');

function face(index: number): Face {
  const id = faceIdSchema.parse(randomUUID());
  return { ...faceAt(index), id, photoId, source: 'detected', detectorId: null };
}
function steps(...edits: Edit[]): HistoryStep[] {
  return edits.map((edit, index) => ({
    id: editIdSchema.parse(randomUUID()),
    photoId,
    sequence: index + 1,
    edit,
    madeAt: '2026-01-01T00:00:00.000Z',
  }));
}
const [first, second] = [face(0), face(1)];

describe('foldEdits', () => {
  it('gives every found face the defaults of the photo', () => {
    const photo = foldEdits(size, [first], [], 0);
    expect(photo).toEqual({
      faces: [{ face: first, isEnabled: true, fidelity: null, strength: 1, restorerId: null }],
      restorerId: null,
      fidelity: 0.7,
      background: { upscalerId: null, strength: 1 },
      scale: 2,
      monochrome: 'auto',
    });
  });

  it('leaves a face that would be invented off until it is asked for, and its region goes into the recipe', () => {
    const box = { x: 10, y: 20, width: 120, height: 96 };
    const pixelated = { ...first, mosaicInPhoto: box };
    const enable = steps({ kind: 'face.set-enabled', faceId: first.id, enabled: true });
    expect(foldEdits(size, [pixelated], enable, 0).faces[0]?.isEnabled).toBe(false);
    const asked = foldEdits(size, [pixelated], enable, 1);
    const models = { named: new Map(), defaultRestorer: fileFor(codeformer), parser: null };
    expect(recipeOf(asked, 0, models).faces[0]?.mosaicInPhoto).toEqual(box);
    expect(recipeOf(foldEdits(size, [first], [], 0), 0, models).faces[0]).not.toHaveProperty('mosaicInPhoto');
  });

  it('does not enlarge a huge scan unless asked', () => {
    expect(foldEdits({ widthPx: 8000, heightPx: 6000 }, [], [], 0).scale).toBe(1);
    const asked = steps({ kind: 'photo.set-scale', scale: 4 });
    expect(foldEdits({ widthPx: 8000, heightPx: 6000 }, [], asked, 1).scale).toBe(4);
  });

  it('applies what is up to the cursor, in order, also when the steps come unsorted', () => {
    const history = steps(
      { kind: 'face.set-fidelity', faceId: first.id, fidelity: 0.1 },
      { kind: 'face.set-fidelity', faceId: first.id, fidelity: 0.2 },
      { kind: 'face.set-fidelity', faceId: first.id, fidelity: 0.3 },
    );
    const at = (cursor: number) => foldEdits(size, [first], history.toReversed(), cursor).faces[0]?.fidelity;
    expect([0, 1, 2, 3, 9].map(at)).toEqual([null, 0.1, 0.2, 0.3, 0.3]);
  });

  it('never changes what it is given', () => {
    const faces = Object.freeze([Object.freeze(first)]);
    const history = steps(
      { kind: 'face.remove', faceId: first.id },
      { kind: 'photo.set-monochrome', mode: 'gray' },
    );
    expect(foldEdits(size, faces, Object.freeze(history), 2).faces).toEqual([]);
    expect(faces).toHaveLength(1);
  });

  it('every kind of edit changes its own part and nothing else', () => {
    const base = foldEdits(size, [first, second], [], 0);
    const fold = (edit: Edit) => foldEdits(size, [first, second], steps(edit), 1);
    const withFirst = (change: object) => ({
      ...base,
      faces: [{ ...base.faces[0], ...change }, base.faces[1]],
    });
    expect(fold({ kind: 'face.set-enabled', faceId: first.id, enabled: false })).toEqual(
      withFirst({ isEnabled: false, ownEnabled: false }),
    );
    expect(fold({ kind: 'face.set-strength', faceId: first.id, strength: 0.5 })).toEqual(
      withFirst({ strength: 0.5 }),
    );
    expect(fold({ kind: 'face.set-model', faceId: first.id, modelId: codeformer })).toEqual(
      withFirst({ restorerId: codeformer }),
    );
    expect(fold({ kind: 'photo.set-restorer', modelId: codeformer })).toEqual({
      ...base,
      restorerId: codeformer,
    });
    expect(fold({ kind: 'photo.set-fidelity', fidelity: 0 })).toEqual({ ...base, fidelity: 0 });
    expect(fold({ kind: 'photo.set-monochrome', mode: 'tint' })).toEqual({ ...base, monochrome: 'tint' });
    const background = { upscalerId: upscale, strength: 0.5 };
    expect(fold({ kind: 'photo.set-background', background })).toEqual({ ...base, background });
  });

  it('a face marked by hand comes, can be edited, and goes', () => {
    const faceId = faceIdSchema.parse(randomUUID());
    const { boxInPhoto, landmarksInPhoto } = faceAt(3);
    const history = steps(
      { kind: 'face.add', faceId, boxInPhoto, landmarksInPhoto },
      { kind: 'face.set-strength', faceId, strength: 0.2 },
      { kind: 'face.remove', faceId },
    );
    const added = foldEdits(size, [first], history, 2).faces[1];
    expect(added).toMatchObject({ strength: 0.2, face: { id: faceId, source: 'manual', photoId } });
    expect(foldEdits(size, [first], history, 3).faces).toHaveLength(1);
  });

  it('edits of a face that is gone change nothing', () => {
    const history = steps({ kind: 'face.set-fidelity', faceId: second.id, fidelity: 0 });
    expect(foldEdits(size, [first], history, 1)).toEqual(foldEdits(size, [first], [], 0));
  });
});

describe('recipeOf', () => {
  const lite = fileFor('lite-face');
  const models = {
    named: new Map([codeformer, upscale].map((id) => [id, fileFor(id)])),
    defaultRestorer: lite,
    parser: fileFor('parsenet'),
  };

  it('names models by digest, resolves fidelity, leaves out faces that are switched off', () => {
    const state = foldEdits(
      size,
      [first, second, face(2)],
      steps(
        { kind: 'face.set-enabled', faceId: second.id, enabled: false },
        { kind: 'face.set-model', faceId: first.id, modelId: codeformer },
        { kind: 'face.set-fidelity', faceId: first.id, fidelity: 0 },
        { kind: 'photo.set-fidelity', fidelity: 0.4 },
        { kind: 'photo.set-background', background: { upscalerId: upscale, strength: 0.5 } },
      ),
      5,
    );
    const recipe = recipeOf(state, 2, models);
    expect(recipeSchema.parse(recipe)).toEqual(recipe);
    expect(recipe.pageIndex).toBe(2);
    expect(recipe.faces.map(({ restorer, fidelity }) => [restorer.modelId, fidelity])).toEqual([
      ['codeformer', 0],
      ['lite-face', 0.4],
    ]);
    expect(recipe.faces[1]?.restorer).toEqual({ modelId: lite.modelId, sha256: lite.sha256 });
    expect(recipe.background.upscaler?.sha256).toBe(fileFor('upscale-x2').sha256);
    expect(modelsNamedBy(state).toSorted()).toEqual(['codeformer', 'upscale-x2']);
    expect(needsDefaultRestorer(state)).toBe(true);
  });

  it('a photo without faces needs neither restorer nor parser', () => {
    const state = foldEdits(size, [], steps({ kind: 'photo.set-restorer', modelId: codeformer }), 1);
    expect(modelsNamedBy(state)).toEqual([]);
    expect(needsDefaultRestorer(state)).toBe(false);
    expect(recipeOf(state, 0, { ...models, defaultRestorer: null })).toMatchObject({
      faces: [],
      parser: null,
    });
  });

  it('refuses to leave a model out silently', () => {
    const state = foldEdits(size, [first], [], 0);
    expect(() => recipeOf(state, 0, { ...models, defaultRestorer: null })).toThrow('not resolved');
  });
});
