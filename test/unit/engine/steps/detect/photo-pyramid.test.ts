// What the networks see of a photo: reduced levels, cut-outs in place, numbers in the range asked for.
import { describe, expect, it } from 'vitest';
import type { AffineMatrix } from '../../../../../src/engine/pixels/affine-matrix.ts';
import type { Raster } from '../../../../../src/engine/pixels/raster.ts';
import {
  buildPyramid,
  cutInput,
  type InputEncoding,
  type PhotoPyramid,
} from '../../../../../src/engine/steps/detect/photo-pyramid.ts';

const raw: InputEncoding = { order: 'rgb', mean: [0, 0, 0], factor: 1 };

/** Red is the column, green the row, blue a constant. */
function ramp(widthPx: number, heightPx: number): Raster {
  const data = new Uint8Array(widthPx * heightPx * 3);
  for (let at = 0; at < widthPx * heightPx; at++)
    data.set([at % widthPx, Math.floor(at / widthPx), 77], at * 3);
  return { widthPx, heightPx, data };
}

function cut(pyramid: PhotoPyramid, matrix: AffineMatrix, sidePx: number, encoding = raw): number[][] {
  const target = new Float32Array(3 * sidePx * sidePx);
  cutInput(pyramid, matrix, sidePx, encoding, target);
  return [0, 1, 2].map((plane) => [...target.subarray(plane * sidePx ** 2, (plane + 1) * sidePx ** 2)]);
}

describe('buildPyramid', () => {
  it('halves down to the smallest level that still fills an input', () => {
    const { levels, widthPx, heightPx } = buildPyramid(ramp(1100, 520));
    expect([widthPx, heightPx]).toEqual([1100, 520]);
    expect(levels.map((level) => [level.widthPx, level.heightPx])).toEqual([
      [1100, 520],
      [550, 260],
      [275, 130],
    ]);
  });

  it('takes the rounded mean of two by two, leaving an odd last row and column out', () => {
    const [, half] = buildPyramid(ramp(257, 259)).levels;
    expect([half?.widthPx, half?.heightPx]).toEqual([128, 129]);
    // Columns 6 and 7 of rows 4 and 5: 6.5 and 4.5, rounded up.
    expect([...(half?.data.slice((2 * 128 + 3) * 3, (2 * 128 + 3) * 3 + 3) ?? [])]).toEqual([7, 5, 77]);
  });

  it('keeps the photo itself, and its depth', () => {
    const photo: Raster = { widthPx: 256, heightPx: 256, data: new Uint16Array(256 * 256 * 3).fill(60_001) };
    const { levels } = buildPyramid(photo);
    expect(levels[0]).toBe(photo);
    expect(levels[1]?.data).toBeInstanceOf(Uint16Array);
    expect(levels[1]?.data[0]).toBe(60_001);
  });
});

describe('cutInput', () => {
  const pyramid = buildPyramid(ramp(40, 30));

  it('copies pixels as they are where nothing is scaled', () => {
    const [red, green, blue] = cut(pyramid, [1, 0, 5, 0, 1, 7], 3);
    expect(red).toEqual([5, 6, 7, 5, 6, 7, 5, 6, 7]);
    expect(green).toEqual([7, 7, 7, 8, 8, 8, 9, 9, 9]);
    expect(blue).toEqual(Array(9).fill(77));
  });

  it('maps positions, not centres: enlarging by two leaves pixel edges in place', () => {
    const [red] = cut(pyramid, [0.5, 0, 10, 0, 0.5, 10], 4);
    expect(red?.slice(0, 4)).toEqual([9.75, 10.25, 10.75, 11.25]);
  });

  it('turns', () => {
    // A quarter turn: across in the input is down in the photo.
    const [red, green] = cut(pyramid, [0, -1, 20, 1, 0, 4], 2);
    expect(red).toEqual([19, 19, 18, 18]);
    expect(green).toEqual([4, 5, 4, 5]);
  });

  it('repeats the nearest sample outside the photo', () => {
    const [red, green] = cut(pyramid, [1, 0, -2, 0, 1, 28], 4);
    expect(red?.slice(0, 4)).toEqual([0, 0, 0, 1]);
    expect([green?.[0], green?.[4], green?.[8], green?.[12]]).toEqual([28, 29, 29, 29]);
  });

  it('orders planes and applies mean and factor in that order', () => {
    const encoding: InputEncoding = { order: 'bgr', mean: [7, 2, 1], factor: 0.5 };
    const [blue, green, red] = cut(pyramid, [1, 0, 5, 0, 1, 9], 1, encoding);
    expect([blue, green, red]).toEqual([[35], [3.5], [2]]);
  });

  it('gives 16-bit photos the same numbers', () => {
    const deep: Raster = { widthPx: 4, heightPx: 4, data: new Uint16Array(48).fill(200 * 257) };
    const [red] = cut(buildPyramid(deep), [1, 0, 0, 0, 1, 0], 2);
    for (const value of red ?? []) expect(value).toBeCloseTo(200, 3);
  });

  it('reads a reduced level when it shrinks much, so that fine patterns do not alias', () => {
    const checkered: Raster = { widthPx: 512, heightPx: 512, data: new Uint8Array(512 * 512 * 3) };
    for (let at = 0; at < 512 * 512; at++)
      checkered.data.fill(((at % 512) + Math.floor(at / 512)) % 2 === 0 ? 0 : 254, at * 3, at * 3 + 3);
    const [red] = cut(buildPyramid(checkered), [4, 0, 0, 0, 4, 0], 128);
    expect(new Set(red)).toEqual(new Set([127]));
  });

  it('keeps places when it reads a reduced level', () => {
    const wide = buildPyramid(ramp(256, 256));
    const [red] = cut(wide, [2, 0, 0, 0, 2, 0], 128);
    // Input pixel 10 covers columns 20 and 21: 20.5, which the level rounds up.
    expect(red?.[10]).toBe(21);
  });
});
