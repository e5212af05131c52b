// Puts a restored face back into the one tint of its photo: only luma is taken from the network.
// Prevents the purple lips and green patches that colour networks leave on old prints.
import type { Raster } from '../../pixels/raster.ts';
import { maxSample } from '../../pixels/raster.ts';
import { release } from '../../pixels/release.ts';
import { blockMeans } from './measure-tint.ts';
import { fitTintCurve, lumaOf, type TintCurve, tintLuma } from './tint-curve.ts';

/** The tint inside one aligned face: fading and stains differ across a print. `gray` gives a curve of zeros. */
export function tintOfFace(alignedFace: Raster, mode: 'gray' | 'tint'): TintCurve {
  return mode === 'gray' ? new Float32Array(256 * 3) : fitTintCurve(blockMeans(alignedFace));
}

/**
 * Restored luma, matched to the aligned face in mean and deviation over the central face (codeformer-pipeline 2.5
 * matches the whole crop, which lets the background pull the face), then tinted. Same size and depth as `restored`.
 */
export function keepTint(restored: Raster, alignedFace: Raster, curve: TintCurve): Raster {
  const luma = lumaPlane(restored);
  const alignedLuma = lumaPlane(alignedFace);
  const wanted = centralStatistics(alignedLuma, alignedFace.widthPx, alignedFace.heightPx);
  const got = centralStatistics(luma, restored.widthPx, restored.heightPx);
  const gain = got.deviation > 1e-3 ? wanted.deviation / got.deviation : 1;
  for (let index = 0; index < luma.length; index++) {
    luma[index] = ((luma[index] ?? 0) - got.mean) * gain + wanted.mean;
  }
  const tinted = tintLuma(luma, curve, restored);
  release(luma, alignedLuma);
  return tinted;
}

/** Luma of every pixel in 8-bit units (0..255). */
function lumaPlane(picture: Raster): Float32Array {
  const unit = 255 / maxSample(picture);
  const luma = new Float32Array(picture.widthPx * picture.heightPx);
  for (let index = 0, at = 0; index < luma.length; index++, at += 3) {
    luma[index] = lumaOf(picture.data[at] ?? 0, picture.data[at + 1] ?? 0, picture.data[at + 2] ?? 0) * unit;
  }
  return luma;
}

/** Mean and deviation over the middle of the aligned square, where the template puts the face. */
function centralStatistics(
  luma: Float32Array,
  widthPx: number,
  heightPx: number,
): { mean: number; deviation: number } {
  const left = Math.floor(widthPx * 0.25);
  const right = Math.ceil(widthPx * 0.75);
  const top = Math.floor(heightPx * 0.3);
  const bottom = Math.ceil(heightPx * 0.85);
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const value = luma[y * widthPx + x] ?? 0;
      sum += value;
      squares += value * value;
      count++;
    }
  }
  const mean = sum / Math.max(1, count);
  return { mean, deviation: Math.sqrt(Math.max(0, squares / Math.max(1, count) - mean * mean)) };
}
