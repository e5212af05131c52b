// YuNet's answers, against OpenCV's FaceDetectorYN formulas worked out by hand.
import { describe, expect, it } from 'vitest';
import type { FloatTensor } from '../../../../../src/engine/onnx/loaded-model.ts';
import { decodeYunet } from '../../../../../src/engine/steps/detect/yunet.ts';

const sidePx = 64;

interface Answer {
  readonly stride: 8 | 16 | 32;
  readonly cell: number;
  readonly cls: number;
  readonly obj: number;
}

const offsets = [-0.5, -0.25, 0.5, -0.25, 0, 0.5, -0.5, 1, 0.75, 1.25];

function outputsWith(answers: readonly Answer[]): Record<string, FloatTensor> {
  const outputs: Record<string, FloatTensor> = {};
  for (const stride of [8, 16, 32]) {
    const cells = (sidePx / stride) ** 2;
    const tensors = { cls: 1, obj: 1, bbox: 4, kps: 10 };
    for (const [name, columns] of Object.entries(tensors)) {
      const data = new Float32Array(cells * columns);
      outputs[`${name}_${stride}`] = { type: 'float32', data, dims: [1, cells, columns] };
    }
  }
  for (const { stride, cell, cls, obj } of answers) {
    outputs[`cls_${stride}`]?.data.set([cls], cell);
    outputs[`obj_${stride}`]?.data.set([obj], cell);
    outputs[`bbox_${stride}`]?.data.set([0.25, 0.5, Math.log(2), Math.log(3)], cell * 4);
    outputs[`kps_${stride}`]?.data.set(offsets, cell * 10);
  }
  return outputs;
}

const decode = (answers: readonly Answer[]) => decodeYunet('yunet', outputsWith(answers), sidePx, 0.5);

describe('decodeYunet', () => {
  it.each([
    // Stride 8: eight cells a row, so cell 19 is column 3 of row 2.
    { stride: 8, cell: 19, box: { x: 18, y: 8, width: 16, height: 24 }, eye: [20, 14] },
    // Stride 16: four a row, cell 6 is column 2 of row 1.
    { stride: 16, cell: 6, box: { x: 20, y: 0, width: 32, height: 48 }, eye: [24, 12] },
    // Stride 32: two a row, cell 1 is column 1 of row 0.
    { stride: 32, cell: 1, box: { x: 8, y: -32, width: 64, height: 96 }, eye: [16, -8] },
  ] as const)('reads a cell of stride $stride', ({ stride, cell, box, eye }) => {
    const [found, ...others] = decode([{ stride, cell, cls: 0.81, obj: 0.64 }]);
    expect(others).toEqual([]);
    expect(found?.score).toBeCloseTo(0.72, 5);
    for (const side of ['x', 'y', 'width', 'height'] as const)
      expect(found?.box[side]).toBeCloseTo(box[side], 4);
    expect(found?.landmarks[0]).toEqual(eye);
    const [eyeX, eyeY] = eye;
    expect(found?.landmarks.map(([x, y]) => [(x - eyeX) / stride, (y - eyeY) / stride])).toEqual([
      [0, 0],
      [1, 0],
      [0.5, 0.75],
      [0, 1.25],
      [1.25, 1.5],
    ]);
  });

  it('takes the geometric mean of both scores, each held within 0..1', () => {
    expect(decode([{ stride: 8, cell: 0, cls: 0.9, obj: 0.2 }])).toEqual([]);
    const [found] = decode([{ stride: 8, cell: 0, cls: 1.5, obj: 0.49 }]);
    expect(found?.score).toBeCloseTo(0.7, 5);
    expect(decode([{ stride: 8, cell: 0, cls: -1, obj: -1 }])).toEqual([]);
  });

  it('refuses an answer of another size', () => {
    expect(() => decodeYunet('yunet', outputsWith([]), 128, 0.5)).toThrow(
      expect.objectContaining({ code: 'model.wrong-output', params: { name: 'yunet' } }),
    );
  });
});
