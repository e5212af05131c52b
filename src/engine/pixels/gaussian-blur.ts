// Gaussian blur of one channel, separable. Runs in the engine process; pure.
import type { Plane } from './raster.ts';

/** The sigma OpenCV takes for a kernel of `kernelPx` samples when none is given. */
export function automaticSigma(kernelPx: number): number {
  return 0.3 * ((kernelPx - 1) * 0.5 - 1) + 0.8;
}

/** Weights of a kernel of `kernelPx` (odd) samples, summing to 1. */
export function gaussianKernel(kernelPx: number, sigma = automaticSigma(kernelPx)): Float64Array {
  const radius = (kernelPx - 1) / 2;
  const kernel = Float64Array.from({ length: kernelPx }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma * sigma)),
  );
  const total = kernel.reduce((sum, weight) => sum + weight, 0);
  return kernel.map((weight) => weight / total);
}

/** Borders are mirrored without repeating the last sample, as OpenCV does by default. `kernelPx` odd, >= 1. */
export function gaussianBlur(plane: Plane, kernelPx: number, sigma = automaticSigma(kernelPx)): Plane {
  const kernel = gaussianKernel(kernelPx, sigma);
  const { widthPx, heightPx } = plane;
  const radius = (kernelPx - 1) / 2;
  const across = new Float32Array(plane.data.length);
  const data = new Float32Array(plane.data.length);
  const sums = new Float64Array(widthPx);
  const line = new Float32Array(widthPx + 2 * radius);
  const begins = Int32Array.from({ length: kernelPx }, (_, tap) => tap);
  for (let row = 0; row < heightPx; row++) {
    for (let i = 0; i < line.length; i++) {
      line[i] = plane.data[row * widthPx + mirror(i - radius, widthPx)] as number;
    }
    sumSymmetric(line, begins, kernel, sums);
    across.set(sums, row * widthPx);
  }
  for (let row = 0; row < heightPx; row++) {
    for (let tap = 0; tap < kernelPx; tap++) begins[tap] = mirror(row + tap - radius, heightPx) * widthPx;
    sumSymmetric(across, begins, kernel, sums);
    data.set(sums, row * widthPx);
  }
  return { widthPx, heightPx, data };
}

/** sums[i] = sum over taps of kernel[tap] * data[begins[tap] + i]; mirrored taps share their weight. */
function sumSymmetric(
  data: Float32Array,
  begins: Int32Array,
  kernel: Float64Array,
  sums: Float64Array,
): void {
  const last = kernel.length - 1;
  const middle = last / 2;
  const centre = begins[middle] as number;
  const peak = kernel[middle] as number;
  for (let i = 0; i < sums.length; i++) sums[i] = peak * (data[centre + i] as number);
  let tap = 0;
  // Two pairs a pass: half as many reads and writes of the sums.
  for (; tap + 1 < middle; tap += 2) {
    const outer = kernel[tap] as number;
    const inner = kernel[tap + 1] as number;
    const a = begins[tap] as number;
    const b = begins[last - tap] as number;
    const c = begins[tap + 1] as number;
    const d = begins[last - tap - 1] as number;
    for (let i = 0; i < sums.length; i++) {
      sums[i] =
        (sums[i] as number) +
        outer * ((data[a + i] as number) + (data[b + i] as number)) +
        inner * ((data[c + i] as number) + (data[d + i] as number));
    }
  }
  if (tap < middle) {
    const weight = kernel[tap] as number;
    const a = begins[tap] as number;
    const b = begins[last - tap] as number;
    for (let i = 0; i < sums.length; i++) {
      sums[i] = (sums[i] as number) + weight * ((data[a + i] as number) + (data[b + i] as number));
    }
  }
}

function mirror(index: number, size: number): number {
  if (size === 1) return 0;
  const period = 2 * (size - 1);
  const folded = ((index % period) + period) % period;
  return folded < size ? folded : period - folded;
}
