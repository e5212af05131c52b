// Tasks and settings for tests of the engine and its host.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { restoreVideoTaskSchema } from '#shared/contract/clip-tasks.ts';
import {
  type EngineSettings,
  engineSettingsSchema,
  findFacesTaskSchema,
  makePreviewTaskSchema,
  type TaskOf,
} from '#shared/contract/engine.ts';
import { type ModelFile, modelFileSchema } from '#shared/contract/model-file.ts';
import { plainOptions } from './plain-clip-options.ts';

const root = join(import.meta.dirname, '..', '..');
export const engineEntry = join(root, 'src/engine/index.ts');
export const slowEngineEntry = join(root, 'test/helpers/slow-engine.ts');
export const liteFacePath = join(root, 'models/bundled/lite-face/lite-face.onnx');

/** A model file as main would hand it over, with the digest of what lies at `path` unless given. */
export function modelFileAt(path: string, sha256?: string): ModelFile {
  return modelFileSchema.parse({
    modelId: 'lite-face',
    sha256: sha256 ?? createHash('sha256').update(readFileSync(path)).digest('hex'),
    path,
    contract: {
      interface: 'face-restorer',
      inputSidePx: 512,
      imageInput: 'face',
      fidelityInput: { name: 'fidelity', dtype: 'float32', rank: 0 },
      output: 'restored',
      colour: 'rgb',
      range: 'minus-one-to-one',
    },
  });
}

export function settingsWith(change: Partial<EngineSettings> = {}): EngineSettings {
  return engineSettingsSchema.parse({ device: 'cpu', precision: 'auto', selfTestModel: null, ...change });
}

const someModel: ModelFile = modelFileSchema.parse({
  modelId: 'some-detector',
  sha256: '0'.repeat(64),
  path: '/nowhere.onnx',
  contract: { interface: 'none' },
});

/** A heavy task; `order` is read by the slow engine. */
export function heavy(order: string, detector: ModelFile = someModel): TaskOf<'find-faces'> {
  return findFacesTaskSchema.parse({
    kind: 'find-faces',
    path: order,
    pageIndex: 0,
    models: { detector, landmarks: null },
  });
}

/** A task that makes way for heavy ones; `order` is read by the slow engine. */
export function patient(order: string): TaskOf<'restore-video'> {
  return restoreVideoTaskSchema.parse({
    kind: 'restore-video',
    path: order,
    ffmpegPath: null,
    sequenceFramesPerSecond: 25,
    detection: { detector: someModel, landmarks: null },
    recogniser: null,
    restorer: someModel,
    parser: null,
    upscaler: null,
    options: plainOptions,
    target: { path: '/nowhere.mp4', overwrite: true },
    workFolder: '/nowhere.parts',
    freshRunId: null,
    livePreviewPath: null,
  });
}

/** A light task; `order` is read by the slow engine. */
export function light(order: string): TaskOf<'make-preview'> {
  return makePreviewTaskSchema.parse({
    kind: 'make-preview',
    path: order,
    pageIndex: 0,
    maxSidePx: 64,
    outputPath: '/nowhere.jpg',
  });
}
