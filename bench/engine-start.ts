// npm run bench -- engine-start: how soon the engine answers, what a first and a later face cost, what idling costs.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { modelFileSchema } from '#shared/contract/model-file.ts';
import type { Tensor } from '../src/engine/onnx/loaded-model.ts';
import { createModelLoader } from '../src/engine/onnx/model-loader.ts';
import { createEngineHost } from '../src/main/engine-host/engine-host.ts';
import { spawnForkedEngine } from '../src/main/hosts/spawn-forked-engine.ts';

const root = join(import.meta.dirname, '..');
const modelPath = join(root, 'models/bundled/lite-face/lite-face.onnx');
const model = modelFileSchema.parse({
  modelId: 'lite-face',
  sha256: createHash('sha256').update(readFileSync(modelPath)).digest('hex'),
  path: modelPath,
  contract: { interface: 'face-restorer' },
});

function row(metric: string, value: number, unit: string, target: number | null): void {
  const pass = target === null ? null : value <= target;
  console.log(
    JSON.stringify({ bench: 'engine-start', metric, value: Math.round(value * 10) / 10, unit, target, pass }),
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** From the fork to `ready`, as the first task sees it. */
async function startOnce(): Promise<number> {
  const host = createEngineHost({
    spawn: spawnForkedEngine,
    entryPath: join(root, 'src/engine/index.ts'),
    settings: { device: 'auto', precision: 'auto', memoryBudgetMb: null, selfTestModel: model },
    log: () => undefined,
  });
  const startedMs = performance.now();
  const ready = new Promise<number>((resolve) => {
    host.onStatus(({ state }) => {
      if (state === 'ready') resolve(performance.now() - startedMs);
    });
  });
  const selfTest = host.run({ kind: 'self-test', model });
  const elapsedMs = await ready;
  await selfTest;
  await host.close();
  return elapsedMs;
}

const starts: number[] = [];
for (let attempt = 0; attempt < 5; attempt += 1) starts.push(await startOnce());
row('fork to ready, unbuilt', median(starts), 'ms', 500);

const loader = createModelLoader({
  device: { provider: async () => 'cpu', distrust: () => undefined },
  precision: 'auto',
  memoryBudgetMb: null,
  log: () => undefined,
});
const loadStartedMs = performance.now();
const loaded = await loader.load(model);
row('first model: onnxruntime, digest, session', performance.now() - loadStartedMs, 'ms', null);
const loadAgainMs = performance.now();
await loader.load(model);
row('same model again', performance.now() - loadAgainMs, 'ms', 5);

const face: Tensor = {
  type: 'float32',
  data: new Float32Array(3 * 512 * 512).fill(0.1),
  dims: [1, 3, 512, 512],
};
const fidelity: Tensor = { type: 'float32', data: Float32Array.of(0.7), dims: [] };
const runs: number[] = [];
for (let count = 0; count < 15; count += 1) {
  const startedMs = performance.now();
  await loaded.run({ face, fidelity });
  runs.push(performance.now() - startedMs);
}
row('lite-face, one face', median(runs), 'ms', 160);

// What the runs left to collect is not idling.
globalThis.gc?.();
await pause(500);
const before = process.cpuUsage();
await pause(2000);
const { user, system } = process.cpuUsage(before);
row('processor time while idle, per second', (user + system) / 2000, 'ms', 5);
row('memory with one model open', process.memoryUsage.rss() / 1e6, 'MB', null);
await loader.releaseIdle();
