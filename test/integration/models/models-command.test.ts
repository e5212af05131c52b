// heirloom models on a real manager, a loopback server and a converter: what is said, in which order, how it ends.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HeirloomError, JobCancelled } from '#shared/errors/heirloom-error.ts';
import { type ModelsCommandIo, runModelsCommand } from '../../../src/cli/models-command.ts';
import type { ModelConverter } from '../../../src/main/models/model-converter.ts';
import { converterThatWrites } from './converter-fixture.ts';
import { type LoopbackServer, ranged, startServer } from './loopback-server.ts';
import { type Bench, entryFor, modelBytes, openBench } from './models-fixture.ts';

let bench: Bench;
let server: LoopbackServer;
beforeEach(async () => {
  bench = await openBench();
  server = await startServer();
});
afterEach(async () => {
  await bench.close();
  await server.close();
});

const bytes = modelBytes(60_000);

/** Two files of one model, as published: a ready graph and, ranked above it, the authors' checkpoint. */
function entries() {
  const address = (path: string) => [server.serve(path, bytes, ranged())];
  const graph = entryFor('seed-onnx', modelBytes(10), address('/seed.onnx'), { name: 'Seed' });
  const checkpoint = entryFor('seed-pth', bytes, address('/seed.pth'), {
    name: "Seed (authors' checkpoint)",
    container: 'pth',
    fileName: 'seed.pth',
    contract: { interface: 'none' },
    rank: 2,
  });
  return [graph, checkpoint];
}

function command(converter: ModelConverter, change: Partial<ModelsCommandIo> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const shown: string[] = [];
  const models = bench.models(entries(), { converters: [converter] });
  const run = (...args: string[]): Promise<number> =>
    runModelsCommand(args, {
      models,
      engine: { run: () => Promise.reject(new Error('no engine here')) },
      out: (line) => out.push(line),
      err: (line) => err.push(line),
      showProgress: (line) => shown.push(line),
      isTerminal: true,
      confirm: async () => false,
      json: false,
      ...change,
    });
  return { run, models, out, err, shown };
}

test('a short name means the best published file; download runs through to installed', async () => {
  const slow = converterThatWrites('graph', [], async ({ onProgress }) => onProgress(0.5));
  const { run, out, shown, models } = command(slow);
  expect(await run('download', 'seed')).toBe(0);
  expect(out).toEqual([
    "Downloading Seed (authors' checkpoint), 60 kB",
    "Seed (authors' checkpoint) is installed.",
  ]);
  expect(shown.some((line) => line.includes('converting Seed'))).toBe(true);
  expect(models.list().map(({ state }) => state)).toEqual(['not-installed', 'installed']);
  expect(await run('download', 'seed')).toBe(0);
  expect(out.at(-1)).toBe("Seed (authors' checkpoint) is installed already.");
});

test('as JSON, progress says that it is a conversion', async () => {
  const { run, out } = command(converterThatWrites('graph'), { json: true });
  expect(await run('download', 'seed-pth')).toBe(0);
  const events = out.map((line) => JSON.parse(line) as { event: string; state?: string });
  const progress = events.filter(({ event }) => event === 'progress').map(({ state }) => state);
  expect(progress.at(-1)).toBe('converting');
  expect(events.at(-1)).toMatchObject({ event: 'downloaded', modelId: 'seed-pth', state: 'installed' });
});

test('a failed conversion is said, and the command again only converts', async () => {
  let mayWork = false;
  const converter = converterThatWrites('graph', [], async () => {
    if (!mayWork) throw new HeirloomError('output.disk-full', { path: '/models' });
  });
  const { run, out, err } = command(converter);
  expect(await run('download', 'seed-pth')).toBe(3);
  expect(err.at(-1)).toContain('/models');
  mayWork = true;
  expect(await run('download', 'seed-pth')).toBe(0);
  expect(out.slice(-2)).toEqual([
    "Converting Seed (authors' checkpoint), 60 kB",
    "Seed (authors' checkpoint) is installed.",
  ]);
  expect(server.requests).toHaveLength(1);
});

test('Ctrl+C stops a conversion', async () => {
  const stop = new AbortController();
  const converter = converterThatWrites('graph', [], ({ signal }) => {
    stop.abort();
    return new Promise((_resolve, reject) => {
      if (signal.aborted) reject(new JobCancelled());
      signal.addEventListener('abort', () => reject(new JobCancelled()));
    });
  });
  const { run, out, models } = command(converter, { signal: stop.signal });
  expect(await run('download', 'seed-pth')).toBe(130);
  expect(out.at(-1)).toContain('Stopped');
  expect(models.list()[1]?.state).toBe('awaiting-conversion');
});

test('an imported checkpoint is installed when the command ends', async () => {
  const path = join(bench.folder, '..', 'brought along.bin');
  await writeFile(path, bytes);
  const { run, out } = command(converterThatWrites('graph'));
  expect(await run('import', path)).toBe(0);
  expect(out).toEqual(["brought along.bin is Seed (authors' checkpoint). It is installed now."]);
});

test('an unknown name stays unknown', async () => {
  const { run, err } = command(converterThatWrites('graph'));
  expect(await run('download', 'nobody')).toBe(2);
  expect(err.at(-1)).toContain('nobody');
});
