// The photo at half, quarter, eighth ... size, and cutting network inputs out of it. Runs in the engine process.
// Whatever the zoom, a cut reads at most twice as many samples as it writes, so nothing aliases badly and nothing is slow.
import type { AffineMatrix } from '../../pixels/affine-matrix.ts';
import { blankRaster, maxSample, type Raster } from '../../pixels/raster.ts';

export interface PhotoPyramid {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Level k has one pixel for each 2^k by 2^k of the photo; level 0 is the photo itself. */
  readonly levels: readonly Raster[];
}

/** How a network wants its numbers: (sample - mean) * factor, samples 0..255, planes in `order`. */
export interface InputEncoding {
  readonly order: 'rgb' | 'bgr';
  /** In the order of the planes. */
  readonly mean: readonly [number, number, number];
  readonly factor: number;
}

/** The smallest level still is no smaller than this, which is all a network's input needs. */
const smallestLevelSidePx = 128;

export function buildPyramid(photo: Raster): PhotoPyramid {
  const levels = [photo];
  let level = photo;
  while (Math.min(level.widthPx, level.heightPx) >= smallestLevelSidePx * 2) {
    level = halve(level);
    levels.push(level);
  }
  return { widthPx: photo.widthPx, heightPx: photo.heightPx, levels };
}

/** Mean of each two by two samples; an odd last row or column is left out. */
function halve(source: Raster): Raster {
  const widthPx = source.widthPx >> 1;
  const heightPx = source.heightPx >> 1;
  const target = blankRaster(widthPx, heightPx, source);
  const from = source.data;
  const to = target.data;
  const rowLength = source.widthPx * 3;
  let at = 0;
  for (let row = 0; row < heightPx; row++) {
    let upper = row * 2 * rowLength;
    for (let column = 0; column < widthPx; column++, upper += 6, at += 3) {
      const lower = upper + rowLength;
      for (let channel = 0; channel < 3; channel++) {
        const sum =
          (from[upper + channel] as number) +
          (from[upper + channel + 3] as number) +
          (from[lower + channel] as number) +
          (from[lower + channel + 3] as number);
        to[at + channel] = (sum + 2) >> 2;
      }
    }
  }
  return target;
}

/**
 * Fills `target` (three planes of side * side) with the part of the photo that `inputToPhoto` points at; bilinear,
 * the nearest sample repeated outside the photo. The matrix maps positions (origin at a pixel's corner), not centres.
 */
export function cutInput(
  pyramid: PhotoPyramid,
  inputToPhoto: AffineMatrix,
  sidePx: number,
  encoding: InputEncoding,
  target: Float32Array,
): void {
  const [a, b, tx, c, d, ty] = inputToPhoto;
  const reduction = Math.max(Math.hypot(a, c), Math.hypot(b, d));
  const levelIndex = Math.min(
    pyramid.levels.length - 1,
    Math.max(0, Math.floor(Math.log2(reduction) + 1e-6)),
  );
  const level = pyramid.levels[levelIndex] as Raster;
  const { widthPx, heightPx, data } = level;
  const shrink = 2 ** -levelIndex;
  const plane = sidePx * sidePx;
  const [firstPlane, lastPlane] = encoding.order === 'rgb' ? [0, plane * 2] : [plane * 2, 0];
  const [mean0, mean1, mean2] = encoding.order === 'rgb' ? encoding.mean : encoding.mean.toReversed();
  const factor = encoding.factor * (255 / maxSample(level));
  const offset0 = (mean0 as number) * encoding.factor;
  const offset1 = (mean1 as number) * encoding.factor;
  const offset2 = (mean2 as number) * encoding.factor;
  const right = widthPx - 1;
  const bottom = heightPx - 1;
  let at = 0;
  for (let row = 0; row < sidePx; row++) {
    const startX = (b * (row + 0.5) + tx + a * 0.5) * shrink - 0.5;
    const startY = (d * (row + 0.5) + ty + c * 0.5) * shrink - 0.5;
    for (let column = 0; column < sidePx; column++, at++) {
      const x = Math.min(Math.max(startX + a * column * shrink, 0), right);
      const y = Math.min(Math.max(startY + c * column * shrink, 0), bottom);
      const left = x | 0;
      const top = y | 0;
      const u = x - left;
      const v = y - top;
      const northWest = (top * widthPx + left) * 3;
      const toEast = left < right ? 3 : 0;
      const southWest = top < bottom ? northWest + widthPx * 3 : northWest;
      const weightNW = (1 - u) * (1 - v) * factor;
      const weightNE = u * (1 - v) * factor;
      const weightSW = (1 - u) * v * factor;
      const weightSE = u * v * factor;
      target[firstPlane + at] =
        (data[northWest] as number) * weightNW +
        (data[northWest + toEast] as number) * weightNE +
        (data[southWest] as number) * weightSW +
        (data[southWest + toEast] as number) * weightSE -
        offset0;
      target[plane + at] =
        (data[northWest + 1] as number) * weightNW +
        (data[northWest + toEast + 1] as number) * weightNE +
        (data[southWest + 1] as number) * weightSW +
        (data[southWest + toEast + 1] as number) * weightSE -
        offset1;
      target[lastPlane + at] =
        (data[northWest + 2] as number) * weightNW +
        (data[northWest + toEast + 2] as number) * weightNE +
        (data[southWest + 2] as number) * weightSW +
        (data[southWest + toEast + 2] as number) * weightSE -
        offset2;
    }
  }
}
