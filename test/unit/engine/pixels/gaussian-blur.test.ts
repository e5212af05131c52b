import { describe, expect, it } from 'vitest';
import { automaticSigma, gaussianBlur, gaussianKernel } from '../../../../src/engine/pixels/gaussian-blur.ts';
import { planeOf, seededRandom } from '../../../helpers/test-pictures.ts';

describe('gaussianBlur', () => {
  it("takes OpenCV's sigma for a kernel", () => {
    expect(automaticSigma(3)).toBeCloseTo(0.8, 10);
    expect(automaticSigma(101)).toBeCloseTo(15.5, 10);
    // The middle of cv2.getGaussianKernel(21, -1).
    expect(gaussianKernel(21)[10]).toBeCloseTo(0.11428186, 7);
  });

  it.each([1, 3, 5, 9, 25])(
    'equals the plain double sum, mirrored at the borders, for kernel %i',
    (kernelPx) => {
      const random = seededRandom(4);
      const plane = planeOf(19, 14, () => random());
      const kernel = gaussianKernel(kernelPx);
      const radius = (kernelPx - 1) / 2;
      const mirror = (i: number, size: number): number =>
        i < 0 ? mirror(-i, size) : i >= size ? mirror(2 * size - 2 - i, size) : i;
      const blurred = gaussianBlur(plane, kernelPx);
      for (let y = 0; y < 14; y++) {
        for (let x = 0; x < 19; x++) {
          let sum = 0;
          for (let j = -radius; j <= radius; j++) {
            for (let i = -radius; i <= radius; i++) {
              const weight = (kernel[i + radius] ?? 0) * (kernel[j + radius] ?? 0);
              sum += weight * (plane.data[mirror(y + j, 14) * 19 + mirror(x + i, 19)] ?? 0);
            }
          }
          expect(blurred.data[y * 19 + x]).toBeCloseTo(sum, 5);
        }
      }
    },
  );
});
