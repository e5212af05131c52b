import { describe, expect, it } from 'vitest';
import { chooseTileSize, tilePixelsWithin } from '../../../../../src/engine/steps/upscale/choose-windows.ts';

const photo = { widthPx: 1500, heightPx: 1000 };

describe('chooseTileSize', () => {
  it('takes the photo in one piece where the memory allows', () => {
    expect(chooseTileSize(photo, 1_500_000, 32, 64)).toEqual(photo);
  });

  it.each([1_000_000, 300_000, 90_000])('never computes more than %i pixels at a time', (windowPixels) => {
    const { widthPx, heightPx } = chooseTileSize(photo, windowPixels, 32, 64);
    const window = Math.min(1500, widthPx + 64) * Math.min(1000, heightPx + 64);
    expect(window).toBeLessThanOrEqual(windowPixels);
    // A tile half as large in either direction would be wasteful.
    expect(window).toBeGreaterThan(windowPixels / 4);
  });

  it('cuts along the shorter side when one cut is enough', () => {
    expect(chooseTileSize(photo, 900_000, 32, 64)).toEqual({ widthPx: 750, heightPx: 1000 });
  });

  it('stays with the smallest tile when nothing fits', () => {
    expect(chooseTileSize(photo, 10, 32, 64)).toEqual({ widthPx: 64, heightPx: 64 });
    expect(chooseTileSize({ widthPx: 40, heightPx: 900 }, 10, 32, 64)).toEqual({ widthPx: 40, heightPx: 64 });
  });
});

describe('tilePixelsWithin', () => {
  const gigabyte = 1e9;

  it('counts the output, so a network of twice the scale gets a quarter', () => {
    const contract = { interface: 'upscaler', workingBytesPerOutputPixel: 200 } as const;
    const atTwo = tilePixelsWithin(gigabyte, { ...contract, scale: 2 });
    expect(tilePixelsWithin(gigabyte, { ...contract, scale: 4 })).toBeCloseTo(atTwo / 4, 5);
    expect(atTwo * 4 * 200).toBeLessThan(gigabyte);
  });

  it('is careful with networks that do not say what they need', () => {
    const unknown = tilePixelsWithin(gigabyte, { interface: 'upscaler', scale: 2 });
    expect(unknown).toBeLessThan(200_000);
  });
});
