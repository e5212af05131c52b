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
  const across = new Float32Array(plane.data.length);
  const radius = (kernelPx - 1) / 2;
  const line = new Float64Array(widthPx + 2 * radius);
  for (let row = 0; row < heightPx; row++) {
    for (let i = 0; i < line.length; i++) {
      line[i] = plane.data[row * widthPx + mirror(i - radius, widthPx)] as number;
    }
    for (let column = 0; column < widthPx; column++) {
      let sum = 0;
      for (let tap = 0; tap < kernelPx; tap++)
        sum += (kernel[tap] as number) * (line[column + tap] as number);
      across[row * widthPx + column] = sum;
    }
  }
  const data = new Float32Array(plane.data.length);
  const sums = new Float64Array(widthPx);
  for (let row = 0; row < heightPx; row++) {
    sums.fill(0);
    for (let tap = 0; tap < kernelPx; tap++) {
      const weight = kernel[tap] as number;
      const begin = mirror(row + tap - radius, heightPx) * widthPx;
      for (let i = 0; i < widthPx; i++)
        sums[i] = (sums[i] as number) + weight * (across[begin + i] as number);
    }
    data.set(sums, row * widthPx);
  }
  return { widthPx, heightPx, data };
}

function mirror(index: number, size: number): number {
  if (size === 1) return 0;
  const period = 2 * (size - 1);
  const folded = ((index % period) + period) % period;
  return folded < size ? folded : period - folded;
}
