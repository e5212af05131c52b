import { describe, expect, it } from 'vitest';
import {
  type AffineMatrix,
  applyAffine,
  composeAffine,
  identityMatrix,
  invertAffine,
  resizeMatrix,
  scaleOfAffine,
} from '../../../../src/engine/pixels/affine-matrix.ts';
import { clipToPicture, polygonArea } from '../../../../src/engine/pixels/quadrilateral.ts';
import { warpAffine } from '../../../../src/engine/pixels/warp.ts';
import { noise, paint, psnr, samplesAt, waves } from '../../../helpers/test-pictures.ts';

const turn: AffineMatrix = [0.8, -0.6, 30, 0.6, 0.8, -10];

describe('affine matrices', () => {
  it('undo themselves', () => {
    const inverse = invertAffine(turn);
    expect(inverse).not.toBeNull();
    composeAffine(turn, inverse ?? identityMatrix).forEach((value, i) => {
      expect(value).toBeCloseTo(identityMatrix[i] ?? 0, 12);
    });
    expect(invertAffine([1, 2, 0, 2, 4, 0])).toBeNull();
    expect(invertAffine([Number.NaN, 0, 0, 0, 1, 0])).toBeNull();
  });

  it('compose from the inside out', () => {
    const double = resizeMatrix(2, 2);
    const [x, y] = applyAffine(composeAffine(turn, double), 3, 4);
    const [u, v] = applyAffine(turn, ...applyAffine(double, 3, 4));
    expect(x).toBeCloseTo(u, 12);
    expect(y).toBeCloseTo(v, 12);
    expect(scaleOfAffine(composeAffine(turn, double))).toBeCloseTo(2, 12);
  });
});

describe('quadrilaterals', () => {
  it('are cut to the picture', () => {
    const square = [
      [-10.5, -0.5],
      [9.5, -0.5],
      [9.5, 19.5],
      [-10.5, 19.5],
    ] as [number, number][];
    expect(polygonArea(square)).toBe(400);
    expect(polygonArea(clipToPicture(square, 100, 100))).toBeCloseTo(200, 9);
    expect(polygonArea(clipToPicture(square, 5, 4))).toBeCloseTo(20, 9);
    expect(
      clipToPicture(
        square.map(([x, y]) => [x - 50, y]),
        100,
        100,
      ),
    ).toEqual([]);
  });
});

describe('warpAffine', () => {
  it.each(['bilinear', 'bicubic'] as const)('%s copies whole-pixel moves exactly', (interpolation) => {
    for (const bits of [8, 16] as const) {
      const picture = noise(20, 15, 9, bits);
      const moved = warpAffine(picture, [1, 0, 3, 0, 1, 2], {
        widthPx: 20,
        heightPx: 15,
        outside: [1, 2, 3],
        interpolation,
      });
      expect(samplesAt(moved, 10, 9)).toEqual(samplesAt(picture, 7, 7));
      expect(samplesAt(moved, 0, 0)).toEqual([1, 2, 3]);
    }
  });

  it.each([
    ['bilinear', 30],
    ['bicubic', 40],
  ] as const)('%s turned there and back gives the picture', (interpolation, decibel) => {
    const picture = waves(120, 120, 24);
    const about: AffineMatrix = composeAffine(
      [1, 0, 60, 0, 1, 60],
      composeAffine([0.8, -0.6, 0, 0.6, 0.8, 0], [1, 0, -60, 0, 1, -60]),
    );
    const size = { widthPx: 120, heightPx: 120, outside: 'edge', interpolation } as const;
    const back = warpAffine(warpAffine(picture, about, size), invertAffine(about) ?? identityMatrix, size);
    const inner = (x: number, y: number) => Math.hypot(x - 60, y - 60) < 50;
    expect(psnr(back, picture, inner)).toBeGreaterThan(decibel);
  });

  it('halves a step between two pixels', () => {
    const picture = paint(4, 4, (x) => (x < 2 ? [0, 0, 0] : [1, 1, 1]));
    const moved = warpAffine(picture, [1, 0, -0.5, 0, 1, 0], { widthPx: 3, heightPx: 4, outside: 'edge' });
    expect([0, 1, 2].map((x) => samplesAt(moved, x, 1)[0])).toEqual([0, 128, 255]);
  });

  it.each(['bilinear', 'bicubic'] as const)('%s repeats the edge when asked to', (interpolation) => {
    const picture = noise(6, 5, 1);
    const moved = warpAffine(picture, [1, 0, 4, 0, 1, 4], {
      widthPx: 9,
      heightPx: 9,
      outside: 'edge',
      interpolation,
    });
    expect(samplesAt(moved, 0, 0)).toEqual(samplesAt(picture, 0, 0));
    expect(samplesAt(moved, 1, 6)).toEqual(samplesAt(picture, 0, 2));
  });

  it('gives the outside colour for a matrix that flattens the plane', () => {
    const flat = warpAffine(noise(6, 5, 1), [0, 0, 2, 0, 0, 2], {
      widthPx: 3,
      heightPx: 2,
      outside: [9, 8, 7],
    });
    expect([...flat.data]).toEqual([9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7]);
  });
});
