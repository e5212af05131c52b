// BlazeFace's anchors and answers, against numbers worked out by hand from MediaPipe's anchor options.
import { describe, expect, it } from 'vitest';
import type { FloatTensor } from '../../../../../src/engine/onnx/loaded-model.ts';
import { blazefaceAnchors, decodeBlazeface } from '../../../../../src/engine/steps/detect/blazeface.ts';

const logitOf = (score: number): number => Math.log(score / (1 - score));

/** Answers of 896 anchors; all but the named ones are sure that there is no face. */
function answers(rows: Readonly<Record<number, { score: number; values: readonly number[] }>>) {
  const scores = new Float32Array(896).fill(-20);
  const boxes = new Float32Array(896 * 16);
  for (const [index, { score, values }] of Object.entries(rows)) {
    scores[Number(index)] = logitOf(score);
    boxes.set(values, Number(index) * 16);
  }
  const tensor = (data: Float32Array, columns: number): FloatTensor => ({
    type: 'float32',
    data,
    dims: [1, 896, columns],
  });
  return [tensor(scores, 1), tensor(boxes, 16)] as const;
}

/** Box 40 x 50 around (+2, -3); eyes, nose, mouth, ears relative to the anchor. */
const face = [2, -3, 40, 50, -10, -12, 10, -12, 0, 0, 0, 14, -20, -5, 20, -5];

describe('blazefaceAnchors', () => {
  it('lists two anchors a cell at stride 16, then six at stride 32, at the middle of their cells', () => {
    const anchors = blazefaceAnchors();
    expect(anchors).toHaveLength(16 * 16 * 2 + 8 * 8 * 6);
    expect([anchors[0], anchors[1], anchors[2], anchors[32], anchors[511]]).toEqual([
      [8, 8],
      [8, 8],
      [24, 8],
      [8, 24],
      [248, 248],
    ]);
    expect([anchors[512], anchors[517], anchors[518], anchors[560], anchors[895]]).toEqual([
      [16, 16],
      [16, 16],
      [48, 16],
      [16, 48],
      [240, 240],
    ]);
  });
});

describe('decodeBlazeface', () => {
  it('adds the anchor, reads logits, and puts mouth corners beside the middle of the mouth', () => {
    // Anchor 600: 88 after the first 512, cell 14 of 8 a row, so column 6, row 1: (208, 48).
    const [found, ...others] = decodeBlazeface(...answers({ 600: { score: 0.9, values: face } }), 0.47);
    expect(others).toEqual([]);
    expect(found?.box).toEqual({ x: 190, y: 20, width: 40, height: 50 });
    expect(found?.score).toBeCloseTo(0.9, 5);
    const [leftEye, rightEye, nose, leftMouth, rightMouth] = found?.landmarks ?? [];
    expect([leftEye, rightEye, nose]).toEqual([
      [198, 36],
      [218, 36],
      [208, 48],
    ]);
    expect(leftMouth?.[0]).toBeCloseTo(208 - 8.88, 4);
    expect(rightMouth?.[0]).toBeCloseTo(208 + 8.88, 4);
    expect([leftMouth?.[1], rightMouth?.[1]]).toEqual([62, 62]);
  });

  it('keeps the mouth parallel to tilted eyes', () => {
    const upright = [0, 0, 40, 40, 5, -10, 5, 10, 0, 0, -14, 0, 0, 0, 0, 0];
    const [found] = decodeBlazeface(...answers({ 0: { score: 0.9, values: upright } }), 0.47);
    const [, , , leftMouth, rightMouth] = found?.landmarks ?? [];
    expect([leftMouth?.[0], rightMouth?.[0]]).toEqual([-6, -6]);
    expect((rightMouth?.[1] ?? 0) - (leftMouth?.[1] ?? 0)).toBeCloseTo(17.76, 4);
  });

  it('leaves out what is below the threshold and boxes without an area', () => {
    const flat = face.with(2, 0);
    const rows = { 10: { score: 0.46, values: face }, 300: { score: 0.99, values: flat } };
    expect(decodeBlazeface(...answers(rows), 0.47)).toEqual([]);
  });

  it('blends the two anchors of one cell by their scores', () => {
    const moved = face.with(0, 10);
    const rows = { 600: { score: 0.9, values: face }, 601: { score: 0.6, values: moved } };
    const [found, ...others] = decodeBlazeface(...answers(rows), 0.47);
    expect(others).toEqual([]);
    expect(found?.box.x).toBeCloseTo(190 + (8 * 0.6) / 1.5, 3);
    expect(found?.score).toBeCloseTo(0.9, 5);
  });
});
