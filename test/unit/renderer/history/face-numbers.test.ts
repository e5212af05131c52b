import { expect, it } from 'vitest';
import type { Edit, HistoryStep } from '#shared/domain/edit.ts';
import type { Face } from '#shared/domain/face.ts';
import { editIdSchema, type FaceId, faceIdSchema, photoIdSchema } from '#shared/domain/ids.ts';
import { foresee } from '../../../../src/renderer/features/edits/use-edits.ts';
import { faceNumbers } from '../../../../src/renderer/features/history/face-numbers.ts';

const photoId = photoIdSchema.parse(crypto.randomUUID());
const boxInPhoto = { x: 0, y: 0, width: 10, height: 10 };
const point: [number, number] = [1, 1];
const landmarksInPhoto: Face['landmarksInPhoto'] = [point, point, point, point, point];
const newId = (): FaceId => faceIdSchema.parse(crypto.randomUUID());
const face = (id: FaceId): Face => ({
  id,
  photoId,
  boxInPhoto,
  landmarksInPhoto,
  score: 1,
  source: 'detected',
  detectorId: null,
});
const stepsOf = (edits: readonly Edit[]): HistoryStep[] =>
  edits.map((edit, index) => ({
    id: editIdSchema.parse(crypto.randomUUID()),
    photoId,
    sequence: index + 1,
    edit,
    madeAt: '2026-01-01T00:00:00.000Z',
  }));
const [first, second, added] = [newId(), newId(), newId()];
const numbersOf = (edits: readonly Edit[]) => {
  const steps = stepsOf(edits);
  const numbers = faceNumbers([face(first), face(second)], steps);
  return steps.map(({ id }) => numbers.get(id) ?? null);
};

it('counts faces as they were listed when the step was made', () => {
  expect(
    numbersOf([
      { kind: 'face.set-fidelity', faceId: second, fidelity: 0.45 },
      { kind: 'face.add', faceId: added, boxInPhoto, landmarksInPhoto },
      { kind: 'face.remove', faceId: first },
      { kind: 'face.set-enabled', faceId: added, enabled: false },
      { kind: 'photo.set-scale', scale: 2 },
      { kind: 'face.set-enabled', faceId: first, enabled: true },
    ]),
  ).toEqual([2, 3, 1, 2, null, null]);
});

it('foresees a jump within the history and never past its end', () => {
  const steps = stepsOf([
    { kind: 'photo.set-scale', scale: 1 },
    { kind: 'photo.set-scale', scale: 2 },
  ]);
  const history = { photoId, steps, cursor: 2 };
  expect(foresee(history, { kind: 'jump', cursor: 0 })).toEqual({ ...history, cursor: 0 });
  expect(foresee(history, { kind: 'jump', cursor: 9 }).cursor).toBe(2);
});
