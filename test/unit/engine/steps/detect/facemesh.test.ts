// Five landmarks out of the 468 points of a mesh, and when a mesh is of another face.
import { describe, expect, it } from 'vitest';
import type { Landmarks, Point } from '#shared/domain/geometry.ts';
import { landmarkDrift, landmarksOfMesh } from '../../../../../src/engine/steps/detect/facemesh.ts';

describe('landmarksOfMesh', () => {
  it('takes eye centres, a nose between tip and bridge end, and mouth corners', () => {
    const points: Point[] = Array.from({ length: 468 }, () => [-1000, -1000]);
    const known: Record<number, Point> = {
      33: [10, 20],
      133: [20, 22],
      362: [40, 22],
      263: [50, 20],
      1: [30, 40],
      4: [30, 30],
      61: [22, 60],
      291: [38, 62],
    };
    for (const [index, point] of Object.entries(known)) points[Number(index)] = point;
    const [leftEye, rightEye, nose, leftMouth, rightMouth] = landmarksOfMesh(points);
    expect([leftEye, rightEye, leftMouth, rightMouth]).toEqual([
      [15, 21],
      [45, 21],
      [22, 60],
      [38, 62],
    ]);
    expect(nose[0]).toBeCloseTo(30, 9);
    expect(nose[1]).toBeCloseTo(36.3, 9);
  });

  it('refuses a mesh with points missing', () => {
    expect(() => landmarksOfMesh([[0, 0]])).toThrow(RangeError);
  });
});

describe('landmarkDrift', () => {
  const found: Landmarks = [
    [0, 0],
    [40, 0],
    [20, 20],
    [5, 40],
    [35, 40],
  ];

  it('is the larger drift of the two eyes in eye distances', () => {
    const [leftEye, rightEye, ...rest] = found;
    expect(landmarkDrift(found, found)).toBe(0);
    expect(landmarkDrift(found, [[3, 4], rightEye, ...rest])).toBeCloseTo(0.125, 9);
    expect(landmarkDrift(found, [leftEye, [40, -20], ...rest])).toBeCloseTo(0.5, 9);
  });

  it('is large, not endless, where both eyes stand in one place', () => {
    const oneEye: Landmarks = [[0, 0], [0, 0], found[2], found[3], found[4]];
    expect(landmarkDrift(oneEye, found)).toBeGreaterThan(1e6);
    expect(Number.isFinite(landmarkDrift(oneEye, found))).toBe(true);
  });
});
