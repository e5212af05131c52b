// YOLOv8n-face: one row a quantity, one column a cell, already in input pixels.
import { describe, expect, it } from 'vitest';
import type { FloatTensor } from '../../../../../src/engine/onnx/loaded-model.ts';
import { decodeYoloface } from '../../../../../src/engine/steps/detect/yoloface.ts';

const cells = 84;

/** x, y and visibility of the five points follow the score; the visibilities must not be read as positions. */
const face = [50, 60, 20, 30, 0.8, 45, 52, 9, 55, 53, 9, 50, 60, 9, 46, 68, 9, 54, 69, 9];

function answerWith(columns: Readonly<Record<number, readonly number[]>>): FloatTensor {
  const data = new Float32Array(20 * cells);
  for (const [cell, values] of Object.entries(columns))
    for (const [row, value] of values.entries()) data[row * cells + Number(cell)] = value;
  return { type: 'float32', data, dims: [1, 20, cells] };
}

describe('decodeYoloface', () => {
  it('reads one column per cell', () => {
    const [found, ...others] = decodeYoloface(answerWith({ 71: face }), 0.3);
    expect(others).toEqual([]);
    expect(found?.box).toEqual({ x: 40, y: 45, width: 20, height: 30 });
    expect(found?.score).toBeCloseTo(0.8, 6);
    expect(found?.landmarks).toEqual([
      [45, 52],
      [55, 53],
      [50, 60],
      [46, 68],
      [54, 69],
    ]);
  });

  it('keeps faces apart, joins answers for one, drops weak and flat ones', () => {
    const elsewhere = face.with(0, 150).with(4, 0.9);
    const sameAgain = face.with(0, 52).with(4, 0.4);
    const weak = face.with(1, 200).with(4, 0.29);
    const flat = face.with(1, 250).with(3, 0);
    const found = decodeYoloface(answerWith({ 0: face, 1: elsewhere, 2: sameAgain, 3: weak, 4: flat }), 0.3);
    expect(found.map(({ score }) => Number(score.toFixed(3)))).toEqual([0.9, 0.8]);
    expect(found[1]?.box.x).toBeCloseTo(40 + (2 * 0.4) / 1.2, 4);
  });
});
