// Job: where are the faces, and what do they look like? Decode, detect, judge. No face found is a normal answer.
import type { EngineOutput, TaskOf } from '#shared/contract/engine.ts';
import type { DetectionModels } from '#shared/contract/model-file.ts';
import type { FoundFace } from '#shared/domain/face.ts';
import { photoToFaceMatrix } from '#shared/domain/face-template.ts';
import { decodePhoto } from '../codec/decode-photo.ts';
import type { DecodedPhoto } from '../codec/decoded-photo.ts';
import { scaleOfAffine } from '../pixels/affine-matrix.ts';
import type { Raster } from '../pixels/raster.ts';
import { alignFace } from '../steps/align-face.ts';
import { detectFaces } from '../steps/detect/detect-faces.ts';
import { judgeBlocks } from '../steps/judge-blocks.ts';
import { judgeFace } from '../steps/judge-face.ts';
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
  if (!task.demosaic) {
    const found = await findFacesIn(photo.raster, task.models, context, clock);
    return { ...found, faces: found.faces.map((face) => judged(face, photo)) };
  }
  const { photo: smooth, mosaics } = await clock.time('finding-faces', () =>
    undoMosaics(photo, 'auto', context.signal),
  );
  const found = await findFacesIn(smooth.raster, task.models, context, clock);
  const faces = found.faces.map((face) => {
    const mosaicInPhoto = mosaicAround(face, mosaics);
    // Nothing can be said of a face that is not there.
    return mosaicInPhoto === null ? judged(face, photo) : { ...face, mosaicInPhoto };
  });
  return { ...found, faces };
}

/** The face with what its pixels look like. Landmarks that mark no face are left without. */
function judged(face: FoundFace, photo: DecodedPhoto): FoundFace {
  const photoToFace = photoToFaceMatrix(face.landmarksInPhoto);
  if (photoToFace === null) return face;
  const aligned = alignFace(photo.raster, face.landmarksInPhoto).face;
  const { detailPx, noise } = judgeFace(photo.toSrgb === null ? aligned : photo.toSrgb(aligned));
  const sidePx = 512 / scaleOfAffine(photoToFace);
  const blocks = judgeBlocks(photo.raster, face.boxInPhoto);
  // Scratches and halftone dots look like detail; no more than its pixels can be there.
  return { ...face, judgement: { sidePx, detailPx: Math.min(detailPx, sidePx), noise, blocks } };
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
