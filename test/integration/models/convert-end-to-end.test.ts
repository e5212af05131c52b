// A real checkpoint on a loopback server: downloaded, checked, converted by a real engine, used on a photo.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ModelFile, modelFileSchema } from '#shared/contract/model-file.ts';
import { defaultExportSettings } from '#shared/domain/export.ts';
import { sha256Schema } from '#shared/domain/ids.ts';
import type { CatalogEntry } from '#shared/domain/model.ts';
import { pipelineVersion, recipeSchema } from '#shared/domain/recipe.ts';
import { createEngineHost } from '../../../src/main/engine-host/engine-host.ts';
import type { EnginePort } from '../../../src/main/engine-host/engine-port.ts';
import { spawnForkedEngine } from '../../../src/main/hosts/spawn-forked-engine.ts';
import { createEngineConverter } from '../../../src/main/models/model-converter.ts';
import { engineEntry, settingsWith } from '../../helpers/engine-tasks.ts';
import { writeZipCheckpoint } from '../../helpers/write-checkpoint.ts';
import { type LoopbackServer, ranged, startServer } from './loopback-server.ts';
import { type Bench, entryFor, openBench, sha256Of } from './models-fixture.ts';

let bench: Bench;
let server: LoopbackServer;
let engine: EnginePort;
beforeEach(async () => {
  bench = await openBench();
  server = await startServer();
  engine = createEngineHost({
    spawn: spawnForkedEngine,
    entryPath: engineEntry,
    settings: settingsWith(),
    log: () => undefined,
  });
});
afterEach(async () => {
  await bench.close();
  await engine.close();
  await server.close();
});

async function install(id: string, checkpointPath: string): Promise<ModelFile> {
  const bytes = await readFile(checkpointPath);
  const entry: CatalogEntry = entryFor(id, bytes, [server.serve(`/${id}.pth`, bytes, ranged())], {
    container: 'pth',
    fileName: `${id}.pth`,
    contract: { interface: 'none' },
  });
  const models = bench.models([entry], { converters: [createEngineConverter(engine)] });
  models.download(entry.id, false);
  expect(await models.whenDownloaded(entry.id)).toMatchObject({ state: 'installed', error: null });
  return modelFileSchema.parse(await models.fileOf(entry.id));
}

test('an upscaler enlarges a photo as its weights say', async () => {
  // All convolutions are nothing: what is left of the network is its own plain enlarging.
  const checkpointPath = path.join(bench.folder, '..', 'upscaler.pth');
  const zeros = (name: string, dims: readonly number[]) => ({
    name,
    dims,
    values: () => new Float32Array(dims.reduce((product, size) => product * size, 1)),
  });
  await writeZipCheckpoint(checkpointPath, 'params', [
    zeros('body.0.weight', [8, 3, 3, 3]),
    zeros('body.0.bias', [8]),
    zeros('body.1.weight', [8]),
    zeros('body.2.weight', [12, 8, 3, 3]),
    zeros('body.2.bias', [12]),
  ]);
  const upscaler = await install('upscaler', checkpointPath);
  expect(upscaler.contract).toMatchObject({ interface: 'upscaler', scale: 2 });

  const photoPath = path.join(bench.folder, '..', 'photo.png');
  const pixels = Buffer.from(Array.from({ length: 40 * 30 * 3 }, (_, index) => (index * 37) % 251));
  await sharp(pixels, { raw: { width: 40, height: 30, channels: 3 } })
    .png()
    .toFile(photoPath);
  const outputPath = path.join(bench.folder, '..', 'enlarged.png');
  const answer = await engine.run({
    kind: 'restore-photo',
    path: photoPath,
    originalSha256: sha256Schema.parse(sha256Of(await readFile(photoPath))),
    recipe: recipeSchema.parse({
      pipelineVersion,
      pageIndex: 0,
      scale: 2,
      monochrome: 'colour',
      background: {
        upscalerId: upscaler.modelId,
        upscaler: { modelId: upscaler.modelId, sha256: upscaler.sha256 },
        strength: 1,
      },
      parser: null,
      faces: [],
    }),
    models: [upscaler],
    target: { path: outputPath, overwrite: false, settings: { ...defaultExportSettings, format: 'png' } },
  });
  expect([answer.widthPx, answer.heightPx]).toEqual([80, 60]);
  const enlarged = await sharp(outputPath).removeAlpha().raw().toBuffer();
  const expected = await sharp(pixels, { raw: { width: 40, height: 30, channels: 3 } })
    .resize(80, 60, { kernel: 'nearest' })
    .raw()
    .toBuffer();
  expect(enlarged.equals(expected)).toBe(true);
});

test('a CodeFormer becomes graphs with weights beside them, which the engine opens and runs', async () => {
  const codeFormer = await install(
    'codeformer',
    path.join(import.meta.dirname, '../../fixtures/codeformer/tiny.pth'),
  );
  expect(codeFormer.parts?.map(({ name }) => name)).toEqual(['encode', 'decode', 'decode-without-fusion']);
  expect(codeFormer.parts?.every(({ weights }) => weights !== null)).toBe(true);
  const run = await engine.run({ kind: 'self-test', model: codeFormer });
  expect(run).toMatchObject({ passed: true, reason: null });
});
