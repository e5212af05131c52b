// Erosion and dilation of one channel by a square, in time independent of the square's size. Runs in the engine process.
import type { Plane } from './raster.ts';

/**
 * The smallest value in the `sidePx` square around each sample. An even side reaches one sample further to the left
 * and top, as OpenCV's default anchor does. Outside the plane counts as large: borders do not erode.
 */
export function erodeBySquare(plane: Plane, sidePx: number): Plane {
  if (sidePx <= 1) return plane;
  const before = sidePx >> 1;
  const after = sidePx - 1 - before;
  return extremeInSquare(plane, before, after, 1);
}

/** The largest value in the `sidePx` square around each sample; the mirror image of erosion. */
export function dilateBySquare(plane: Plane, sidePx: number): Plane {
  if (sidePx <= 1) return plane;
  const before = sidePx >> 1;
  const after = sidePx - 1 - before;
  return extremeInSquare(plane, after, before, -1);
}

/** `sign` 1 finds minima, -1 maxima (by looking for minima of the negated values). */
function extremeInSquare(plane: Plane, before: number, after: number, sign: 1 | -1): Plane {
  const { widthPx, heightPx } = plane;
  const data = new Float32Array(plane.data);
  slide(data, heightPx, widthPx, widthPx, 1, before, after, sign);
  slide(data, widthPx, heightPx, 1, widthPx, before, after, sign);
  return { widthPx, heightPx, data };
}

/** Van Herk and Gil-Werman: running minima from both ends of blocks as long as the window, three comparisons a sample. */
function slide(
  data: Float32Array,
  lines: number,
  length: number,
  lineStride: number,
  stride: number,
  before: number,
  after: number,
  sign: 1 | -1,
): void {
  const window = before + after + 1;
  const padded = Math.ceil((length + before + after) / window) * window;
  const values = new Float32Array(padded);
  const forward = new Float32Array(padded);
  const backward = new Float32Array(padded);
  for (let line = 0; line < lines; line++) {
    const begin = line * lineStride;
    values.fill(Number.POSITIVE_INFINITY);
    for (let i = 0; i < length; i++) values[before + i] = sign * (data[begin + i * stride] as number);
    for (let i = 0; i < padded; i++) {
      const value = values[i] as number;
      forward[i] = i % window === 0 ? value : Math.min(value, forward[i - 1] as number);
    }
    for (let i = padded - 1; i >= 0; i--) {
      const value = values[i] as number;
      backward[i] = i % window === window - 1 ? value : Math.min(value, backward[i + 1] as number);
    }
    for (let i = 0; i < length; i++) {
      data[begin + i * stride] = sign * Math.min(backward[i] as number, forward[i + window - 1] as number);
    }
  }
}
