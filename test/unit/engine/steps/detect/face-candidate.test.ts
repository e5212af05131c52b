// Moving a candidate moves everything it says.
import { describe, expect, it } from 'vitest';
import {
  boxAround,
  type FaceCandidate,
  moveCandidate,
} from '../../../../../src/engine/steps/detect/face-candidate.ts';

const face: FaceCandidate = {
  box: { x: 10, y: 20, width: 30, height: 40 },
  landmarks: [
    [18, 33],
    [32, 34],
    [25, 42],
    [19, 50],
    [31, 51],
  ],
  score: 0.8,
};

describe('moveCandidate', () => {
  it('puts an upright box around a turned one and keeps the order of the landmarks', () => {
    const moved = moveCandidate(face, ([x, y]) => [100 - y, x * 1]);
    expect(moved.box).toEqual({ x: 40, y: 10, width: 40, height: 30 });
    expect(moved.landmarks[0]).toEqual([67, 18]);
    expect(moved.landmarks[1]).toEqual([66, 32]);
    expect(moved.landmarks[4]).toEqual([49, 31]);
    expect(moved.score).toBe(0.8);
  });
});

describe('boxAround', () => {
  it('holds all points tightly', () => {
    const points = [...face.landmarks];
    expect(boxAround(points)).toEqual({ x: 18, y: 33, width: 14, height: 18 });
  });
});
