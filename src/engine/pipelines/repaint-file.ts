// Job: colour for the faces of a file, or their holes filled, and everything else as it was. No project needed.
import type { EngineOutput, TaskOf } from '#shared/contract/engine.ts';
import type { ModelFile } from '#shared/contract/model-file.ts';
import type { RestorationRecord } from '#shared/contract/restoration-record.ts';
import { checkTarget } from '../codec/check-target.ts';
import { decodePhoto } from '../codec/decode-photo.ts';
import type { DecodedPhoto } from '../codec/decoded-photo.ts';
import { encodePhoto } from '../codec/encode-photo.ts';
import { withRoomForColour } from '../codec/room-for-colour.ts';
import { resizeRaster } from '../pixels/resize.ts';
import { pickFaces } from '../steps/pick-faces.ts';
import { faceSideOf } from '../steps/restore-face.ts';
import { colouriseAligned, colourisePhoto } from './colourise-photo.ts';
import { findFacesIn } from './find-faces.ts';
import { fillAligned, fillPhoto, holesOfPhoto } from './inpaint-photo.ts';
import type { JobContext } from './job-context.ts';
import { StepClock } from './step-clock.ts';

export async function repaintFile(
  task: TaskOf<'repaint-file'>,
  context: JobContext,
): Promise<EngineOutput<'repaint-file'>> {
  const { treatment } = task;
  const clock = new StepClock(context, [
    ['decoding', 0.5],
    ['loading-models', 1],
    ['finding-faces', task.isAligned ? 0 : 3],
    ['restoring-faces', 6],
    ['encoding', 1],
  ]);
  clock.report('decoding', 0);
  await checkTarget(task.target, task.path);
  const decoded = await clock.time('decoding', () => decodePhoto(task.path, task.pageIndex));
  const photo = treatment.kind === 'colourise' ? withRoomForColour(decoded) : decoded;
  const holes =
    treatment.kind === 'inpaint'
      ? await clock.time('decoding', () => holesOfPhoto(photo, treatment.maskPath))
      : null;
  const found = task.isAligned ? [] : (await findFacesIn(photo.raster, task.detection, context, clock)).faces;
  const faces = pickFaces(found, task.pick, photo.raster);
  clock.report('loading-models', 0);
  const isNeeded = task.isAligned || faces.length > 0;
  const [model, parser] = await clock.time('loading-models', () =>
    Promise.all([
      isNeeded ? context.models.load(task.model) : null,
      isNeeded && task.parser !== null ? context.models.load(task.parser) : null,
    ]),
  );
  clock.report('restoring-faces', 0);
  const onFace = (index: number): void => clock.report('restoring-faces', index / faces.length);
  const painted = await clock.time('restoring-faces', async () => {
    if (model === null) return { raster: photo.raster, holePixelsLeft: countHoles(holes) };
    if (task.isAligned) {
      const side = faceSideOf(model);
      const aligned: DecodedPhoto = {
        ...photo,
        raster: resizeRaster(photo.raster, side, side, 'bilinear'),
        alpha: null,
      };
      return treatment.kind === 'colourise'
        ? { raster: await colouriseAligned(aligned, model, treatment), holePixelsLeft: 0 }
        : { raster: await fillAligned(aligned, photo, holes, model), holePixelsLeft: 0 };
    }
    return treatment.kind === 'colourise'
      ? {
          raster: await colourisePhoto(photo, faces, { model, parser, ...treatment, onFace }),
          holePixelsLeft: 0,
        }
      : fillPhoto(photo, holes ?? new Uint8Array(), faces, { model, onFace });
  });
  clock.report('encoding', 0);
  const alpha = task.isAligned ? null : photo.alpha;
  const size = await clock.time('encoding', () =>
    encodePhoto({ ...photo, alpha, raster: painted.raster }, task.target, {
      originalPath: task.path,
      pageIndex: task.pageIndex,
      scale: 1,
      record: task.target.settings.restorationRecord
        ? recordOf(task, photo.facts.sha256, task.isAligned ? 1 : faces.length)
        : null,
    }),
  );
  const { holePixelsLeft } = painted;
  return { path: task.target.path, ...size, faces, holePixelsLeft, timings: clock.timings() };
}

function countHoles(holes: Uint8Array | null): number {
  return holes === null ? 0 : holes.reduce((sum, hole) => sum + (hole === 0 ? 0 : 1), 0);
}

function recordOf(
  task: TaskOf<'repaint-file'>,
  originalSha256: RestorationRecord['originalSha256'],
  faceCount: number,
): RestorationRecord {
  const { treatment } = task;
  const identity = ({ modelId, sha256 }: ModelFile) => ({ modelId, modelSha256: sha256 });
  return {
    originalSha256,
    software: task.software,
    restoredAt: new Date().toISOString(),
    scale: 1,
    faces: Array.from({ length: faceCount }, () => ({
      ...identity(task.model),
      // What the authors' scripts fix: colour has no fusion with the photo, filling has all of it.
      fidelity: treatment.kind === 'colourise' ? 0 : 1,
      strength: treatment.kind === 'colourise' ? treatment.strength : 1,
    })),
    upscaler: null,
  };
}
