// The similarity transform (turn, uniform scale, shift) that best carries one set of points onto another.
// Pure arithmetic, the same result every time; used by the engine and, to show a face while it is marked, by the window.
import type { Point } from './geometry.ts';

/** [a, b, tx, c, d, ty]: x' = a x + b y + tx, y' = c x + d y + ty. Pixel centres lie at integer coordinates. */
export type AffineMatrix = readonly [number, number, number, number, number, number];

/** Points flatter than this (smaller over larger spread) do not say reliably where a face is. */
const minSpreadRatio = 1e-3;

/**
 * Least median of squares over every pair of points, then least squares on the points that agree with the
 * best pair. Null when the points coincide, lie on one line or are not finite, or when fewer than three are given.
 *
 * The limit for "agrees" is Rousseeuw's robust deviation times 2.5, as OpenCV's LMEDS estimator has it, so that
 * transforms equal those of estimateAffinePartial2D. Five points have ten pairs: all are tried, none by chance.
 */
export function estimateSimilarity(from: readonly Point[], to: readonly Point[]): AffineMatrix | null {
  const count = Math.min(from.length, to.length);
  if (count < 3 || isDegenerate(from.slice(0, count)) || isDegenerate(to.slice(0, count))) return null;

  let best: AffineMatrix | null = null;
  let bestMedian = Number.POSITIVE_INFINITY;
  for (let first = 0; first < count; first++) {
    for (let second = first + 1; second < count; second++) {
      const candidate = fitSimilarity(from, to, [first, second]);
      if (candidate === null) continue;
      const median = medianOf(squaredErrors(candidate, from, to, count));
      if (median < bestMedian) {
        bestMedian = median;
        best = candidate;
      }
    }
  }
  if (best === null) return null;

  const deviation = 2.5 * 1.4826 * (1 + 5 / Math.max(1, count - 2)) * Math.sqrt(bestMedian);
  const limit = Math.max(deviation, 0.001) ** 2;
  const errors = squaredErrors(best, from, to, count);
  const agreeing = errors.flatMap((error, index) => (error <= limit ? [index] : []));
  return fitSimilarity(from, to, agreeing) ?? best;
}

/** Least squares over the chosen points; null when they coincide. */
function fitSimilarity(
  from: readonly Point[],
  to: readonly Point[],
  chosen: readonly number[],
): AffineMatrix | null {
  const pairs = chosen.flatMap((index) => {
    const source = from[index];
    const target = to[index];
    return source && target ? [{ source, target }] : [];
  });
  const [fromX, fromY] = centroid(pairs.map((pair) => pair.source));
  const [toX, toY] = centroid(pairs.map((pair) => pair.target));
  let spread = 0;
  let along = 0;
  let across = 0;
  for (const { source, target } of pairs) {
    const x = source[0] - fromX;
    const y = source[1] - fromY;
    const u = target[0] - toX;
    const v = target[1] - toY;
    spread += x * x + y * y;
    along += x * u + y * v;
    across += x * v - y * u;
  }
  if (!(spread > 1e-9)) return null;
  const a = along / spread;
  const b = across / spread;
  if (!Number.isFinite(a) || !Number.isFinite(b) || a * a + b * b < 1e-18) return null;
  return [a, -b, toX - a * fromX + b * fromY, b, a, toY - b * fromX - a * fromY];
}

function centroid(points: readonly Point[]): Point {
  const sum = points.reduce<[number, number]>((total, [x, y]) => [total[0] + x, total[1] + y], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}

function squaredErrors(
  matrix: AffineMatrix,
  from: readonly Point[],
  to: readonly Point[],
  count: number,
): number[] {
  return from.slice(0, count).map((source, index) => {
    const target = to[index] ?? source;
    const [a, b, tx, c, d, ty] = matrix;
    const x = a * source[0] + b * source[1] + tx;
    const y = c * source[0] + d * source[1] + ty;
    return (x - target[0]) ** 2 + (y - target[1]) ** 2;
  });
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** True when the points have no area: all equal, all on one line, or not numbers. */
function isDegenerate(points: readonly Point[]): boolean {
  const [centreX, centreY] = centroid(points);
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (const [x, y] of points) {
    xx += (x - centreX) ** 2;
    xy += (x - centreX) * (y - centreY);
    yy += (y - centreY) ** 2;
  }
  // Eigenvalues of the scatter matrix are the squared spreads along the two main directions.
  const half = (xx + yy) / 2;
  const root = Math.sqrt(Math.max(0, ((xx - yy) / 2) ** 2 + xy * xy));
  const major = half + root;
  const minor = Math.max(0, half - root);
  return !(major > 1e-9) || Math.sqrt(minor / major) < minSpreadRatio || !Number.isFinite(major);
}

/** The way back of a similarity; its scale is never zero. */
export function invertSimilarity([a, b, tx, c, d, ty]: AffineMatrix): AffineMatrix {
  const determinant = a * d - b * c;
  const [e, f, g, h] = [d / determinant, -b / determinant, -c / determinant, a / determinant];
  return [e, f, -(e * tx + f * ty), g, h, -(g * tx + h * ty)];
}
