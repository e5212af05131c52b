// Quarter turns and the way back.
import { describe, expect, it } from 'vitest';
import type { Raster } from '../../../../../src/engine/pixels/raster.ts';
import { type QuarterTurn, turnBack, turnRaster } from '../../../../../src/engine/steps/detect/turn-photo.ts';

/** Two rows of three pixels, numbered 1..6 in every channel plus 0, 10, 20. */
const photo: Raster = {
  widthPx: 3,
  heightPx: 2,
  data: Uint8Array.from([1, 2, 3, 4, 5, 6].flatMap((n) => [n, n + 10, n + 20])),
};

const reds = ({ data }: Raster): number[] => [...data].filter((_, at) => at % 3 === 0);

describe('turnRaster', () => {
  it.each([
    [90, 2, 3, [4, 1, 5, 2, 6, 3]],
    [180, 3, 2, [6, 5, 4, 3, 2, 1]],
    [270, 2, 3, [3, 6, 2, 5, 1, 4]],
  ] as const)('turns by %d degrees clockwise', (degrees, widthPx, heightPx, expected) => {
    const turned = turnRaster(photo, degrees);
    expect([turned.widthPx, turned.heightPx]).toEqual([widthPx, heightPx]);
    expect(reds(turned)).toEqual(expected);
    for (let at = 0; at < turned.data.length; at += 3) {
      expect(turned.data[at + 1]).toBe((turned.data[at] ?? 0) + 10);
      expect(turned.data[at + 2]).toBe((turned.data[at] ?? 0) + 20);
    }
  });

  it('hands the photo itself back when there is nothing to turn, and keeps sixteen bits', () => {
    expect(turnRaster(photo, 0)).toBe(photo);
    const deep: Raster = { ...photo, data: Uint16Array.from(photo.data, (value) => value * 1000) };
    const turned = turnRaster(deep, 90);
    expect(turned.data).toBeInstanceOf(Uint16Array);
    expect(turned.data[0]).toBe(4000);
  });
});

describe('turnBack', () => {
  it.each([0, 90, 180, 270] as const)(
    'finds every pixel of a photo turned by %d degrees',
    (degrees: QuarterTurn) => {
      const turned = turnRaster(photo, degrees);
      for (let row = 0; row < turned.heightPx; row++) {
        for (let column = 0; column < turned.widthPx; column++) {
          const [x, y] = turnBack([column + 0.5, row + 0.5], degrees, photo.widthPx, photo.heightPx);
          const there = (Math.floor(y) * photo.widthPx + Math.floor(x)) * 3;
          expect(photo.data[there]).toBe(turned.data[(row * turned.widthPx + column) * 3]);
          expect([x % 1, y % 1]).toEqual([0.5, 0.5]);
        }
      }
    },
  );
});
