// Checkpoints in the model manager: converted once, remembered, retried, cancelled, replaced, moved, removed.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { networkManifestFileName } from '#shared/domain/converted-network.ts';
import type { ModelStatus } from '#shared/domain/model.ts';
import { HeirloomError, JobCancelled } from '#shared/errors/heirloom-error.ts';
import { converterThatWrites } from './converter-fixture.ts';
import { type LoopbackServer, ranged, startServer } from './loopback-server.ts';
import { type Bench, entryFor, modelBytes, openBench, sha256Of } from './models-fixture.ts';

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

const bytes = modelBytes(50_000);
const served = () =>
  entryFor('seed', bytes, [server.serve('/seed.pth', bytes, ranged())], {
    container: 'pth',
    fileName: 'seed.pth',
    contract: { interface: 'none' },
  });

async function put(content = bytes): Promise<void> {
  await mkdir(join(bench.folder, 'seed'), { recursive: true });
  await writeFile(join(bench.folder, 'seed', 'seed.pth'), content);
}

test('a download goes on through checking and converting to installed, and says so', async () => {
  const entry = served();
  const converter = converterThatWrites('graph', [], async ({ onProgress }) => onProgress(0.5));
  const models = bench.models([entry], { converters: [converter] });
  const seen: ModelStatus[] = [];
  models.onChange((status) => seen.push(status));
  models.download(entry.id, false);
  expect(await models.whenDownloaded(entry.id)).toMatchObject({ state: 'installed', error: null });
  const states = seen.map(({ state }) => state).filter((state, index, all) => state !== all[index - 1]);
  expect(states).toEqual(['queued', 'downloading', 'converting', 'installed']);
  expect((await models.fileOf(entry.id)).parts?.[0]?.sha256).toBe(sha256Of(Buffer.from('graph')));
  expect((await readdir(join(bench.folder, 'seed'))).sort()).toEqual(['converted-fp32', 'seed.pth']);
});

test('a second start converts nothing and hashes nothing again', async () => {
  await put();
  const entry = served();
  const asked: string[] = [];
  const options = { converters: [converterThatWrites('graph', asked)] };
  const first = bench.models([entry], options);
  const file = await first.fileOf(entry.id);
  await first.close();
  const states: string[] = [];
  const second = bench.models([entry], options);
  second.onChange(({ state }) => states.push(state));
  await second.whenReady();
  expect(await second.fileOf(entry.id)).toEqual(file);
  expect(asked).toHaveLength(1);
  expect(states).toEqual([]);
});

test('a failed conversion is told, and the same command tries again', async () => {
  await put();
  const entry = served();
  let mayWork = false;
  const converter = converterThatWrites('graph', [], async () => {
    if (!mayWork) throw new HeirloomError('model.architecture-unknown', { fileName: 'seed.pth' });
  });
  const models = bench.models([entry], { converters: [converter] });
  await models.whenReady();
  models.download(entry.id, false);
  await expect(models.whenDownloaded(entry.id)).rejects.toMatchObject({ code: 'model.architecture-unknown' });
  expect(models.list()[0]).toMatchObject({
    state: 'awaiting-conversion',
    error: { code: 'model.architecture-unknown' },
  });
  mayWork = true;
  models.download(entry.id, false);
  expect(await models.whenDownloaded(entry.id)).toMatchObject({ state: 'installed', error: null });
  expect(server.requests).toHaveLength(0);
});

test('cancelling during the conversion keeps the checkpoint and nothing else', async () => {
  const entry = served();
  const converter = converterThatWrites('graph', [], ({ signal, onProgress }) => {
    onProgress(0.25);
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new JobCancelled()));
    });
  });
  const models = bench.models([entry], { converters: [converter] });
  models.onChange(({ state, receivedBytes }) => {
    if (state === 'converting' && receivedBytes > 0) models.cancelDownload(entry.id);
  });
  models.download(entry.id, false);
  await expect(models.whenDownloaded(entry.id)).rejects.toBeInstanceOf(JobCancelled);
  expect(models.list()[0]).toMatchObject({ state: 'awaiting-conversion', error: null });
  expect(await readdir(join(bench.folder, 'seed'))).toEqual(['seed.pth']);
});

test('an imported checkpoint is converted as well', async () => {
  const entry = served();
  const path = join(bench.folder, '..', 'somewhere.bin');
  await writeFile(path, bytes);
  const models = bench.models([entry], { converters: [converterThatWrites('graph')] });
  await models.importFile(path, false);
  expect(await models.whenDownloaded(entry.id)).toMatchObject({ state: 'installed' });
});

test.each([
  ['graph was altered', 'whole.onnx', (text: string) => text.replace('g', 'G')],
  ['graph was cut off', 'whole.onnx', (text: string) => text.slice(1)],
  [
    'converter was older',
    networkManifestFileName,
    (text: string) => text.replace(/"converterVersion":\d+/, '"converterVersion":99'),
  ],
  ['manifest is not one', networkManifestFileName, () => '{}'],
])('when the %s it is converted anew', async (_what, fileName, change) => {
  await put();
  const entry = served();
  const asked: string[] = [];
  const options = { converters: [converterThatWrites('graph', asked)] };
  const first = bench.models([entry], options);
  const file = await first.fileOf(entry.id);
  await first.close();
  const path = join(bench.folder, 'seed', 'converted-fp32', fileName);
  await writeFile(path, change(await readFile(path, 'utf8')));
  const second = bench.models([entry], options);
  await second.whenReady();
  expect(second.list()[0]?.state).toBe('awaiting-conversion');
  expect(await second.fileOf(entry.id)).toEqual(file);
  expect(asked).toHaveLength(2);
});

test('what a dead conversion left is swept at the start, a living one is let be', async () => {
  await put();
  const left = join(bench.folder, 'seed', '.heirloom-conversion-999999999-aaaaaaaa');
  const alive = join(bench.folder, 'seed', `.heirloom-conversion-${process.pid}-bbbbbbbb`);
  for (const folder of [left, alive]) {
    await mkdir(folder);
    await writeFile(join(folder, 'whole.onnx.data'), 'half');
  }
  const models = bench.models([served()], { converters: [converterThatWrites('graph')] });
  await models.whenReady();
  expect((await readdir(join(bench.folder, 'seed'))).sort()).toEqual([
    `.heirloom-conversion-${process.pid}-bbbbbbbb`,
    'seed.pth',
  ]);
});

test('half precision is a conversion of its own', async () => {
  await put();
  const entry = served();
  let precision: 'fp32' | 'fp16' = 'fp32';
  const models = bench.models([entry], {
    converters: [converterThatWrites('graph')],
    conversionPrecision: () => precision,
  });
  const full = await models.fileOf(entry.id);
  precision = 'fp16';
  const half = await models.fileOf(entry.id);
  expect(half.sha256).not.toBe(full.sha256);
  expect(half.path).toBe(join(bench.folder, 'seed', 'converted-fp16', networkManifestFileName));
  await models.remove(entry.id);
  expect(await readdir(bench.folder)).toEqual(['index.json']);
});

test('a moved models folder takes its conversions along', async () => {
  await put();
  const entry = served();
  const asked: string[] = [];
  let folder = bench.folder;
  const models = bench.models([entry], {
    converters: [converterThatWrites('graph', asked)],
    folder: () => folder,
    saveFolder: (chosen) => {
      folder = chosen;
    },
  });
  const before = await models.fileOf(entry.id);
  const target = join(bench.folder, '..', 'elsewhere');
  await models.moveFolder(target);
  const after = await models.fileOf(entry.id);
  expect(after.sha256).toBe(before.sha256);
  expect(after.parts?.[0]?.path).toBe(join(target, 'seed', 'converted-fp32', 'whole.onnx'));
  expect(asked).toHaveLength(1);
  await expect(readdir(bench.folder)).rejects.toMatchObject({ code: 'ENOENT' });
});
