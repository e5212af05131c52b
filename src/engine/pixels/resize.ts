// Resizing of pictures and planes in plain TypeScript, for crops and small pictures; whole photos are resized by the codec.
// Runs in the engine process. Every filter is widened when shrinking, so nothing aliases.
import { type Plane, type Raster, setSample } from './raster.ts';
import { release } from './release.ts';

export type ResizeFilter = 'area' | 'bilinear' | 'bicubic' | 'lanczos3';

const filters: Record<ResizeFilter, { readonly radius: number; weight(distance: number): number }> = {
  area: { radius: 0.5, weight: (x) => (x < 0.5 ? 1 : 0) },
  bilinear: { radius: 1, weight: (x) => (x < 1 ? 1 - x : 0) },
  bicubic: {
    radius: 2,
    weight: (x) => (x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0),
  },
  lanczos3: { radius: 3, weight: (x) => (x < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

type Samples = Uint8Array | Uint16Array | Float32Array;

/** Which source samples make an output sample: `first[i]` on, weights `weights[i * taps ...]`. */
interface Kernel {
  readonly first: Int32Array;
  readonly weights: Float64Array;
  readonly taps: number;
}

/** Same sample depth; pixel areas stay in place (centres shift by half a pixel's change). Sizes in whole pixels, >= 1. */
export function resizeRaster(
  source: Raster,
  widthPx: number,
  heightPx: number,
  filter: ResizeFilter,
): Raster {
  const length = widthPx * heightPx * 3;
  const data = new Float32Array(length);
  resample(source.data, source.widthPx, source.heightPx, 3, { widthPx, heightPx, data }, filter);
  const is16Bit = source.data instanceof Uint16Array;
  const limit = is16Bit ? 65535 : 255;
  const samples = is16Bit ? new Uint16Array(length) : new Uint8Array(length);
  for (let i = 0; i < length; i++) setSample(samples, i, data[i] as number, limit);
  release(data);
  return { widthPx, heightPx, data: samples };
}

/** As resizeRaster for one channel of floats; nothing is clipped, so lanczos3 and bicubic may overshoot. */
export function resizePlane(source: Plane, widthPx: number, heightPx: number, filter: ResizeFilter): Plane {
  const target = { widthPx, heightPx, data: new Float32Array(widthPx * heightPx) };
  resample(source.data, source.widthPx, source.heightPx, 1, target, filter);
  return target;
}

/** Into `target`, whose data is as long as its sides and `channels` say. */
function resample(
  source: Samples,
  sourceWidth: number,
  sourceHeight: number,
  channels: 1 | 3,
  { widthPx: width, heightPx: height, data: output }: Plane,
  filter: ResizeFilter,
): void {
  const across = makeKernel(sourceWidth, width, filter);
  const down = makeKernel(sourceHeight, height, filter);
  const narrow = new Float32Array(width * sourceHeight * channels);
  for (let row = 0; row < sourceHeight; row++) {
    const line = source.subarray(row * sourceWidth * channels, (row + 1) * sourceWidth * channels);
    const target = narrow.subarray(row * width * channels, (row + 1) * width * channels);
    if (channels === 3) resampleColours(line, target, across);
    else resampleValues(line, target, across);
  }
  const lineLength = width * channels;
  const sums = new Float64Array(lineLength);
  for (let row = 0; row < height; row++) {
    sums.fill(0);
    for (let tap = 0; tap < down.taps; tap++) {
      const weight = down.weights[row * down.taps + tap] as number;
      if (weight === 0) continue;
      const line = ((down.first[row] as number) + tap) * lineLength;
      for (let i = 0; i < lineLength; i++)
        sums[i] = (sums[i] as number) + weight * (narrow[line + i] as number);
    }
    output.set(sums, row * lineLength);
  }
  release(narrow);
}

function resampleColours(line: Samples, target: Float32Array, { first, weights, taps }: Kernel): void {
  for (let column = 0, at = 0; column < first.length; column++) {
    let from = (first[column] as number) * 3;
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let tap = column * taps; tap < (column + 1) * taps; tap++, from += 3) {
      const weight = weights[tap] as number;
      red += weight * (line[from] as number);
      green += weight * (line[from + 1] as number);
      blue += weight * (line[from + 2] as number);
    }
    target[at++] = red;
    target[at++] = green;
    target[at++] = blue;
  }
}

function resampleValues(line: Samples, target: Float32Array, { first, weights, taps }: Kernel): void {
  for (let column = 0; column < first.length; column++) {
    let from = first[column] as number;
    let sum = 0;
    for (let tap = column * taps; tap < (column + 1) * taps; tap++) {
      sum += (weights[tap] as number) * (line[from++] as number);
    }
    target[column] = sum;
  }
}

/** Taps that would fall outside are left out and the rest made to sum to 1. */
function makeKernel(sourceSize: number, size: number, filter: ResizeFilter): Kernel {
  const { radius, weight } = filters[filter];
  const ratio = sourceSize / size;
  const stretch = Math.max(1, ratio);
  const reach = filter === 'area' ? Math.max(0.5, ratio / 2) : radius * stretch;
  const taps = Math.min(sourceSize, Math.ceil(reach * 2) + 2);
  const first = new Int32Array(size);
  const weights = new Float64Array(size * taps);
  for (let i = 0; i < size; i++) {
    const centre = (i + 0.5) * ratio - 0.5;
    const begin = Math.min(Math.max(0, Math.ceil(centre - reach - 0.5)), sourceSize - taps);
    first[i] = begin;
    let total = 0;
    for (let tap = 0; tap < taps; tap++) {
      const position = begin + tap;
      const value =
        filter === 'area'
          ? overlap(position, centre, Math.max(1, ratio))
          : weight(Math.abs(position - centre) / stretch);
      weights[i * taps + tap] = value;
      total += value;
    }
    for (let tap = 0; tap < taps; tap++) {
      weights[i * taps + tap] = (weights[i * taps + tap] as number) / total;
    }
  }
  return { first, weights, taps };
}

/** How much of source pixel `position` an output pixel of `width` source pixels around `centre` covers. */
function overlap(position: number, centre: number, width: number): number {
  const from = Math.max(position - 0.5, centre - width / 2);
  const to = Math.min(position + 0.5, centre + width / 2);
  return Math.max(0, to - from);
}
