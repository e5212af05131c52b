import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Raster } from '../../../../../src/engine/pixels/raster.ts';
import { createEncodedFaces } from '../../../../../src/engine/steps/restore-face/encoded-faces.ts';
import { restoreInTwoGraphs } from '../../../../../src/engine/steps/restore-face/restore-in-two-graphs.ts';
import { restoreFace } from '../../../../../src/engine/steps/restore-face.ts';
import { readCodeFormerGolden, tinyCodeFormerFolder } from '../../../../helpers/codeformer-golden.ts';
import { loadConvertedForTest } from '../../../../helpers/load-converted.ts';

const layout = { range: 'minus-one-to-one', colour: 'rgb' } as const;
const golden = await readCodeFormerGolden(tinyCodeFormerFolder);
const converted = await loadConvertedForTest(golden.checkpointPath);
const model = await converted.loader.load(converted.file);

afterAll(async () => {
  await golden.checkpoint.close();
  await converted.remove();
});
beforeEach(() => {
  converted.runs.length = 0;
});

/** The golden input as a picture; `shift` makes another face of it. */
function picture(shift = 0): Raster {
  const { side, pixels } = golden;
  const data = new Uint8Array(side * side * 3);
  for (let at = 0; at < data.length; at += 1)
    data[at] = ((pixels[(at % 3) * side * side + Math.floor(at / 3)] ?? 0) + shift) % 256;
  return { widthPx: side, heightPx: side, data };
}

function meanDifference(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, index) => sum + Math.abs(value - (right[index] ?? NaN)), 0) / left.length;
}

describe('a converted CodeFormer', () => {
  it('gives the official answers through the engine, encoding the face once', async () => {
    const kept = createEncodedFaces(1e9);
    for (const fidelity of [0, 0.5, 1]) {
      const answer = await restoreInTwoGraphs(picture(), layout, model, fidelity, kept);
      const official = golden.answer(fidelity);
      expect(meanDifference(answer?.data ?? new Float32Array(1), official.data)).toBeLessThan(
        2e-4 * official.range,
      );
    }
    expect(converted.runs).toEqual([
      'encode.onnx',
      'decode-without-fusion.onnx',
      'decode.onnx',
      'decode.onnx',
    ]);
  });

  it('encodes another face anew, and the first again once it had to leave', async () => {
    const kept = createEncodedFaces(1);
    for (const shift of [0, 1, 0]) await restoreInTwoGraphs(picture(shift), layout, model, 0, kept);
    expect(converted.runs.filter((name) => name === 'encode.onnx')).toHaveLength(3);
  });

  it('answers continuously in the fidelity, also beyond 1', async () => {
    const kept = createEncodedFaces(1e9);
    const at = async (fidelity: number) =>
      (await restoreInTwoGraphs(picture(), layout, model, fidelity, kept))?.data ?? new Float32Array(1);
    const [zero, almostZero] = [await at(0), await at(1e-4)];
    const [half, nearHalf, one, beyond] = [await at(0.5), await at(0.5001), await at(1), await at(1.3)];
    const whole = meanDifference(zero, one);
    expect(whole).toBeGreaterThan(0.1);
    expect(meanDifference(zero, almostZero)).toBeLessThan(0.01 * whole);
    expect(meanDifference(half, nearHalf)).toBeLessThan(0.01 * whole);
    expect(meanDifference(one, beyond)).toBeGreaterThan(0.02 * whole);
  });

  it('is a face restorer like any other to the steps', async () => {
    const answer = await restoreFace(picture(), model, 0.5);
    expect(answer).toMatchObject({ widthPx: golden.side, heightPx: golden.side });
    expect(new Set(answer.data).size).toBeGreaterThan(50);
  });
});
