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

/** How far a level may lie outside what was seen and still follow the slope there, in bins. */
const reachBins = 4;
/** Steeper is noise: a tint that fades to nothing over half the range has a slope of a third. */
const steepest = 0.5;

/** Fits the curve: straight pieces through neighbouring luma bins, linear in between. */
export function fitTintCurve(samples: Iterable<ColourSample>): TintCurve {
  const sums = new Float64Array(binCount * 5);
  for (const { luma, red, green, blue } of samples) {
    const bin = Math.min(binCount - 1, Math.max(0, Math.floor(luma / binWidth))) * 5;
    sums[bin] = (sums[bin] ?? 0) + 1;
    sums[bin + 1] = (sums[bin + 1] ?? 0) + red - luma;
    sums[bin + 2] = (sums[bin + 2] ?? 0) + green - luma;
    sums[bin + 3] = (sums[bin + 3] ?? 0) + blue - luma;
    sums[bin + 4] = (sums[bin + 4] ?? 0) + luma / binWidth - 0.5;
  }
  return interpolateBins(smoothBins(sums));
}

/** Each bin by a line through its neighbours, whose weight falls fourfold per bin; beyond what was seen it goes on a little. */
function smoothBins(sums: Float64Array): Float64Array {
  const offsets = new Float64Array(binCount * 3);
  const seen = Array.from({ length: binCount }, (_, bin) => bin).filter((bin) => (sums[bin * 5] ?? 0) > 0);
  const [first = 0, last = 0] = [seen[0], seen.at(-1)];
  for (let bin = 0; bin < binCount; bin++) {
    const nearest = Math.min(last, Math.max(first, bin));
    const at = Math.min(nearest + reachBins, Math.max(nearest - reachBins, bin));
    for (let channel = 0; channel < 3; channel++) {
      const line = lineThrough(sums, seen, nearest, channel);
      offsets[bin * 3 + channel] = line.mean + line.slope * (at - line.centre);
    }
  }
  return offsets;
}

/** Weighted least squares around `bin`, in bins; the slope looks twice as far as the mean, for steadiness. */
function lineThrough(sums: Float64Array, seen: readonly number[], bin: number, channel: number) {
  const bins = seen.map((other) => {
    const count = sums[other * 5] ?? 1;
    return {
      x: (sums[other * 5 + 4] ?? 0) / count,
      y: (sums[other * 5 + 1 + channel] ?? 0) / count,
      near: Math.min(count, steadyCount) * 4 ** -Math.abs(bin - other),
      far: Math.min(count, steadyCount) * 2 ** -Math.abs(bin - other),
    };
  });
  const sum = (value: (each: (typeof bins)[number]) => number): number =>
    bins.reduce((total, each) => total + value(each), 0);
  const weight = Math.max(
    1e-9,
    sum(({ near }) => near),
  );
  const centre = sum(({ near, x }) => near * x) / weight;
  const mean = sum(({ near, y }) => near * y) / weight;
  const farWeight = Math.max(
    1e-9,
    sum(({ far }) => far),
  );
  const farCentre = sum(({ far, x }) => far * x) / farWeight;
  const spread = sum(({ far, x }) => far * (x - farCentre) ** 2);
  // One bin's worth of spread as a prior for no slope: two neighbouring bins alone say little.
  const slope = sum(({ far, x, y }) => far * (x - farCentre) * y) / (spread + 0.05 * farWeight);
  const most = steepest * binWidth;
  return { centre, mean, slope: Math.min(most, Math.max(-most, slope)) };
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
