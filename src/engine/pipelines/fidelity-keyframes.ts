// Job: one face of a photo at several fidelities, for a slider that blends between them while it is dragged, and for the
// strip of choices. The face is encoded once; each fidelity only decodes.
import type { EngineOutput, TaskOf } from '#shared/contract/engine.ts';
import { decodePhoto } from '../codec/decode-photo.ts';
import type { DecodedPhoto } from '../codec/decoded-photo.ts';
import { encodePixels } from '../codec/encode-pixels.ts';
import { writeAtomically, writePieces } from '../codec/write-atomically.ts';
import type { Raster } from '../pixels/raster.ts';
import { alignFace } from '../steps/align-face.ts';
import { matchColour } from '../steps/match-colour.ts';
import type { MonochromeTreatment } from '../steps/monochrome/choose-monochrome.ts';
import { faceSideOf, restoreFace } from '../steps/restore-face.ts';
import { undoMosaics } from './choose-faces.ts';
import type { JobContext } from './job-context.ts';
import { inPhotoColours, insideOf, treatmentOf } from './render-photo.ts';
import { StepClock } from './step-clock.ts';

/** Good enough that a face at 100 % shows no blocks, as in previews. */
const quality = 90;

export async function fidelityKeyframes(
  task: TaskOf<'fidelity-keyframes'>,
  context: JobContext,
): Promise<EngineOutput<'fidelity-keyframes'>> {
  const clock = new StepClock(context, [
    ['decoding', 0.5],
    ['loading-models', 0.5],
    ['aligning', 0.1],
    ['restoring-faces', 2 + task.keyframes.length],
  ]);
  clock.report('decoding', 0);
  const decoded = await clock.time('decoding', () => decodePhoto(task.path, task.pageIndex));
  const regions = task.mosaicInPhoto === undefined ? ('off' as const) : [task.mosaicInPhoto];
  const { photo } = undoMosaics(decoded, regions, context.signal);
  clock.report('loading-models', 0);
  const restorer = await clock.time('loading-models', () => context.models.load(task.restorer));
  const aligned = await clock.time('aligning', () =>
    alignFace(photo.raster, task.landmarksInPhoto, faceSideOf(restorer)),
  );
  const input = photo.toSrgb === null ? aligned.face : photo.toSrgb(aligned.face);
  const treatment = await clock.time('aligning', () => treatmentFor(task, photo));
  const isMatched = task.matchesColour === true && treatment === 'colour';
  if (task.originalPath !== null) await writePicture(input, task.originalPath);
  let sidePx = faceSideOf(restorer);
  for (const [index, { fidelity, path }] of task.keyframes.entries()) {
    clock.report('restoring-faces', index / task.keyframes.length);
    const restored = await clock.time('restoring-faces', () => restoreFace(input, restorer, fidelity));
    sidePx = restored.widthPx;
    const coloured = isMatched ? matchColour(restored, input, insideOf(aligned, photo.raster)) : restored;
    await writePicture(inPhotoColours(coloured, { face: input }, { fromSrgb: null }, treatment), path);
  }
  return { keyframes: task.keyframes, sidePx, timings: clock.timings() };
}

function treatmentFor(
  { monochrome }: TaskOf<'fidelity-keyframes'>,
  photo: DecodedPhoto,
): MonochromeTreatment {
  if (monochrome === undefined) return 'colour';
  const faces = monochrome.faces.map((landmarksInPhoto) => ({ landmarksInPhoto }));
  return treatmentOf(photo, { monochrome: monochrome.mode, faces });
}

async function writePicture(raster: Raster, path: string): Promise<void> {
  const bytes = await encodePixels({ raster, alpha: null, isGray: false }, 'jpeg', quality);
  await writeAtomically(path, (temporaryPath) => writePieces(temporaryPath, [bytes]), { overwrite: true });
}
