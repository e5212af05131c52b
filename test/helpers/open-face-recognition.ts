// The bundled face recognition network, drawn anew from its package: needs no build.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundledModels } from '../../scripts/build-models/bundled-models.ts';
import type { LoadedModel } from '../../src/engine/onnx/loaded-model.ts';
import { loadCatalog } from '../../src/main/models/load-catalog.ts';
import { loadModelForTest } from './load-model.ts';

const root = join(import.meta.dirname, '..', '..');

/** With the contract the catalogue gives it. */
export async function openFaceRecognition(): Promise<LoadedModel> {
  const model = bundledModels.find(({ fileName }) => fileName === 'face-recognition.onnx');
  const catalog = loadCatalog(join(root, 'models', 'catalog.json'));
  const entry = catalog.models.find(({ fileName }) => fileName === model?.fileName);
  if (model === undefined || entry === undefined) throw new Error('there is no face recognition');
  const graph = await model.draw(join(root, 'node_modules', model.source));
  const folder = await mkdtemp(join(tmpdir(), 'heirloom-recognition-'));
  try {
    const path = join(folder, model.fileName);
    await writeFile(path, Buffer.concat(graph.finish({ producer: 'test', documentation: '' })));
    return await loadModelForTest(path, entry.contract);
  } finally {
    await rm(folder, { recursive: true });
  }
}
