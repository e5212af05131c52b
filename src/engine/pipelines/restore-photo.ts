// Job: render the recipe of a project's photo into a result file. A pure function of (original, recipe, models).
import type { EngineOutput, TaskOf } from '#shared/contract/engine.ts';
import type { ModelFile } from '#shared/contract/model-file.ts';
import type { ModelIdentity } from '#shared/domain/recipe.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { checkTarget } from '../codec/check-target.ts';
import { decodePhoto } from '../codec/decode-photo.ts';
import { encodePhoto } from '../codec/encode-photo.ts';
import { withRoomForColour } from '../codec/room-for-colour.ts';
import { undoMosaics } from './choose-faces.ts';
import type { JobContext } from './job-context.ts';
import { type RenderPlan, renderPhoto, renderShares } from './render-photo.ts';
import { StepClock } from './step-clock.ts';

export async function restorePhoto(
  task: TaskOf<'restore-photo'>,
  context: JobContext,
): Promise<EngineOutput<'restore-photo'>> {
  const { recipe, target } = task;
  const clock = new StepClock(context, [
    ['decoding', 0.5],
    ['loading-models', 1],
    ...renderShares(recipe.background.upscaler !== null),
    ['encoding', 1],
  ]);
  clock.report('decoding', 0);
  await checkTarget(task.target, task.path);
  const decoded = await clock.time('decoding', () => decodePhoto(task.path, recipe.pageIndex));
  if (decoded.facts.sha256 !== task.originalSha256) {
    throw new HeirloomError('photo.original-missing', { fileName: task.path });
  }
  const regions = recipe.faces.flatMap(({ mosaicInPhoto }) => mosaicInPhoto ?? []);
  const hasNewColour = recipe.faces.some(({ colouring }) => colouring !== undefined);
  const { photo } = undoMosaics(
    hasNewColour ? withRoomForColour(decoded) : decoded,
    regions.length === 0 ? 'off' : regions,
    context.signal,
  );
  clock.report('loading-models', 0);
  const plan = await clock.time('loading-models', () => planOf(task, context));
  const rendered = await renderPhoto(photo, plan, context, clock);
  clock.report('encoding', 0);
  const size = await clock.time('encoding', () =>
    encodePhoto({ ...photo, ...rendered }, target, {
      originalPath: task.path,
      pageIndex: recipe.pageIndex,
      scale: recipe.scale,
      record: null,
    }),
  );
  return { path: target.path, ...size, timings: clock.timings() };
}

async function planOf(task: TaskOf<'restore-photo'>, context: JobContext): Promise<RenderPlan> {
  const { recipe } = task;
  const open = (identity: ModelIdentity) => context.models.load(fileOf(identity, task.models));
  const openMaybe = async (identity: ModelIdentity | null) => (identity === null ? null : open(identity));
  return {
    faces: await Promise.all(
      recipe.faces.map(async (face) => ({
        ...face,
        restorer: await open(face.restorer),
        faceUpscaler: face.faceUpscaler === undefined ? undefined : await open(face.faceUpscaler),
        holes:
          face.holes === undefined
            ? undefined
            : { ...face.holes, inpainter: await open(face.holes.inpainter) },
        colouring:
          face.colouring === undefined
            ? undefined
            : { ...face.colouring, colouriser: await open(face.colouring.colouriser) },
      })),
    ),
    parser: await openMaybe(recipe.parser),
    upscaler: await openMaybe(recipe.background.upscaler),
    backgroundStrength: recipe.background.strength,
    scale: recipe.scale,
    monochrome: recipe.monochrome,
    keepOriginal: recipe.keepOriginal,
    grain: recipe.grain,
  };
}

/** The recipe names models by digest: a file with another digest would give other pixels. */
function fileOf(identity: ModelIdentity, files: readonly ModelFile[]): ModelFile {
  const file = files.find(
    (candidate) => candidate.modelId === identity.modelId && candidate.sha256 === identity.sha256,
  );
  if (file === undefined) throw new HeirloomError('model.not-installed', { name: identity.modelId });
  return file;
}
