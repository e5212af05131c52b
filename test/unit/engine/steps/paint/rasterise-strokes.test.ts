import { describe, expect, it } from 'vitest';
import { type BrushStroke, simplifiedPoints } from '#shared/domain/brush.ts';
import {
  type PaintedMask,
  rasteriseStrokes,
} from '../../../../../src/engine/steps/paint/rasterise-strokes.ts';

const canvas = { widthPx: 100, heightPx: 80 };
const stroke = (change: Partial<BrushStroke>): BrushStroke => ({
  points: [[50, 40]],
  radiusPx: 10,
  hardness: 1,
  mode: 'paint',
  ...change,
});
const mask = (strokes: BrushStroke[], scale = 1): PaintedMask => {
  const size = { widthPx: canvas.widthPx * scale, heightPx: canvas.heightPx * scale };
  const painted = rasteriseStrokes(strokes, size, scale);
  if (painted === null) throw new Error('nothing is painted');
  return painted;
};
function at({ leftPx, topPx, widthPx, heightPx, data }: PaintedMask, x: number, y: number): number {
  const [column, row] = [x - leftPx, y - topPx];
  const isInside = column >= 0 && row >= 0 && column < widthPx && row < heightPx;
  return isInside ? (data[row * widthPx + column] ?? -1) : 0;
}

describe('strokes as a mask', () => {
  it('a dab is a disc of its radius, full inside, nothing outside', () => {
    const dab = mask([stroke({})]);
    let area = 0;
    for (const value of dab.data) area += value / 255;
    expect(area).toBeCloseTo(Math.PI * 100, -1);
    expect([at(dab, 50, 40), at(dab, 58, 40), at(dab, 61, 40), at(dab, 50, 29)]).toEqual([255, 255, 0, 0]);
    expect(dab.widthPx).toBeLessThan(26);
  });

  it('softness falls from the middle to the edge and never rises', () => {
    const soft = mask([stroke({ hardness: 0 })]);
    const values = Array.from({ length: 12 }, (_, step) => at(soft, 50 + step, 40));
    expect(values[0]).toBe(255);
    expect(values.toSorted((a, b) => b - a)).toEqual(values);
    expect(values[5]).toBeGreaterThan(100);
    expect(values[5]).toBeLessThan(155);
    expect(values[11]).toBe(0);
  });

  it('a line has no seams between its segments', () => {
    const points = Array.from({ length: 9 }, (_, index): [number, number] => [10 + index * 10, 40]);
    const line = mask([stroke({ points, radiusPx: 5 })]);
    for (let x = 10; x <= 90; x += 1) {
      expect(at(line, x, 40), `x ${x}`).toBe(255);
      expect(at(line, x, 44), `x ${x}`).toBe(at(line, 50, 44));
    }
  });

  it('erasing takes away what came before it, not what comes after; twice is once', () => {
    const erase = stroke({ points: [[54, 40]], mode: 'erase' });
    const left = mask([stroke({}), erase]);
    expect([at(left, 54, 40), at(left, 42, 40)]).toEqual([0, 255]);
    expect(at(mask([stroke({}), erase, stroke({})]), 54, 40)).toBe(255);
    expect(mask([stroke({ hardness: 0.3 }), stroke({ hardness: 0.3 })])).toEqual(
      mask([stroke({ hardness: 0.3 })]),
    );
    expect(rasteriseStrokes([erase], canvas, 1)).toBeNull();
  });

  it('grows with the canvas, in the same place of the photo', () => {
    const large = mask([stroke({})], 4);
    // The centre of photo pixel 50 lies at 201.5 of a canvas four times as large.
    expect([at(large, 201, 161), at(large, 238, 161), at(large, 244, 161)]).toEqual([255, 255, 0]);
    expect(at(large, 201 - 37, 161)).toBe(at(large, 202 + 37, 161));
  });

  it('ends at the canvas, and lies nowhere when it is beside it', () => {
    const corner = mask([stroke({ points: [[-3, -3]], radiusPx: 8 })]);
    expect([corner.leftPx, corner.topPx]).toEqual([0, 0]);
    expect(at(corner, 0, 0)).toBe(255);
    expect(rasteriseStrokes([stroke({ points: [[500, 500]] })], canvas, 1)).toBeNull();
  });
});

describe('fewer points', () => {
  it('drops what lies on the way, keeps corners and both ends', () => {
    const straight = Array.from({ length: 50 }, (_, x): [number, number] => [x, x % 2 === 0 ? 0.1 : 0]);
    expect(simplifiedPoints(straight, 0.5)).toEqual([
      [0, 0.1],
      [49, 0],
    ]);
    const corner: [number, number][] = [
      [0, 0],
      [5, 0.04],
      [10, 0],
      [10, 10],
    ];
    expect(simplifiedPoints(corner, 0.5)).toEqual([
      [0, 0],
      [10, 0],
      [10, 10],
    ]);
    expect(simplifiedPoints([[3.1234, 2]], 1)).toEqual([[3.1, 2]]);
    expect(
      simplifiedPoints(
        [
          [3, 2],
          [3, 2],
        ],
        1,
      ),
    ).toEqual([[3, 2]]);
  });
});
