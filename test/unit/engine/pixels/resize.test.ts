import { describe, expect, it } from 'vitest';
import { type ResizeFilter, resizePlane, resizeRaster } from '../../../../src/engine/pixels/resize.ts';
import { noise, paint, planeOf, psnr, samplesAt, waves } from '../../../helpers/test-pictures.ts';

const filters: ResizeFilter[] = ['area', 'bilinear', 'bicubic', 'lanczos3'];

describe('resizeRaster', () => {
  it.each(filters)('%s keeps a plain colour and the sample depth', (filter) => {
    for (const bits of [8, 16] as const) {
      const plain = paint(13, 9, () => [0.2, 0.6, 1], bits);
      for (const [width, height] of [
        [5, 4],
        [30, 31],
        [1, 1],
      ] as const) {
        const resized = resizeRaster(plain, width, height, filter);
        expect(resized.data.constructor).toBe(plain.data.constructor);
        expect(resized).toEqual(paint(width, height, () => [0.2, 0.6, 1], bits));
      }
    }
  });

  it.each(filters)('%s leaves the picture where it is', (filter) => {
    // A slope keeps its values at pixel centres: (x + 0.5) / width.
    for (const width of [40, 77, 240]) {
      const slope = planeOf(100, 8, (x) => (x + 0.5) / 100);
      const resized = resizePlane(slope, width, 8, filter);
      for (let x = Math.ceil(width * 0.1); x < width * 0.9; x++) {
        const tolerance = filter === 'area' ? 0.5 / 100 + 1e-6 : 1e-3;
        expect(Math.abs((resized.data[3 * width + x] ?? 0) - (x + 0.5) / width)).toBeLessThan(tolerance);
      }
    }
  });

  it('area takes the mean of what a pixel covers, also parts of pixels', () => {
    const plane = planeOf(3, 1, (x) => [3, 6, 12][x] ?? 0);
    const [left = 0, right = 0] = resizePlane(plane, 2, 1, 'area').data;
    expect(left).toBeCloseTo((3 + 6 / 2) / 1.5, 5);
    expect(right).toBeCloseTo((6 / 2 + 12) / 1.5, 5);
  });

  it.each(filters)('%s does not alias when reducing', (filter) => {
    const stripes = paint(400, 8, (x) => (x % 4 < 2 ? [0, 0, 0] : [1, 1, 1]));
    const reduced = resizeRaster(stripes, 70, 8, filter);
    for (let x = 5; x < 65; x++) {
      expect(Math.abs((samplesAt(reduced, x, 4)[0] ?? 0) - 127)).toBeLessThan(50);
    }
  });

  it('lanczos3 up and down again gives the picture back', () => {
    const picture = waves(60, 50);
    const back = resizeRaster(resizeRaster(picture, 180, 150, 'lanczos3'), 60, 50, 'lanczos3');
    const inner = (x: number, y: number) => x > 3 && y > 3 && x < 56 && y < 46;
    expect(psnr(back, picture, inner)).toBeGreaterThan(40);
  });

  it('same size is the same picture', () => {
    const picture = noise(21, 17, 2);
    for (const filter of filters) expect(resizeRaster(picture, 21, 17, filter)).toEqual(picture);
  });
});
