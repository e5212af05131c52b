// The tint of a monochrome photo as a curve: for each luma level, what must be added to R, G and B.
// A gray photo has a curve of zeros; a sepia print a warm one. Pure functions; runs in the engine.
import type { Raster } from '../../pixels/raster.ts';
import { maxSample } from '../../pixels/raster.ts';

/** Offsets from luma, in 8-bit units: curve[level * 3 + channel], level 0..255, channels R, G, B. */
export type TintCurve = Float32Array;

/** A colour sample with its weight: luma and channels in 8-bit units (0..255). */
export interface ColourSample {
  readonly luma: number;
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** ITU-R BT.601 luma, the weights of codeformer-pipeline 2.5 (0.2989 R, 0.5870 G, 0.1140 B), scaled to sum to one. */
export function lumaOf(red: number, green: number, blue: number): number {
  return 0.29893 * red + 0.58706 * green + 0.11401 * blue;
}

const binCount = 32;
const binWidth = 256 / binCount;
/** Samples a bin needs before it outweighs its neighbours. */
const steadyCount = 4;

/** Fits the curve: mean offset per luma bin, smoothed over neighbouring bins, linear in between. */
export function fitTintCurve(samples: Iterable<ColourSample>): TintCurve {
  const sums = new Float64Array(binCount * 4);
  for (const { luma, red, green, blue } of samples) {
    const bin = Math.min(binCount - 1, Math.max(0, Math.floor(luma / binWidth))) * 4;
    sums[bin] = (sums[bin] ?? 0) + 1;
    sums[bin + 1] = (sums[bin + 1] ?? 0) + red - luma;
    sums[bin + 2] = (sums[bin + 2] ?? 0) + green - luma;
    sums[bin + 3] = (sums[bin + 3] ?? 0) + blue - luma;
  }
  return interpolateBins(smoothBins(sums));
}

/** Weighted mean over all bins with a weight that falls fourfold per bin: empty bins take the nearest full ones. */
function smoothBins(sums: Float64Array): Float64Array {
  const offsets = new Float64Array(binCount * 3);
  for (let bin = 0; bin < binCount; bin++) {
    let weightSum = 0;
    const mean = [0, 0, 0];
    for (let other = 0; other < binCount; other++) {
      const count = sums[other * 4] ?? 0;
      if (count === 0) continue;
      const weight = Math.min(count, steadyCount) * 4 ** -Math.abs(bin - other);
      weightSum += weight;
      for (let channel = 0; channel < 3; channel++) {
        mean[channel] = (mean[channel] ?? 0) + (weight * (sums[other * 4 + 1 + channel] ?? 0)) / count;
      }
    }
    for (let channel = 0; channel < 3; channel++) {
      offsets[bin * 3 + channel] = weightSum > 0 ? (mean[channel] ?? 0) / weightSum : 0;
    }
  }
  return offsets;
}

function interpolateBins(offsets: Float64Array): TintCurve {
  const curve = new Float32Array(256 * 3);
  for (let level = 0; level < 256; level++) {
    const position = Math.min(binCount - 1, Math.max(0, level / binWidth - 0.5));
    const low = Math.floor(position);
    const high = Math.min(binCount - 1, low + 1);
    const share = position - low;
    for (let channel = 0; channel < 3; channel++) {
      curve[level * 3 + channel] =
        (offsets[low * 3 + channel] ?? 0) * (1 - share) + (offsets[high * 3 + channel] ?? 0) * share;
    }
  }
  return curve;
}

/** The picture's luma with the tint put on, clipped to the sample range (upstream forgets to clip and saves black). */
export function tintLuma(luma: Float32Array, curve: TintCurve, like: Raster): Raster {
  const top = maxSample(like);
  const unit = top / 255;
  const length = luma.length * 3;
  const data = like.data instanceof Uint16Array ? new Uint16Array(length) : new Uint8Array(length);
  for (let index = 0; index < luma.length; index++) {
    const value = luma[index] ?? 0;
    const level = Math.min(255, Math.max(0, value));
    const low = Math.floor(level);
    const high = Math.min(255, low + 1);
    const share = level - low;
    for (let channel = 0; channel < 3; channel++) {
      const offset = (curve[low * 3 + channel] ?? 0) * (1 - share) + (curve[high * 3 + channel] ?? 0) * share;
      data[index * 3 + channel] = Math.min(top, Math.max(0, Math.round((value + offset) * unit)));
    }
  }
  return { widthPx: like.widthPx, heightPx: like.heightPx, data };
}
