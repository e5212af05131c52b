// Job: find the faces of a file, restore them, write the result with the original's metadata. No project needed.
import type { EngineOutput, TaskOf } from '#shared/contract/engine.ts';
import type { ModelFile } from '#shared/contract/model-file.ts';
import type { RestorationRecord } from '#shared/contract/restoration-record.ts';
import { noExtras, type RestoreExtras } from '#shared/domain/restore-extras.ts';
import { checkTarget } from '../codec/check-target.ts';
import { decodePhoto } from '../codec/decode-photo.ts';
import type { DecodedPhoto } from '../codec/decoded-photo.ts';
import { encodePhoto } from '../codec/encode-photo.ts';
import { chooseFaces, mosaicAround, undoMosaics } from './choose-faces.ts';
import { findFacesIn } from './find-faces.ts';
import type { JobContext } from './job-context.ts';
import { type RenderedPhoto, renderPhoto, renderShares } from './render-photo.ts';
import { restoreAligned } from './restore-aligned.ts';
import { saveFace } from './save-faces.ts';
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
  const extras = task.extras ?? noExtras;
  clock.report('decoding', 0);
  await checkTarget(task.target, task.path);
  const decoded = await clock.time('decoding', () => decodePhoto(task.path, task.pageIndex));
  if (extras.isAligned) return restoreAlignedFile(task, extras, decoded, context, clock);
  const { photo, mosaics } = await clock.time('finding-faces', () =>
    undoMosaics(decoded, extras.demosaic, context.signal),
  );
  const found = await findFacesIn(photo.raster, task.detection, context, clock);
  const faces = chooseFaces(found.faces, photo, extras);
  const open = (file: ModelFile | null | undefined) => (file ? context.models.load(file) : null);
  const [restorer, parser, upscaler, faceUpscaler] = await clock.time('loading-models', () =>
    Promise.all([
      faces.length === 0 ? null : context.models.load(task.restorer),
      faces.length === 0 ? null : open(task.parser),
      open(task.upscaler),
      faces.length === 0 ? null : open(task.faceUpscaler),
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
  const { saveFaces } = extras;
  const rendered = await renderPhoto(
    photo,
    {
      faces: facesToRestore,
      parser,
      upscaler,
      backgroundStrength: task.backgroundStrength,
      scale: task.scale,
      monochrome: task.monochrome,
      faceUpscaler,
      tilePx: extras.backgroundTilePx,
      drawFrames: extras.drawFrames,
      ...(saveFaces === null ? {} : { onFace: (face, index) => saveFace(face, index, saveFaces) }),
    },
    context,
    clock,
  );
  const size = await encode(
    task,
    photo,
    rendered,
    faces.map((face) => mosaicAround(face, mosaics) !== null),
    clock,
  );
  return { path: task.target.path, ...size, faces, mosaics, timings: clock.timings() };
}

async function restoreAlignedFile(
  task: TaskOf<'restore-file'>,
  { saveFaces }: RestoreExtras,
  photo: DecodedPhoto,
  context: JobContext,
  clock: StepClock,
): Promise<EngineOutput<'restore-file'>> {
  clock.report('loading-models', 0);
  const restorer = await clock.time('loading-models', () => context.models.load(task.restorer));
  clock.report('restoring-faces', 0);
  const { picture, face } = await clock.time('restoring-faces', () => restoreAligned(photo, restorer, task));
  if (saveFaces !== null) await saveFace(face, null, saveFaces);
  const size = await encode(task, photo, picture, [false], clock);
  return { path: task.target.path, ...size, faces: [], mosaics: [], timings: clock.timings() };
}

async function encode(
  task: TaskOf<'restore-file'>,
  photo: DecodedPhoto,
  rendered: RenderedPhoto,
  inventedFaces: readonly boolean[],
  clock: StepClock,
): Promise<{ widthPx: number; heightPx: number }> {
  clock.report('encoding', 0);
  return clock.time('encoding', () =>
    encodePhoto({ ...photo, ...rendered }, task.target, {
      originalPath: task.path,
      pageIndex: task.pageIndex,
      scale: task.scale,
      record: task.target.settings.restorationRecord
        ? recordOf(task, photo.facts.sha256, inventedFaces)
        : null,
    }),
  );
}

function recordOf(
  task: TaskOf<'restore-file'>,
  originalSha256: RestorationRecord['originalSha256'],
  inventedFaces: readonly boolean[],
): RestorationRecord {
  const identity = ({ modelId, sha256 }: ModelFile) => ({ modelId, modelSha256: sha256 });
  return {
    originalSha256,
    software: task.software,
    restoredAt: new Date().toISOString(),
    scale: task.scale,
    faces: inventedFaces.map((isInvented) => ({
      ...identity(task.restorer),
      fidelity: task.fidelity,
      strength: task.strength,
      ...(isInvented ? { isInvented } : {}),
    })),
    upscaler: task.upscaler === null ? null : identity(task.upscaler),
  };
}
