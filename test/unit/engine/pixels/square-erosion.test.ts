import { describe, expect, it } from 'vitest';
import type { Plane } from '../../../../src/engine/pixels/raster.ts';
import { dilateBySquare, erodeBySquare } from '../../../../src/engine/pixels/square-erosion.ts';
import { planeOf, seededRandom } from '../../../helpers/test-pictures.ts';

/** The definition, sample by sample; an even side reaches one further to the left and top. */
function erodeSlowly({ widthPx, heightPx, data }: Plane, sidePx: number): number[] {
  const before = sidePx >> 1;
  return Array.from(data, (_, i) => {
    const [x, y] = [i % widthPx, Math.floor(i / widthPx)];
    let least = Number.POSITIVE_INFINITY;
    for (let v = Math.max(0, y - before); v <= Math.min(heightPx - 1, y - before + sidePx - 1); v++) {
      for (let u = Math.max(0, x - before); u <= Math.min(widthPx - 1, x - before + sidePx - 1); u++) {
        least = Math.min(least, data[v * widthPx + u] ?? least);
      }
    }
    return least;
  });
}

describe('erosion and dilation by a square', () => {
  it.each([1, 2, 3, 4, 7, 10, 40])('finds the extremes for side %i', (sidePx) => {
    const random = seededRandom(sidePx);
    const plane = planeOf(23, 17, () => random());
    expect([...erodeBySquare(plane, sidePx).data]).toEqual(erodeSlowly(plane, sidePx));

    // Dilation is erosion of the negative, turned by half a turn because even windows are lopsided.
    const turned = planeOf(23, 17, (x, y) => -(plane.data[(16 - y) * 23 + 22 - x] ?? 0));
    const expected = erodeSlowly(turned, sidePx)
      .reverse()
      .map((value) => -value);
    expect([...dilateBySquare(plane, sidePx).data]).toEqual(expected);
  });
});
