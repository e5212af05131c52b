// Models of several graphs with weights beside them: opened part by part, and never when one byte is wrong.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { convertModelTaskSchema } from '#shared/contract/engine.ts';
import { type ModelFile, modelFileSchema } from '#shared/contract/model-file.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { createModelLoader } from '../../../../src/engine/onnx/model-loader.ts';
import { openSession } from '../../../../src/engine/onnx/session.ts';
import { convertModel } from '../../../../src/engine/pipelines/convert-model.ts';
import { mutateBytes } from '../../../helpers/mutate-bytes.ts';
import { seededRandom } from '../../../helpers/seeded-random.ts';

const seed = Number(process.env['HEIRLOOM_FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const mutants = 100;
const folder = mkdtempSync(path.join(tmpdir(), 'heirloom-parts-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

let model: ModelFile;
beforeAll(async () => {
  const output = path.join(folder, 'tiny');
  const task = convertModelTaskSchema.parse({
    kind: 'convert-model',
    checkpointPath: path.join(import.meta.dirname, '../../../fixtures/codeformer/tiny.pth'),
    checkpointSha256: null,
    outputFolder: output,
    precision: 'fp32',
    documentation: 'test',
    overwrite: false,
  });
  const { manifest, manifestPath, manifestSha256 } = await convertModel(task, {
    models: { load: () => Promise.reject(new Error('nothing is loaded')) },
    signal: new AbortController().signal,
    progress: () => undefined,
    log: () => undefined,
  });
  const place = (file: { fileName: string; sha256: string }) => ({
    path: path.join(output, file.fileName),
    sha256: file.sha256,
  });
  model = modelFileSchema.parse({
    modelId: 'tiny',
    sha256: manifestSha256,
    path: manifestPath,
    contract: manifest.contract,
    parts: manifest.artefacts.map(({ name, graph, weights }) => ({
      name,
      ...place(graph),
      weights: weights === null ? null : place(weights),
    })),
  });
});

function loader() {
  const opened: string[] = [];
  const made = createModelLoader({
    device: { provider: async () => 'cpu', distrust: () => undefined },
    precision: 'auto',
    memoryBudgetMb: null,
    log: () => undefined,
    openSession: (file, options) => {
      opened.push(path.basename(file));
      return openSession(file, options);
    },
  });
  return { ...made, opened };
}

test('without a name the first graph is opened, by name any; each once', async () => {
  const { load, loadedModels, releaseIdle, opened } = loader();
  expect((await load(model)).inputNames).toEqual(['image']);
  await load(model, 'encode');
  const decode = await load(model, 'decode-without-fusion');
  expect(decode.file).toBe(model);
  expect(opened).toEqual(['encode.onnx', 'decode-without-fusion.onnx']);
  expect(loadedModels().map(({ modelId }) => modelId)).toEqual(['tiny', 'tiny']);
  await releaseIdle();
  await expect(load(model, 'nothing')).rejects.toMatchObject({ code: 'model.load-failed' });
});

test(`${mutants} damaged graphs and weights (HEIRLOOM_FUZZ_SEED=${seed})`, async () => {
  const random = seededRandom(seed);
  const { load, opened } = loader();
  const files = (await readdir(path.dirname(model.path))).map((name) =>
    path.join(path.dirname(model.path), name),
  );
  const decodeFiles = files.filter((file) => /decode\.onnx|network\.json/.test(file));
  for (let index = 0; index < mutants; index += 1) {
    const file = decodeFiles[index % decodeFiles.length] as string;
    const original = readFileSync(file);
    const mutant = mutateBytes(original, random);
    if (mutant.equals(original)) continue;
    writeFileSync(file, mutant);
    const refusal: unknown = await load(model, 'decode').catch((error: unknown) => error);
    writeFileSync(file, original);
    expect(refusal, `seed ${seed}, mutant ${index}`).toBeInstanceOf(HeirloomError);
    expect((refusal as HeirloomError).code).toBe('model.wrong-digest');
  }
  expect(opened).toEqual([]);
  await load(model, 'decode');
  expect(opened).toEqual(['decode.onnx']);
});
