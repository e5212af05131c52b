import { expect, it } from 'vitest';
import { pickFaces } from '../../../../src/engine/steps/pick-faces.ts';

const face = (name: string, x: number, y: number, size: number) => ({
  name,
  boxInPhoto: { x, y, width: size, height: size },
});
const faces = [face('corner', 0, 0, 50), face('middle', 420, 380, 40), face('large', 700, 100, 200)];
const photo = { widthPx: 1000, heightPx: 800 };
const names = (found: { name: string }[]) => found.map(({ name }) => name);

it('keeps all, the most central, or the largest', () => {
  expect(names(pickFaces(faces, 'all', photo))).toEqual(['corner', 'middle', 'large']);
  expect(names(pickFaces(faces, 'centre', photo))).toEqual(['middle']);
  expect(names(pickFaces(faces, 'largest', photo))).toEqual(['large']);
});

it('none stays none, and the first of equals stays', () => {
  expect(pickFaces([], 'centre', photo)).toEqual([]);
  expect(names(pickFaces([face('a', 0, 0, 9), face('b', 0, 0, 9)], 'largest', photo))).toEqual(['a']);
});
