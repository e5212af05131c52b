// The part of a transformed square that lies inside a picture. Runs in the engine process; pure arithmetic.
import type { Point } from '#shared/domain/geometry.ts';
import { type AffineMatrix, applyAffine } from './affine-matrix.ts';

/** Corners of the rectangle from (left, top) to (right, bottom) after `matrix`, in order around. */
export function transformedCorners(
  matrix: AffineMatrix,
  [left, top]: Point,
  [right, bottom]: Point,
): [Point, Point, Point, Point] {
  return [
    applyAffine(matrix, left, top),
    applyAffine(matrix, right, top),
    applyAffine(matrix, right, bottom),
    applyAffine(matrix, left, bottom),
  ];
}

/** Area of a polygon, whichever way round it is listed. */
export function polygonArea(corners: readonly Point[]): number {
  let twice = 0;
  corners.forEach(([x, y], index) => {
    const [nextX, nextY] = corners[(index + 1) % corners.length] ?? [x, y];
    twice += x * nextY - nextX * y;
  });
  return Math.abs(twice) / 2;
}

/** The convex polygon cut to the area of a picture's pixels: x from -0.5 to widthPx - 0.5, likewise y. */
export function clipToPicture(corners: readonly Point[], widthPx: number, heightPx: number): Point[] {
  let polygon = [...corners];
  const sides: ((point: Point) => number)[] = [
    ([x]) => x + 0.5,
    ([x]) => widthPx - 0.5 - x,
    ([, y]) => y + 0.5,
    ([, y]) => heightPx - 0.5 - y,
  ];
  for (const inside of sides) {
    const kept: Point[] = [];
    polygon.forEach((point, index) => {
      const next = polygon[(index + 1) % polygon.length] ?? point;
      const here = inside(point);
      const there = inside(next);
      if (here >= 0) kept.push(point);
      if (here >= 0 !== there >= 0) {
        const t = here / (here - there);
        kept.push([point[0] + t * (next[0] - point[0]), point[1] + t * (next[1] - point[1])]);
      }
    });
    polygon = kept;
  }
  return polygon;
}
