import { expect, it } from 'vitest';
import type { Face } from '#shared/domain/face.ts';
import { faceIdSchema, photoIdSchema } from '#shared/domain/ids.ts';
import { idsToKeep } from '../../../../src/main/faces/keep-face-ids.ts';
import { faceAt } from '../../../helpers/fake-engine.ts';

const photoId = photoIdSchema.parse(crypto.randomUUID());
function known(index: number): Face {
  const id = faceIdSchema.parse(crypto.randomUUID());
  return { ...faceAt(index), id, photoId, source: 'detected', detectorId: null };
}
function moved(index: number, byPx: number) {
  const face = faceAt(index);
  return { ...face, boxInPhoto: { ...face.boxInPhoto, x: face.boxInPhoto.x + byPx } };
}

it('a face that moved a little keeps its id, whatever the order', () => {
  const [a, b] = [known(0), known(1)];
  expect(idsToKeep([moved(1, 5), faceAt(7), moved(0, -5)], [a, b])).toEqual([b.id, null, a.id]);
});

it('an id is given once, to the face that overlaps most', () => {
  const a = known(0);
  expect(idsToKeep([moved(0, 12), moved(0, 2)], [a])).toEqual([null, a.id]);
});

it('a neighbour that only touches is another face', () => {
  expect(idsToKeep([moved(0, 35)], [known(0)])).toEqual([null]);
  expect(idsToKeep([], [known(0)])).toEqual([]);
});
