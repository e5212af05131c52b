// Job: where are the faces? Decode, detect. No face found is a normal answer.
import type { DetectionModels, EngineOutput, TaskOf } from '#shared/contract/engine.ts';
import { decodePhoto } from '../codec/decode-photo.ts';
import type { Raster } from '../pixels/raster.ts';
import { detectFaces } from '../steps/detect/detect-faces.ts';
import { mosaicAround, undoMosaics } from './choose-faces.ts';
import type { JobContext } from './job-context.ts';
import { StepClock } from './step-clock.ts';

export async function findFaces(
  task: TaskOf<'find-faces'>,
  context: JobContext,
): Promise<EngineOutput<'find-faces'>> {
  const clock = new StepClock(context, [
    ['decoding', 1],
    ['loading-models', 1],
    ['finding-faces', 4],
  ]);
  clock.report('decoding', 0);
  const photo = await clock.time('decoding', () => decodePhoto(task.path, task.pageIndex));
  if (!task.demosaic) return findFacesIn(photo.raster, task.models, context, clock);
  const { photo: smooth, mosaics } = await clock.time('finding-faces', () =>
    undoMosaics(photo, 'auto', context.signal),
  );
  const found = await findFacesIn(smooth.raster, task.models, context, clock);
  const faces = found.faces.map((face) => {
    const mosaicInPhoto = mosaicAround(face, mosaics);
    return mosaicInPhoto === null ? face : { ...face, mosaicInPhoto };
  });
  return { ...found, faces };
}

/** The step inside a job that has decoded the photo already. */
export async function findFacesIn(
  photo: Raster,
  models: DetectionModels,
  context: JobContext,
  clock: StepClock,
): Promise<EngineOutput<'find-faces'>> {
  clock.report('loading-models', 0);
  const detector = await context.models.load(models.detector);
  const landmarks = models.landmarks === null ? null : await context.models.load(models.landmarks);
  return clock.time('finding-faces', () =>
    detectFaces(
      photo,
      { detector, landmarks },
      { signal: context.signal, onProgress: (fraction) => clock.report('finding-faces', fraction) },
    ),
  );
}
