// Real models through the loader: what is loaded, what is refused, what is released and what falls back.
import { copyFileSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { ExecutionProvider } from '#shared/domain/settings.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import {
  type OnnxElementType,
  OnnxGraphWriter,
} from '../../../../src/engine/checkpoints/onnx-graph-writer.ts';
import { createModelLoader, precisionFor } from '../../../../src/engine/onnx/model-loader.ts';
import { type OpenSession, openSession } from '../../../../src/engine/onnx/session.ts';
import { createModelVerifier } from '../../../../src/engine/onnx/verify-model-file.ts';
import { liteFacePath, modelFileAt } from '../../../helpers/engine-tasks.ts';

const folder = mkdtempSync(join(tmpdir(), 'model-loader-'));
afterAll(() => rm(folder, { recursive: true }));

/** A graph that doubles its input and adds `offset`, in the element type given. */
function doublingModel(name: string, type: OnnxElementType, offsetType: OnnxElementType = type) {
  const graph = new OnnxGraphWriter(name);
  const image = graph.input('image', type, [1, 'length']);
  const offset = graph.input('offset', offsetType, []);
  const sum = graph.node('Add', [image, image]);
  const cast = offsetType === type ? offset : graph.node('Cast', [offset], { to: { int: 1 } });
  graph.output(graph.node('Add', [sum, cast]), 'doubled', type, [1, 'length']);
  const path = join(folder, `${name}.onnx`);
  writeFileSync(path, Buffer.concat(graph.finish({ producer: 'test', documentation: 'twice plus offset' })));
  return modelFileAt(path);
}

function loaderOn(provider: ExecutionProvider, more: { budgetMb?: number; open?: OpenSession } = {}) {
  let current = provider;
  const distrusted: string[] = [];
  const opened: string[] = [];
  let releases = 0;
  const open = more.open ?? openSession;
  const loader = createModelLoader({
    device: {
      provider: async () => current,
      distrust: (_provider, reason) => {
        distrusted.push(reason);
        current = 'cpu';
      },
    },
    precision: 'auto',
    memoryBudgetMb: more.budgetMb ?? null,
    log: () => undefined,
    openSession: async (path, options) => {
      opened.push(options.provider);
      const session = await open(path, options);
      return {
        ...session,
        release: () => {
          releases += 1;
          return session.release();
        },
      };
    },
  });
  return { loader, distrusted, opened, releaseCount: () => releases };
}

const half = { type: 'float32', data: Float32Array.of(0.5), dims: [] } as const;
const numbers = { type: 'float32', data: Float32Array.of(1, -2, 3.25), dims: [1, 3] } as const;

async function errorOf(promise: Promise<unknown>): Promise<HeirloomError> {
  const error = await promise.catch((reason: unknown) => reason);
  if (error instanceof HeirloomError) return error;
  throw new Error(`expected a HeirloomError, got ${String(error)}`);
}

test('the bundled restorer runs, keeps within -1..1 and names its tensors', async () => {
  const { loader } = loaderOn('cpu');
  const model = await loader.load(modelFileAt(liteFacePath));
  expect(model.inputNames).toEqual(['face', 'fidelity']);
  expect(model.inputDims).toEqual({ face: [1, 3, 512, 512], fidelity: [] });
  const face = { type: 'float32', data: new Float32Array(3 * 512 * 512), dims: [1, 3, 512, 512] } as const;
  const { restored } = await model.run({ face, fidelity: half });
  expect(restored?.dims).toEqual([1, 3, 512, 512]);
  expect(restored?.data.every((value) => value >= -1 && value <= 1)).toBe(true);
  expect(loader.loadedModels()).toEqual([{ modelId: 'lite-face', byteSize: expect.any(Number) }]);
  await loader.releaseIdle();
  expect(loader.loadedModels()).toEqual([]);
});

test.each<[OnnxElementType, OnnxElementType]>([
  ['float32', 'float32'],
  ['float16', 'float16'],
  ['float64', 'float64'],
  ['float32', 'float64'],
  ['float32', 'int64'],
])('a graph of %s with an offset in %s is fed and read as floats', async (type, offsetType) => {
  const { loader } = loaderOn('cpu');
  const model = await loader.load(doublingModel(`doubling-${type}-${offsetType}`, type, offsetType));
  expect(model.inputDims).toEqual({ image: [1, null], offset: [] });
  const { doubled } = await model.run({ image: numbers, offset: { ...half, data: Float32Array.of(2) } });
  expect(doubled).toEqual({ type: 'float32', data: Float32Array.of(4, -2, 8.5), dims: [1, 3] });
});

test('an altered, an empty and a missing file are never opened', async () => {
  const { loader, opened } = loaderOn('cpu');
  const bytes = readFileSync(liteFacePath);
  const intact = modelFileAt(liteFacePath);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  const flipped = join(folder, 'flipped.onnx');
  writeFileSync(flipped, bytes);
  const empty = join(folder, 'empty.onnx');
  writeFileSync(empty, '');
  const altered = await errorOf(loader.load({ ...intact, path: flipped }));
  expect([altered.code, altered.params]).toEqual(['model.wrong-digest', { fileName: 'flipped.onnx' }]);
  expect((await errorOf(loader.load({ ...intact, path: empty }))).code).toBe('model.wrong-digest');
  const missing = await errorOf(loader.load({ ...intact, path: join(folder, 'missing.onnx') }));
  expect([missing.code, missing.params]).toEqual(['model.load-failed', { name: 'lite-face' }]);
  expect(opened).toEqual([]);
});

test('a file that is no graph is refused by name, and not remembered as refused', async () => {
  const path = join(folder, 'text.onnx');
  writeFileSync(path, 'not a network');
  const { loader, opened } = loaderOn('cpu');
  const file = modelFileAt(path);
  expect((await errorOf(loader.load(file))).code).toBe('model.load-failed');
  expect((await errorOf(loader.load(file))).code).toBe('model.load-failed');
  expect(opened).toHaveLength(2);
});

test('a digest is read once while the file stays as it is, and again after a change', async () => {
  const path = join(folder, 'checked.onnx');
  copyFileSync(doublingModel('to-check', 'float32').path, path);
  const file = modelFileAt(path);
  const verify = createModelVerifier();
  await verify(file);
  writeFileSync(path, readFileSync(path).fill(0, 0, 1));
  utimesSync(path, new Date(), new Date(Date.now() + 5000));
  expect((await errorOf(verify(file))).code).toBe('model.wrong-digest');
});

test('a model pushed out by the budget is opened again by its next run', async () => {
  const { loader, opened, releaseCount } = loaderOn('cpu', { budgetMb: 40 });
  const restorer = await loader.load(modelFileAt(liteFacePath));
  const doubling = { ...doublingModel('small', 'float32'), modelId: restorer.file.modelId };
  await loader.load(doubling);
  expect(releaseCount()).toBe(0);
  const second = join(folder, 'second.onnx');
  copyFileSync(liteFacePath, second);
  await loader.load({ ...modelFileAt(second), modelId: 'other' as typeof doubling.modelId });
  expect(releaseCount()).toBe(1);
  const face = { type: 'float32', data: new Float32Array(3 * 512 * 512), dims: [1, 3, 512, 512] } as const;
  await restorer.run({ face, fidelity: half });
  expect(opened).toHaveLength(4);
});

test('a missing input is an error that names the model and is not blamed on the device', async () => {
  const { loader, distrusted } = loaderOn('webgpu', {
    open: (path, options) => openSession(path, { ...options, provider: 'cpu' }),
  });
  const model = await loader.load(doublingModel('incomplete', 'float32'));
  const error = await errorOf(model.run({ image: numbers }));
  expect([error.code, error.params]).toEqual(['model.wrong-output', { name: 'lite-face' }]);
  expect(distrusted).toEqual([]);
});

test('memory that runs out is called that', async () => {
  const { loader } = loaderOn('cpu', {
    open: () => Promise.reject(new Error('Failed to allocate memory for requested buffer of size 123')),
  });
  expect((await errorOf(loader.load(modelFileAt(liteFacePath)))).code).toBe('engine.out-of-memory');
});

test.each(['opening', 'running'])(
  'a device that fails while %s hands over to the processor',
  async (when) => {
    const { loader, distrusted, opened } = loaderOn('webgpu', {
      open: async (path, options) => {
        if (options.provider !== 'cpu' && when === 'opening') throw new Error('no adapter');
        const session = await openSession(path, { ...options, provider: 'cpu' });
        if (options.provider === 'cpu') return session;
        return { ...session, run: () => Promise.reject(new Error('device lost')) };
      },
    });
    const model = await loader.load(doublingModel('handed-over', 'float32'));
    const { doubled } = await model.run({ image: numbers, offset: half });
    expect(doubled?.data).toEqual(Float32Array.of(2.5, -3.5, 7));
    expect(opened).toEqual(['webgpu', 'cpu']);
    expect(distrusted).toEqual([`lite-face: ${when === 'opening' ? 'no adapter' : 'device lost'}`]);
    expect(loader.loadedModels()).toHaveLength(1);
  },
);

test('half precision is for graphics devices unless a person says otherwise', () => {
  expect(precisionFor('cpu', 'auto')).toBe('fp32');
  expect(precisionFor('webgpu', 'auto')).toBe('fp16');
  expect(precisionFor('cpu', 'fp16')).toBe('fp16');
  expect(precisionFor('dml', 'fp32')).toBe('fp32');
});
