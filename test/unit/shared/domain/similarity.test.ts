import { describe, expect, it } from 'vitest';
import type { Point } from '#shared/domain/geometry.ts';
import { type AffineMatrix, applyAffine } from '../../../../src/engine/pixels/affine-matrix.ts';
import { faceTemplate512 } from '../../../../src/shared/domain/face-template.ts';
import { estimateSimilarity } from '../../../../src/shared/domain/similarity.ts';
import { seededRandom } from '../../../helpers/test-pictures.ts';

function similarity(scale: number, degrees: number, x: number, y: number): AffineMatrix {
  const cos = scale * Math.cos((degrees * Math.PI) / 180);
  const sin = scale * Math.sin((degrees * Math.PI) / 180);
  return [cos, -sin, x, sin, cos, y];
}
const map = (matrix: AffineMatrix, points: readonly Point[]): Point[] =>
  points.map(([x, y]) => applyAffine(matrix, x, y));

describe('estimateSimilarity', () => {
  it('finds the transform that made the points, for many turns, scales and shifts', () => {
    const seed = 20;
    console.info(`seed ${seed}`);
    const random = seededRandom(seed);
    for (let round = 0; round < 50; round++) {
      const made = similarity(0.05 + 5 * random(), 360 * random(), 4000 * random(), 3000 * random());
      const found = estimateSimilarity(faceTemplate512, map(made, faceTemplate512));
      expect(found).not.toBeNull();
      found?.forEach((value, i) => {
        expect(value).toBeCloseTo(made[i] ?? 0, 6);
      });
    }
  });

  it('leaves out a landmark that went astray', () => {
    const made = similarity(0.3, 12, 100, 50);
    const points = map(made, faceTemplate512);
    const nose = points[2] ?? [0, 0];
    points[2] = [nose[0] + 80, nose[1] - 40];
    const found = estimateSimilarity(faceTemplate512, points);
    found?.forEach((value, i) => {
      expect(value).toBeCloseTo(made[i] ?? 0, 6);
    });
  });

  it('never mirrors', () => {
    const mirrored = faceTemplate512.map(([x, y]): Point => [512 - x, y]);
    const found = estimateSimilarity(faceTemplate512, mirrored);
    const [a, b, , c, d] = found ?? [0, 0, 0, 0, 0, 0];
    expect(a * d - b * c).toBeGreaterThan(0);
  });

  it.each([
    ['coincident', faceTemplate512.map((): Point => [10, 10])],
    ['collinear', faceTemplate512.map((_, i): Point => [10 * i, 20 * i])],
    ['not numbers', faceTemplate512.map((): Point => [Number.NaN, 1])],
    ['too few', faceTemplate512.slice(0, 2)],
  ])('gives null for points that are %s', (_name, points) => {
    expect(estimateSimilarity(points, faceTemplate512)).toBeNull();
  });
});
