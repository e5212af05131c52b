// SCRFD's answers, against InsightFace's distances-to-box formulas worked out by hand.
import { describe, expect, it } from 'vitest';
import type { FloatTensor } from '../../../../../src/engine/onnx/loaded-model.ts';
import { decodeScrfd } from '../../../../../src/engine/steps/detect/scrfd.ts';

const sidePx = 64;
const offsets = [-0.5, -0.25, 0.5, -0.25, 0, 0.5, -0.5, 1, 0.75, 1.25];

/** One face at one anchor; outputs in an order and under names that say nothing, as the exports have them. */
function outputsWith(at: { stride: number; anchor: number; score: number; box?: readonly number[] }) {
  const outputs: Record<string, FloatTensor> = {};
  let name = 440;
  for (const columns of [10, 1, 4]) {
    for (const stride of [32, 8, 16]) {
      const rows = (sidePx / stride) ** 2 * 2;
      const data = new Float32Array(rows * columns);
      if (stride === at.stride) {
        const row = { 1: [at.score], 4: at.box ?? [1, 2, 3, 1.5], 10: offsets }[columns] ?? [];
        data.set(row, at.anchor * columns);
      }
      outputs[String(name++)] = { type: 'float32', data, dims: [rows, columns] };
    }
  }
  return outputs;
}

describe('decodeScrfd', () => {
  it.each([
    // Two anchors a cell: anchors 38 and 39 are cell 19, column 3 of row 2, corner (24, 16).
    { stride: 8, anchor: 38, box: { x: 16, y: 0, width: 32, height: 28 }, nose: [24, 20] },
    { stride: 8, anchor: 39, box: { x: 16, y: 0, width: 32, height: 28 }, nose: [24, 20] },
    // Cell 6 of four a row: corner (32, 16).
    { stride: 16, anchor: 12, box: { x: 16, y: -16, width: 64, height: 56 }, nose: [32, 24] },
    // Cell 1 of two a row: corner (32, 0).
    { stride: 32, anchor: 3, box: { x: 0, y: -64, width: 128, height: 112 }, nose: [32, 16] },
  ])('reads anchor $anchor of stride $stride', ({ stride, anchor, box, nose }) => {
    const [found, ...others] = decodeScrfd(
      'scrfd',
      outputsWith({ stride, anchor, score: 0.75 }),
      sidePx,
      0.3,
    );
    expect(others).toEqual([]);
    expect(found?.box).toEqual(box);
    expect(found?.score).toBe(0.75);
    expect(found?.landmarks[2]).toEqual(nose);
    expect(found?.landmarks[4]).toEqual([(nose[0] ?? 0) + 0.75 * stride, (nose[1] ?? 0) + 0.75 * stride]);
  });

  it('leaves out weak answers and boxes without an area', () => {
    const weak = outputsWith({ stride: 8, anchor: 5, score: 0.29 });
    expect(decodeScrfd('scrfd', weak, sidePx, 0.3)).toEqual([]);
    const flat = outputsWith({ stride: 8, anchor: 5, score: 0.9, box: [1, 2, -1, 2] });
    expect(decodeScrfd('scrfd', flat, sidePx, 0.3)).toEqual([]);
  });

  it('refuses an answer of another size', () => {
    const outputs = outputsWith({ stride: 8, anchor: 5, score: 0.9 });
    expect(() => decodeScrfd('scrfd', outputs, 128, 0.3)).toThrow(
      expect.objectContaining({ code: 'model.wrong-output' }),
    );
  });
});
