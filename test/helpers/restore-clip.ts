// Restores clips in this very process with the models that ship inside.
import { join } from 'node:path';
import { createModelLoader } from '../../src/engine/onnx/model-loader.ts';
import type { JobContext } from '../../src/engine/pipelines/job-context.ts';
import { restoreVideo } from '../../src/engine/pipelines/video/restore-video.ts';
import { bundledModelFile } from '../../src/main/bundled-model-file.ts';
import { applicationLocations } from '../../src/main/locations.ts';
import { loadCatalog } from '../../src/main/models/load-catalog.ts';
import type { EngineOutput, TaskOf } from '../../src/shared/contract/engine.ts';
import type { ModelFile } from '../../src/shared/contract/model-file.ts';
import type { ClipOptions } from '../../src/shared/domain/clip.ts';
import { modelIdSchema } from '../../src/shared/domain/ids.ts';
import { plainOptions } from './plain-clip-options.ts';

const application = applicationLocations(join(import.meta.dirname, '../..'));
const catalog = loadCatalog(application.catalogFile);

function bundled(id: string): ModelFile {
  const file = bundledModelFile(catalog, modelIdSchema.parse(id), application.bundledModelFolders);
  if (file === null) throw new Error(`${id} is missing: npm run build`);
  return file;
}

export const models = createModelLoader({
  device: { provider: async () => 'cpu', distrust: () => undefined },
  precision: 'auto',
  memoryBudgetMb: null,
  log: () => undefined,
});

export function contextWith(change: Partial<JobContext> = {}): JobContext {
  return {
    models,
    signal: new AbortController().signal,
    progress: () => undefined,
    log: () => undefined,
    ...change,
  };
}

export function taskFor(
  path: string,
  target: string,
  options: Partial<ClipOptions> = {},
  change: Partial<TaskOf<'restore-video'>> = {},
): TaskOf<'restore-video'> {
  return {
    kind: 'restore-video',
    path,
    ffmpegPath: null,
    sequenceFramesPerSecond: 25,
    detection: { detector: bundled('blazeface'), landmarks: bundled('facemesh') },
    recogniser: bundled('face-recognition'),
    restorer: bundled('lite-face'),
    parser: null,
    upscaler: null,
    options: { ...plainOptions, ...options },
    target: { path: target, overwrite: false },
    workFolder: `${target}.parts`,
    freshRunId: null,
    livePreviewPath: null,
    ...change,
  };
}

export function restoreClip(
  path: string,
  target: string,
  options: Partial<ClipOptions> = {},
  change: Partial<TaskOf<'restore-video'>> = {},
  context: JobContext = contextWith(),
): Promise<EngineOutput<'restore-video'>> {
  return restoreVideo(taskFor(path, target, options, change), context);
}
