// 2x3 affine matrices. Runs in the engine process; pure arithmetic.
import type { AffineMatrix } from '#shared/domain/similarity.ts';

export type { AffineMatrix };

export const identityMatrix: AffineMatrix = [1, 0, 0, 0, 1, 0];

export function applyAffine(matrix: AffineMatrix, x: number, y: number): [number, number] {
  const [a, b, tx, c, d, ty] = matrix;
  return [a * x + b * y + tx, c * x + d * y + ty];
}

/** First `inner`, then `outer`. */
export function composeAffine(outer: AffineMatrix, inner: AffineMatrix): AffineMatrix {
  const [a, b, tx, c, d, ty] = outer;
  const [e, f, ux, g, h, uy] = inner;
  return [
    a * e + b * g,
    a * f + b * h,
    a * ux + b * uy + tx,
    c * e + d * g,
    c * f + d * h,
    c * ux + d * uy + ty,
  ];
}

/** The way back; null when the matrix flattens the plane (its determinant is zero or not finite). */
export function invertAffine(matrix: AffineMatrix): AffineMatrix | null {
  const [a, b, tx, c, d, ty] = matrix;
  const determinant = a * d - b * c;
  if (!Number.isFinite(determinant) || Math.abs(determinant) < 1e-12) return null;
  const e = d / determinant;
  const f = -b / determinant;
  const g = -c / determinant;
  const h = a / determinant;
  return [e, f, -(e * tx + f * ty), g, h, -(g * tx + h * ty)];
}

/** How much longer lengths become: the root of the area ratio. Exact for similarities. */
export function scaleOfAffine(matrix: AffineMatrix): number {
  const [a, b, , c, d] = matrix;
  return Math.sqrt(Math.abs(a * d - b * c));
}

/**
 * From a picture's pixels to those of the same picture resized by `scaleX`, `scaleY`.
 * Resizing keeps pixel areas in place, so with centres at integers there is a shift of half a pixel's change.
 */
export function resizeMatrix(scaleX: number, scaleY: number): AffineMatrix {
  return [scaleX, 0, 0.5 * (scaleX - 1), 0, scaleY, 0.5 * (scaleY - 1)];
}
