// npm run bench -- convert: a CodeFormer checkpoint of full size becomes graphs; then a second start opens them.
// Random weights: the bytes are as many and the arithmetic is the same. Each measurement is a process of its own.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { convertModelTaskSchema } from '#shared/contract/engine.ts';
import { modelFileSchema } from '#shared/contract/model-file.ts';
import { networkManifestFileName, networkManifestSchema } from '#shared/domain/converted-network.ts';
import { createModelLoader } from '../src/engine/onnx/model-loader.ts';
import { sha256OfFile } from '../src/engine/onnx/verify-model-file.ts';
import { convertModel } from '../src/engine/pipelines/convert-model.ts';
import { writeZipCheckpoint } from '../test/helpers/write-checkpoint.ts';
import { fullCodeFormer } from './convert/full-codeformer.ts';
import { reportRow, rowAtMost, rowShown } from './report-row.ts';

interface Measurement {
  readonly seconds: number;
  readonly peakMb: number;
}

const [role, from = '', to = ''] = process.argv.slice(2);
if (role === 'convert-in-child') await measure(() => convert(from, to));
else if (role === 'open-in-child') await measure(() => openSessions(from));
else await main();

async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'heirloom-bench-'));
  try {
    const checkpoint = path.join(folder, 'codeformer.pth');
    const output = path.join(folder, 'codeformer');
    await writeZipCheckpoint(checkpoint, 'params_ema', fullCodeFormer(1));
    const megabytes = (await stat(checkpoint)).size / 1e6;
    reportRow(rowShown('convert', 'checkpoint', megabytes, 'MB'));
    const converted = await inChild('convert-in-child', checkpoint, output);
    reportRow(rowAtMost('convert', 'convert codeformer.pth', converted.seconds, 's', 15));
    reportRow(rowAtMost('convert', 'peak memory of the converting process', converted.peakMb, 'MB', 800));
    const opened = await inChild('open-in-child', output, '');
    reportRow(
      rowAtMost('convert', 'second start: verified, encode and decode opened', opened.seconds, 's', 2),
    );
    reportRow(rowShown('convert', 'peak memory of the opened sessions', opened.peakMb, 'MB'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function inChild(...role: [string, string, string]): Promise<Measurement> {
  const child = fork(import.meta.filename, role, { execArgv: [] });
  const [message] = (await once(child, 'message')) as [Measurement];
  await once(child, 'exit');
  return message;
}

async function measure(work: () => Promise<unknown>): Promise<void> {
  const startedMs = performance.now();
  await work();
  const seconds = (performance.now() - startedMs) / 1000;
  process.send?.({ seconds, peakMb: process.resourceUsage().maxRSS / 1024 } satisfies Measurement);
}

async function convert(checkpointPath: string, outputFolder: string): Promise<void> {
  const task = convertModelTaskSchema.parse({
    kind: 'convert-model',
    checkpointPath,
    checkpointSha256: null,
    outputFolder,
    precision: 'fp32',
    documentation: 'bench',
    overwrite: false,
  });
  await convertModel(task, {
    models: { load: () => Promise.reject(new Error('nothing is loaded')) },
    signal: new AbortController().signal,
    progress: () => undefined,
    log: () => undefined,
  });
}

/** As a job does it in a fresh engine: every file hashed, then both graphs of a restoration opened. */
async function openSessions(folder: string): Promise<void> {
  const manifestPath = path.join(folder, networkManifestFileName);
  const manifest = networkManifestSchema.parse(JSON.parse(await readFile(manifestPath, 'utf8')));
  const place = (file: { fileName: string; sha256: string }) => ({
    path: path.join(folder, file.fileName),
    sha256: file.sha256,
  });
  const model = modelFileSchema.parse({
    modelId: 'codeformer',
    sha256: await sha256OfFile(manifestPath),
    path: manifestPath,
    contract: manifest.contract,
    parts: manifest.artefacts.map(({ name, graph, weights }) => ({
      name,
      ...place(graph),
      weights: weights === null ? null : place(weights),
    })),
  });
  const loader = createModelLoader({
    device: { provider: async () => 'cpu', distrust: () => undefined },
    precision: 'fp32',
    memoryBudgetMb: null,
    log: (_level, message) => console.error(message),
  });
  await loader.load(model, 'encode');
  await loader.load(model, 'decode');
}
