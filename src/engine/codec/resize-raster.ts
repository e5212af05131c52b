// Resampling by a separable kernel, 8 and 16 bit, any factor. Runs in the engine process, in slices, so that a
// cancel can be heard meanwhile.
// Not left to libvips: when it enlarges, its "lanczos3" is a bicubic, and the result lies half a pixel off the
// pixel centres that faces are pasted at.
import { setImmediate } from 'node:timers/promises';
import type { Raster } from '../pixels/raster.ts';
import type { Samples } from './split-alpha.ts';

export type ResizeKernel = 'lanczos3' | 'linear';

/**
 * `raster` at another size; depth stays. Pixel centres follow (x + ½) · factor - ½. When reducing, the kernel
 * widens with the factor, so nothing aliases. Takes the output's memory plus a few rows.
 */
export async function resizeRaster(
  raster: Raster,
  widthPx: number,
  heightPx: number,
  kernel: ResizeKernel,
): Promise<Raster> {
  return { widthPx, heightPx, data: await resample(raster.data, raster, { widthPx, heightPx }, 3, kernel) };
}

/** One channel, such as alpha, of a picture of the size `from`. */
export function resizeAlpha(
  alpha: Samples,
  from: { readonly widthPx: number; readonly heightPx: number },
  widthPx: number,
  heightPx: number,
  kernel: ResizeKernel = 'lanczos3',
): Promise<Samples> {
  return resample(alpha, from, { widthPx, heightPx }, 1, kernel);
}

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

const sliceMs = 40;

async function resample(
  samples: Samples,
  from: Size,
  to: Size,
  channels: 1 | 3,
  kernel: ResizeKernel,
): Promise<Samples> {
  if (from.widthPx === to.widthPx && from.heightPx === to.heightPx) return samples.slice();
  const across = tapsFor(from.widthPx, to.widthPx, kernel);
  const down = tapsFor(from.heightPx, to.heightPx, kernel);
  const rowLength = to.widthPx * channels;
  const isWide = samples instanceof Uint16Array;
  const out = isWide
    ? new Uint16Array(rowLength * to.heightPx)
    : new Uint8ClampedArray(rowLength * to.heightPx);
  // Source rows already resized across, as a ring: a row stays until the output has passed it.
  const ring = Array.from({ length: down.count }, () => new Float32Array(rowLength));
  const sums = new Float32Array(rowLength);
  let rowsReady = 0;
  let sliceEnd = performance.now() + sliceMs;
  for (let y = 0; y < to.heightPx; y += 1) {
    const first = down.first[y] ?? 0;
    rowsReady = Math.max(rowsReady, first);
    for (; rowsReady < first + down.count; rowsReady += 1) {
      const row = ring[rowsReady % down.count];
      if (row !== undefined) resampleRow(samples, rowsReady * from.widthPx * channels, row, across, channels);
    }
    const rows = Array.from({ length: down.count }, (_, tap) => ring[(first + tap) % down.count] ?? sums);
    const weights = down.weights.subarray(y * down.count, (y + 1) * down.count);
    sumRows(rows, weights, sums);
    store(sums, out, y * rowLength);
    if (performance.now() > sliceEnd) {
      await setImmediate();
      sliceEnd = performance.now() + sliceMs;
    }
  }
  return out instanceof Uint16Array ? out : new Uint8Array(out.buffer);
}

/** For each output position: the first source position and `count` weights that sum to 1. */
interface Taps {
  readonly count: number;
  readonly first: Int32Array;
  readonly weights: Float32Array;
}

function tapsFor(from: number, to: number, kernel: ResizeKernel): Taps {
  const shape = kernel === 'lanczos3' ? lanczos3 : triangle;
  const radius = kernel === 'lanczos3' ? 3 : 1;
  const step = from / to;
  const stretch = Math.max(1, step);
  const count = Math.min(from, Math.ceil(radius * stretch) * 2);
  const first = new Int32Array(to);
  const weights = new Float32Array(to * count);
  for (let index = 0; index < to; index += 1) {
    const centre = (index + 0.5) * step - 0.5;
    const wanted = Math.floor(centre) - count / 2 + 1;
    // Near an edge the window moves inward; the weights of what lies outside go to the edge pixel.
    const start = Math.min(Math.max(0, Math.ceil(wanted)), from - count);
    first[index] = start;
    const reach = Math.ceil(radius * stretch);
    let sum = 0;
    for (let source = Math.floor(centre) - reach + 1; source <= Math.floor(centre) + reach; source += 1) {
      const weight = shape((source - centre) / stretch);
      const slot = Math.min(Math.max(source, start), start + count - 1) - start;
      weights[index * count + slot] = (weights[index * count + slot] ?? 0) + weight;
      sum += weight;
    }
    for (let slot = 0; slot < count; slot += 1) {
      weights[index * count + slot] = (weights[index * count + slot] ?? 0) / sum;
    }
  }
  return { count, first, weights };
}

function lanczos3(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= 3) return 0;
  const angle = Math.PI * x;
  return (3 * Math.sin(angle) * Math.sin(angle / 3)) / (angle * angle);
}

function triangle(x: number): number {
  return Math.max(0, 1 - Math.abs(x));
}

function resampleRow(samples: Samples, rowAt: number, row: Float32Array, taps: Taps, channels: 1 | 3): void {
  const { count, first, weights } = taps;
  const widthPx = first.length;
  for (let x = 0, weightAt = 0, to = 0; x < widthPx; x += 1) {
    let from = rowAt + (first[x] as number) * channels;
    if (channels === 3) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let tap = 0; tap < count; tap += 1, from += 3, weightAt += 1) {
        const weight = weights[weightAt] as number;
        red += weight * (samples[from] as number);
        green += weight * (samples[from + 1] as number);
        blue += weight * (samples[from + 2] as number);
      }
      row[to++] = red;
      row[to++] = green;
      row[to++] = blue;
    } else {
      let sum = 0;
      for (let tap = 0; tap < count; tap += 1, from += 1, weightAt += 1) {
        sum += (weights[weightAt] as number) * (samples[from] as number);
      }
      row[to++] = sum;
    }
  }
}

/** Weighted sum of rows. The two usual tap counts are written out: this loop is where the time goes. */
function sumRows(rows: readonly Float32Array[], weights: Float32Array, sums: Float32Array): void {
  const length = sums.length;
  const [a, b, c, d, e, f] = rows;
  if (rows.length === 6 && a && b && c && d && e && f) {
    const [wa = 0, wb = 0, wc = 0, wd = 0, we = 0, wf = 0] = weights;
    for (let at = 0; at < length; at += 1) {
      sums[at] =
        wa * (a[at] as number) +
        wb * (b[at] as number) +
        wc * (c[at] as number) +
        wd * (d[at] as number) +
        we * (e[at] as number) +
        wf * (f[at] as number);
    }
    return;
  }
  sums.fill(0);
  rows.forEach((row, tap) => {
    const weight = weights[tap] ?? 0;
    for (let at = 0; at < length; at += 1) sums[at] = (sums[at] as number) + weight * (row[at] as number);
  });
}

/** Rounds and clamps: Lanczos overshoots at edges. */
function store(sums: Float32Array, out: Uint8ClampedArray | Uint16Array, at: number): void {
  if (out instanceof Uint8ClampedArray) {
    out.set(sums, at);
    return;
  }
  for (let index = 0; index < sums.length; index += 1) {
    const value = (sums[index] as number) + 0.5;
    out[at + index] = Math.min(65_535, Math.max(0, value));
  }
}
