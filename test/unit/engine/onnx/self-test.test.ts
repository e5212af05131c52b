// The self-test on the real processor, and devices that are wrong in known ways.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { ModelFile } from '#shared/contract/model-file.ts';
import { OnnxGraphWriter } from '../../../../src/engine/checkpoints/onnx-graph-writer.ts';
import { createDevice } from '../../../../src/engine/onnx/engine-device.ts';
import { runSelfTest, testPicture } from '../../../../src/engine/onnx/self-test.ts';
import { type OpenSession, openSession } from '../../../../src/engine/onnx/session.ts';
import { createModelVerifier } from '../../../../src/engine/onnx/verify-model-file.ts';
import { liteFacePath, modelFileAt, settingsWith } from '../../../helpers/engine-tasks.ts';

const folder = mkdtempSync(join(tmpdir(), 'self-test-'));
afterAll(() => rm(folder, { recursive: true }));

/** Half of the picture plus the fidelity: as small a restorer as there can be. */
function smallModel(): ModelFile {
  const graph = new OnnxGraphWriter('small-restorer');
  const face = graph.input('face', 'float32', [1, 3, 64, 64]);
  const fidelity = graph.input('fidelity', 'float32', []);
  const half = graph.node('Mul', [face, fidelity]);
  graph.output(half, 'restored', 'float32', [1, 3, 64, 64]);
  const path = join(folder, 'small.onnx');
  writeFileSync(path, Buffer.concat(graph.finish({ producer: 'test', documentation: '' })));
  return modelFileAt(path);
}
const model = smallModel();

/** A device that computes on the processor and then spoils the answer. */
function deviceThat(spoil: (values: Float32Array) => void, slowDownMs = 0): OpenSession {
  return async (path, options) => {
    const session = await openSession(path, { ...options, provider: 'cpu' });
    if (options.provider === 'cpu') return session;
    return {
      ...session,
      run: async (feeds) => {
        const outputs = await session.run(feeds);
        for (const { data } of Object.values(outputs)) spoil(data);
        await new Promise((resolve) => setTimeout(resolve, slowDownMs));
        return outputs;
      },
    };
  };
}

function testDevice(open: OpenSession, precision: 'fp32' | 'fp16' = 'fp32', mustBeFaster = false) {
  return runSelfTest({
    model,
    provider: 'webgpu',
    precision,
    mustBeFaster,
    openSession: open,
    verify: createModelVerifier(),
  });
}

const addToOne = (error: number) => (values: Float32Array) => {
  values[1000] = (values[1000] ?? 0) + error;
};

test('a device that answers as the processor does is trusted', async () => {
  const result = await testDevice(deviceThat(addToOne(0.01)));
  expect(result).toMatchObject({ passed: true, verdict: 'trusted', reason: null });
  expect(result.maxAbsError).toBeCloseTo(0.01, 3);
});

test('the bundled restorer passes its own test', async () => {
  const options = {
    precision: 'fp32',
    mustBeFaster: false,
    openSession,
    verify: createModelVerifier(),
  } as const;
  const result = await runSelfTest({ ...options, model: modelFileAt(liteFacePath), provider: 'cpu' });
  expect(result).toMatchObject({ passed: true, maxAbsError: null });
  expect(result.elapsedMs).toBeGreaterThan(0);
});

test('one wrong value is enough to be distrusted; half precision may differ more', async () => {
  const result = await testDevice(deviceThat(addToOne(0.05)));
  expect(result).toMatchObject({ passed: false, verdict: 'wrong' });
  expect(result.maxAbsError).toBeCloseTo(0.05, 3);
  expect((await testDevice(deviceThat(addToOne(0.05)), 'fp16')).passed).toBe(true);
});

test('a device that gives NaN is wrong', async () => {
  const result = await testDevice(deviceThat((values) => values.fill(Number.NaN)));
  expect(result).toMatchObject({ passed: false, verdict: 'wrong', maxAbsError: null });
});

test('a device slower than the processor fails only where it has to be faster', async () => {
  const slow = deviceThat(() => undefined, 300);
  expect(await testDevice(slow, 'fp32', true)).toMatchObject({ passed: false, verdict: 'slow' });
});

test('a device that cannot be opened is unavailable, with the reason', async () => {
  const absent: OpenSession = (path, options) =>
    options.provider === 'cpu' ? openSession(path, options) : Promise.reject(new Error('no adapter'));
  expect(await testDevice(absent)).toMatchObject({ verdict: 'unavailable', reason: 'no adapter' });
});

test('a damaged test model is refused, not blamed on the device', async () => {
  const device = createDevice({
    settings: settingsWith({ device: 'webgpu' }),
    onTest: () => expect.unreachable('no device may be touched'),
    onDecided: () => undefined,
    log: () => undefined,
  });
  const altered = modelFileAt(liteFacePath, 'a'.repeat(64));
  await expect(device.selfTest({ kind: 'self-test', model: altered })).rejects.toMatchObject({
    code: 'model.wrong-digest',
  });
});

test('the picture is the same each time, fills the range and differs by channel', () => {
  const picture = testPicture([1, 3, 64, 64]);
  expect(picture).toEqual(testPicture([1, 3, 64, 64]));
  expect(Math.min(...picture)).toBeGreaterThanOrEqual(-1);
  expect(Math.max(...picture)).toBeLessThanOrEqual(1);
  expect(picture.slice(0, 4096)).not.toEqual(picture.slice(4096, 8192));
});
