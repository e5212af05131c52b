import { expect, it } from 'vitest';
import type { Face } from '#shared/domain/face.ts';
import { foldEdits } from '#shared/domain/fold-edits.ts';
import { editIdSchema, faceIdSchema, photoIdSchema } from '#shared/domain/ids.ts';
import { faceStates } from '../../../../src/renderer/features/faces/face-states.ts';
import {
  isTaken,
  suggestionFor,
  takingEdit,
} from '../../../../src/renderer/features/faces/face-suggestions.ts';
import { faceAt } from '../../../helpers/fake-engine.ts';

const photoId = photoIdSchema.parse(crypto.randomUUID());
const size = { widthPx: 900, heightPx: 700 };
function face(index: number, judgement?: Face['judgement']): Face {
  const id = faceIdSchema.parse(crypto.randomUUID());
  return { ...faceAt(index), id, photoId, source: 'detected', detectorId: null, judgement };
}
const blurred = face(0, { sidePx: 300, detailPx: 64, noise: 0, blocks: 0 });
const clear = face(1, { sidePx: 300, detailPx: 500, noise: 0, blocks: 0 });
const unknown = face(2);
const faces = [blurred, clear, unknown];

it('takes what is suggested for each face in one edit, and says when all is in use', () => {
  const states = faceStates(foldEdits(size, faces, [], 0));
  expect(states.map((state) => suggestionFor(state)?.fidelity)).toEqual([0.5, null, undefined]);
  const edit = takingEdit(states);
  if (edit === null) throw new Error('nothing suggested');
  expect(edit).toEqual({
    kind: 'photo.use-suggestions',
    faces: [
      { faceId: blurred.id, fidelity: 0.5 },
      { faceId: clear.id, fidelity: null },
    ],
  });
  const step = {
    id: editIdSchema.parse(crypto.randomUUID()),
    photoId,
    sequence: 1,
    edit,
    madeAt: '2026-01-01T00:00:00.000Z',
  };
  const taken = faceStates(foldEdits(size, faces, [step], 1));
  expect(takingEdit(taken)).toBeNull();
  expect(taken.map(({ isEnabled }) => isEnabled)).toEqual([true, false, true]);
  const [first] = taken;
  if (first === undefined) throw new Error('no face');
  expect(isTaken({ ...first, isEnabled: false }, { seen: [], fidelity: 0.5, reason: null })).toBe(false);
});
