// The conversion job: a whole folder or nothing, the same bytes every time, refusals in words.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { convertModelTaskSchema, type TaskOf } from '#shared/contract/engine.ts';
import { temporaryFolderName } from '#shared/domain/converted-network.ts';
import { JobCancelled } from '#shared/errors/heirloom-error.ts';
import { convertModel } from '../../../../src/engine/pipelines/convert-model.ts';
import type { JobContext } from '../../../../src/engine/pipelines/job-context.ts';
import { checkpointPath } from '../../../helpers/checkpoint-fixtures.ts';
import { writeZipCheckpoint } from '../../../helpers/write-checkpoint.ts';

let folder: string;
let checkpoint: string;
let output: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'heirloom-conversion-'));
  checkpoint = path.join(folder, 'upscaler.pth');
  output = path.join(folder, 'out', 'upscaler');
  await writeUpscaler(checkpoint, 1);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** SRVGGNetCompact with one inner layer: enough weights for a file of their own. */
function writeUpscaler(file: string, value: number): Promise<void> {
  const filled = (name: string, dims: number[]) => ({
    name,
    dims,
    values: () => new Float32Array(dims.reduce((product, size) => product * size, 1)).fill(value),
  });
  return writeZipCheckpoint(file, 'params', [
    filled('body.0.weight', [16, 3, 3, 3]),
    filled('body.0.bias', [16]),
    filled('body.1.weight', [16]),
    filled('body.2.weight', [12, 16, 3, 3]),
    filled('body.2.bias', [12]),
  ]);
}

function task(change: Partial<TaskOf<'convert-model'>> = {}): TaskOf<'convert-model'> {
  return convertModelTaskSchema.parse({
    kind: 'convert-model',
    checkpointPath: checkpoint,
    checkpointSha256: null,
    outputFolder: output,
    precision: 'fp32',
    documentation: 'test',
    overwrite: false,
    ...change,
  });
}

function context(change: Partial<JobContext> = {}): JobContext {
  return {
    models: { load: () => Promise.reject(new Error('nothing is loaded')) },
    signal: new AbortController().signal,
    progress: () => undefined,
    log: () => undefined,
    ...change,
  };
}

async function contents(of: string): Promise<Record<string, Buffer>> {
  const names = (await readdir(of)).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(path.join(of, name))] as const)),
  );
}

test('graph, weights and manifest appear together, the same for the same checkpoint', async () => {
  const reports: number[] = [];
  const first = await convertModel(
    task(),
    context({ progress: (_step, fraction) => reports.push(fraction) }),
  );
  expect(first).toMatchObject({ isReused: false, manifest: { architecture: 'srvgg', purpose: 'upscaling' } });
  expect(Object.keys(await contents(output))).toEqual(['network.json', 'srvgg.onnx', 'srvgg.onnx.data']);
  expect(reports).toEqual([...reports].sort((a, b) => a - b));
  const other = path.join(folder, 'other');
  const second = await convertModel(task({ outputFolder: other }), context());
  expect(second.manifestSha256).toBe(first.manifestSha256);
  expect(await contents(other)).toEqual(await contents(output));
  expect(await readdir(path.join(folder, 'out'))).toEqual(['upscaler']);
});

test('what is there already is answered, what is not the same is replaced only when that is wanted', async () => {
  const first = await convertModel(task(), context());
  expect(await convertModel(task(), context())).toEqual({ ...first, isReused: true });
  await writeUpscaler(checkpoint, 2);
  await expect(convertModel(task(), context())).rejects.toMatchObject({ code: 'output.exists' });
  const replaced = await convertModel(task({ overwrite: true }), context());
  expect(replaced.manifestSha256).not.toBe(first.manifestSha256);
  expect(await readdir(path.join(folder, 'out'))).toEqual(['upscaler']);
  const half = await convertModel(task({ overwrite: true, precision: 'fp16' }), context());
  expect(half.manifest.precision).toBe('fp16');
});

test('an altered conversion is not answered with', async () => {
  await convertModel(task(), context());
  const data = path.join(output, 'srvgg.onnx.data');
  const bytes = await readFile(data);
  bytes[5] = (bytes[5] ?? 0) ^ 1;
  await writeFile(data, bytes);
  expect((await convertModel(task({ overwrite: true }), context())).isReused).toBe(false);
});

test("a folder with a person's files is never replaced", async () => {
  await mkdir(output, { recursive: true });
  await writeFile(path.join(output, 'letter.txt'), 'mine');
  await expect(convertModel(task({ overwrite: true }), context())).rejects.toMatchObject({
    code: 'output.exists',
    params: { path: output },
  });
  expect(await readdir(output)).toEqual(['letter.txt']);
});

test('two checkpoints of one network are mixed, and the mixture is a model of its own', async () => {
  const other = path.join(folder, 'other.pth');
  await writeUpscaler(other, 3);
  const mixed = path.join(folder, 'mixed.pth');
  await writeUpscaler(mixed, 1.5);
  const blend = { checkpointPath: other, share: 0.75 };
  const first = await convertModel(task({ blend }), context());
  expect(first.manifest.blend).toMatchObject({ share: 0.75 });
  const plain = path.join(folder, 'plain');
  await convertModel(task({ checkpointPath: mixed, outputFolder: plain }), context());
  expect((await contents(output))['srvgg.onnx.data']).toEqual((await contents(plain))['srvgg.onnx.data']);
  expect((await convertModel(task({ blend }), context())).isReused).toBe(true);
  await expect(convertModel(task(), context())).rejects.toMatchObject({ code: 'output.exists' });
  const foreign = { checkpointPath: checkpointPath('state-dict', 'zip'), share: 0.5 };
  await expect(convertModel(task({ blend: foreign }), context())).rejects.toMatchObject({
    code: 'model.convert-failed',
    params: { fileName: 'state-dict.zip.pth', architecture: 'srvgg' },
  });
});

test('cancelled between tensors, nothing is left', async () => {
  const controller = new AbortController();
  const progress = (step: string): void => {
    if (step === 'converting') controller.abort();
  };
  await expect(convertModel(task(), context({ signal: controller.signal, progress }))).rejects.toBeInstanceOf(
    JobCancelled,
  );
  expect(await readdir(path.join(folder, 'out'))).toEqual([]);
});

test.each([
  ['another network', () => checkpointPath('state-dict', 'legacy'), 'model.architecture-unknown'],
  ['code', () => checkpointPath('refused-0', 'zip'), 'model.checkpoint-refused'],
  [
    'no checkpoint',
    () => path.join(import.meta.dirname, 'convert-model.test.ts'),
    'model.checkpoint-damaged',
  ],
])('%s is refused before anything is written', async (_what, source, code) => {
  const refusal = convertModel(task({ checkpointPath: source() }), context());
  await expect(refusal).rejects.toMatchObject({ code, params: { fileName: path.basename(source()) } });
  expect(await readdir(folder)).toEqual(['upscaler.pth']);
});

test('shapes that contradict the network are told, and nothing is left', async () => {
  const bytes = await readFile(path.join(import.meta.dirname, '../../../fixtures/codeformer/tiny.pth'));
  // One of the encoder's weights gets another name.
  bytes.write('encoder.blocks.0.heavy!', bytes.indexOf('encoder.blocks.0.weight'));
  await writeFile(checkpoint, bytes);
  await expect(convertModel(task(), context())).rejects.toMatchObject({
    code: 'model.convert-failed',
    params: { fileName: 'upscaler.pth', architecture: 'codeformer' },
  });
  expect(await readdir(path.join(folder, 'out'))).toEqual([]);
});

test('a process that died while converting is cleaned up after', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  const parent = path.dirname(output);
  const left = path.join(parent, temporaryFolderName(child.pid ?? 0, 'aaaaaaaa'));
  await mkdir(left, { recursive: true });
  await writeFile(path.join(left, 'half.onnx.data'), 'half');
  await convertModel(task(), context());
  expect(await readdir(parent)).toEqual(['upscaler']);
});
