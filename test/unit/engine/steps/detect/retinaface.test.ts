// RetinaFace's priors and answers. The expected numbers come from the official PriorBox, decode and decode_landm
// (facelib, resnet50 configuration) for an input of 64 x 64.
import { describe, expect, it } from 'vitest';
import type { FloatTensor } from '../../../../../src/engine/onnx/loaded-model.ts';
import { decodeRetinaface, retinafacePriors } from '../../../../../src/engine/steps/detect/retinaface.ts';

const sidePx = 64;
const priorCount = 168;

function outputsWith(prior: number, faceConfidence: number): Record<string, FloatTensor> {
  const tensor = (columns: number, row: readonly number[]): FloatTensor => {
    const data = new Float32Array(priorCount * columns);
    data.set(row, prior * columns);
    return { type: 'float32', data, dims: [1, priorCount, columns] };
  };
  return {
    boxes: tensor(4, [0.5, -1, 0.25, -0.5]),
    confidences: tensor(2, [1 - faceConfidence, faceConfidence]),
    landmarks: tensor(10, [-1, -1, 1, -1, 0, 0.5, -0.75, 1.5, 0.75, 1.25]),
  };
}

describe('retinafacePriors', () => {
  it('lists both sizes of each cell, row by row, stride by stride', () => {
    const priors = retinafacePriors(sidePx);
    expect(priors).toHaveLength(priorCount);
    const expected: Record<number, readonly number[]> = {
      0: [4, 4, 16],
      1: [4, 4, 32],
      2: [12, 4, 16],
      16: [4, 12, 16],
      127: [60, 60, 32],
      128: [8, 8, 64],
      131: [24, 8, 128],
      159: [56, 56, 128],
      160: [16, 16, 256],
      163: [48, 16, 512],
      167: [48, 48, 512],
    };
    for (const [index, [x, y, side]] of Object.entries(expected))
      expect(priors[Number(index)]).toEqual({ x, y, sidePx: side });
  });
});

describe('decodeRetinaface', () => {
  it.each([
    {
      prior: 37,
      corners: [4.779663, 2.3226, 38.420338, 31.277397],
      points: [16.8, 16.8, 23.2, 16.8, 20, 21.6, 17.6, 24.8, 22.4, 24],
    },
    {
      prior: 131,
      corners: [-36.881348, -62.709595, 97.681351, 53.109596],
      points: [11.2, -4.8, 36.8, -4.8, 24, 14.4, 14.4, 27.2, 33.6, 24],
    },
    {
      prior: 163,
      corners: [-195.525391, -266.838379, 342.725403, 196.438385],
      points: [-3.2, -35.2, 99.2, -35.2, 48, 41.6, 9.6, 92.8, 86.4, 80],
    },
  ])('reads prior $prior as the official decoder does', ({ prior, corners, points }) => {
    const [found, ...others] = decodeRetinaface('retinaface', outputsWith(prior, 0.875), sidePx, 0.5);
    expect(others).toEqual([]);
    expect(found?.score).toBe(0.875);
    const { x = 0, y = 0, width = 0, height = 0 } = found?.box ?? {};
    for (const [at, value] of [x, y, x + width, y + height].entries())
      expect(value).toBeCloseTo(corners[at] ?? Number.NaN, 3);
    for (const [at, value] of (found?.landmarks ?? []).flat().entries())
      expect(value).toBeCloseTo(points[at] ?? Number.NaN, 4);
  });

  it('reads the second confidence, not the first', () => {
    expect(decodeRetinaface('retinaface', outputsWith(37, 0.1), sidePx, 0.5)).toEqual([]);
  });

  it('refuses an answer for another input size', () => {
    expect(() => decodeRetinaface('retinaface', outputsWith(37, 0.9), 128, 0.5)).toThrow(
      expect.objectContaining({ code: 'model.wrong-output', params: { name: 'retinaface' } }),
    );
  });
});
