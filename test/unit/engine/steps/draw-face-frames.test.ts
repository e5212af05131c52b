import { describe, expect, it } from 'vitest';
import { drawFaceFrames } from '../../../../src/engine/steps/draw-face-frames.ts';
import { paint } from '../../../helpers/test-pictures.ts';

/** A photo in which the aligned face of 512 px covers 100 px from (50, 30) on. */
const photoToFace = [5.12, 0, -50 * 5.12, 0, 5.12, -30 * 5.12] as const;

describe('drawFaceFrames', () => {
  for (const bits of [8, 16] as const) {
    it(`draws green along the edges of the square and nowhere else, ${bits} bits`, () => {
      const canvas = paint(400, 300, () => [0.5, 0.5, 0.5], bits);
      const before = canvas.data.slice();
      drawFaceFrames(canvas, [{ photoToFace, alignedSizePx: 512 }], 2);
      const at = (x: number, y: number) =>
        Array.from(canvas.data.subarray((y * 400 + x) * 3, (y * 400 + x) * 3 + 3));
      const top = bits === 8 ? 255 : 65_535;
      for (const [x, y] of [
        [101, 160],
        [298, 160],
        [200, 61],
        [200, 258],
      ] as const)
        expect(at(x, y)[1]).toBeGreaterThan(0.9 * top);
      for (const [x, y] of [
        [96, 160],
        [200, 160],
        [108, 160],
        [200, 266],
        [310, 30],
      ] as const)
        expect(at(x, y)).toEqual(Array.from(before.subarray(0, 3)));
    });
  }

  it('is cut off at the canvas without harm', () => {
    const canvas = paint(60, 50, () => [0, 0, 0]);
    drawFaceFrames(canvas, [{ photoToFace, alignedSizePx: 512 }], 1);
    expect(canvas.data[(40 * 60 + 51) * 3 + 1]).toBeGreaterThan(230);
    expect(canvas.data[(10 * 60 + 51) * 3 + 1]).toBe(0);
  });
});
