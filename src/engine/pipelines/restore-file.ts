// Job: find the faces of a file, restore them, write the result with the original's metadata. No project needed.
import type { EngineOutput, ModelFile, RestorationRecord, TaskOf } from '#shared/contract/engine.ts';
import { decodePhoto } from '../codec/decode-photo.ts';
import { encodePhoto } from '../codec/encode-photo.ts';
import { findFacesIn } from './find-faces.ts';
import type { JobContext } from './job-context.ts';
import { renderPhoto, renderShares } from './render-photo.ts';
import { StepClock } from './step-clock.ts';

export async function restoreFile(
  task: TaskOf<'restore-file'>,
  context: JobContext,
): Promise<EngineOutput<'restore-file'>> {
  const clock = new StepClock(context, [
    ['decoding', 0.5],
    ['loading-models', 0.5],
    ['finding-faces', 3],
    ...renderShares(task.upscaler !== null),
    ['encoding', 1],
  ]);
  clock.report('decoding', 0);
  const photo = await clock.time('decoding', () => decodePhoto(task.path, task.pageIndex));
  const { faces } = await findFacesIn(photo.raster, task.detection, context, clock);
  const [restorer, parser, upscaler] = await clock.time('loading-models', () =>
    Promise.all([
      faces.length === 0 ? null : context.models.load(task.restorer),
      faces.length === 0 || task.parser === null ? null : context.models.load(task.parser),
      task.upscaler === null ? null : context.models.load(task.upscaler),
    ]),
  );
  const facesToRestore =
    restorer === null
      ? []
      : faces.map(({ landmarksInPhoto }) => ({
          landmarksInPhoto,
          restorer,
          fidelity: task.fidelity,
          strength: task.strength,
        }));
  const rendered = await renderPhoto(
    photo,
    {
      faces: facesToRestore,
      parser,
      upscaler,
      backgroundStrength: task.backgroundStrength,
      scale: task.scale,
      monochrome: task.monochrome,
    },
    context,
    clock,
  );
  clock.report('encoding', 0);
  const size = await clock.time('encoding', () =>
    encodePhoto({ ...photo, ...rendered }, task.target, {
      originalPath: task.path,
      pageIndex: task.pageIndex,
      scale: task.scale,
      record: task.target.settings.restorationRecord
        ? recordOf(task, photo.facts.sha256, faces.length)
        : null,
    }),
  );
  return { path: task.target.path, ...size, faces, timings: clock.timings() };
}

function recordOf(
  task: TaskOf<'restore-file'>,
  originalSha256: RestorationRecord['originalSha256'],
  faceCount: number,
): RestorationRecord {
  const identity = ({ modelId, sha256 }: ModelFile) => ({ modelId, modelSha256: sha256 });
  return {
    originalSha256,
    software: task.software,
    restoredAt: new Date().toISOString(),
    scale: task.scale,
    faces: Array.from({ length: faceCount }, () => ({
      ...identity(task.restorer),
      fidelity: task.fidelity,
      strength: task.strength,
    })),
    upscaler: task.upscaler === null ? null : identity(task.upscaler),
  };
}
