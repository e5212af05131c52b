// A network's answer is looked at before numbers are read out of it.
import { describe, expect, it } from 'vitest';
import type { FloatTensor } from '../../../../../src/engine/onnx/loaded-model.ts';
import { outputNamed, outputShaped } from '../../../../../src/engine/steps/detect/model-outputs.ts';

const tensor = (...dims: number[]): FloatTensor => ({
  type: 'float32',
  data: new Float32Array(dims.reduce((product, size) => product * size, 1)),
  dims,
});

describe('outputNamed', () => {
  it('wants the name and every dimension', () => {
    const scores = tensor(1, 4, 1);
    expect(outputNamed('m', { scores }, 'scores', [1, 4, 1])).toBe(scores);
    for (const dims of [
      [1, 4],
      [1, 4, 2],
      [1, 4, 1, 1],
    ])
      expect(() => outputNamed('m', { scores }, 'scores', dims)).toThrow(
        expect.objectContaining({ code: 'model.wrong-output', params: { name: 'm' } }),
      );
    expect(() => outputNamed('m', {}, 'scores', [1])).toThrow(
      expect.objectContaining({ code: 'model.wrong-output' }),
    );
  });
});

describe('outputShaped', () => {
  it('takes the one that fits, with or without a batch of one', () => {
    const [plain, batched] = [tensor(6, 4), tensor(1, 6, 10)];
    expect(outputShaped('m', { a: plain, b: batched }, 6, 4)).toBe(plain);
    expect(outputShaped('m', { a: plain, b: batched }, 6, 10)).toBe(batched);
  });

  it('refuses none, several, and a batch of more than one', () => {
    const wrong = expect.objectContaining({ code: 'model.wrong-output' });
    expect(() => outputShaped('m', { a: tensor(6, 4) }, 4, 6)).toThrow(wrong);
    expect(() => outputShaped('m', { a: tensor(6, 4), b: tensor(1, 6, 4) }, 6, 4)).toThrow(wrong);
    expect(() => outputShaped('m', { a: tensor(2, 6, 4) }, 6, 4)).toThrow(wrong);
  });

  it('says in the cause what was expected and what came', () => {
    let cause: unknown;
    try {
      outputShaped('m', { a: tensor(2, 3) }, 6, 4);
    } catch (error) {
      cause = (error as Error).cause;
    }
    expect(String(cause)).toContain('[6, 4]');
    expect(String(cause)).toContain('a [2, 3]');
  });
});
