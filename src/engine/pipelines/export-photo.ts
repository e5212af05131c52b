// Job: a stored result out into the world: other format, size and depth, the original's metadata, the restoration record.
import type { EngineOutput, TaskOf } from '#shared/contract/engine.ts';
import { exportedSize } from '#shared/domain/export-size.ts';
import { checkTarget } from '../codec/check-target.ts';
import { decodePhoto } from '../codec/decode-photo.ts';
import type { DecodedPhoto } from '../codec/decoded-photo.ts';
import { encodePhoto } from '../codec/encode-photo.ts';
import { flattenOnWhite } from '../codec/encode-pixels.ts';
import { inspectPhoto } from '../codec/inspect-photo.ts';
import { resizeAlpha, resizeRaster } from '../codec/resize-raster.ts';
import { toBytes, toWords } from '../codec/sample-depth.ts';
import type { Raster } from '../pixels/raster.ts';
import { beforeAfterSheet } from '../steps/before-after-sheet.ts';
import type { JobContext } from './job-context.ts';
import { StepClock } from './step-clock.ts';

/** The target is looked at before minutes of work. Errors: output.*, file.*; JobCancelled. */
export async function exportPhoto(
  task: TaskOf<'export-photo'>,
  context: JobContext,
): Promise<EngineOutput<'export-photo'>> {
  const { settings } = task.target;
  await checkTarget(task.target, task.originalPath);
  const clock = new StepClock(context, [
    ['decoding', 1],
    ['encoding', 2],
  ]);
  clock.report('decoding', 0);
  const { original, result } = await clock.time('decoding', async () => ({
    original: await inspectPhoto(task.originalPath),
    result: await decodePhoto(task.resultPath, 0),
  }));
  clock.report('encoding', 0);
  const scale = result.raster.widthPx / original.widthPx;
  const size = await clock.time('encoding', async () => {
    const shown = settings.layout === 'before-after' ? await sheetOf(task, result) : result;
    const wanted = exportedSize(
      {
        widthPx: shown.raster.widthPx,
        heightPx: shown.raster.heightPx,
        densityPpi: original.densityPpi === null ? null : original.densityPpi * scale,
      },
      settings,
    );
    return encodePhoto(await resized(shown, wanted.widthPx, wanted.heightPx), task.target, {
      originalPath: task.originalPath,
      pageIndex: task.pageIndex,
      scale: (scale * wanted.widthPx) / shown.raster.widthPx,
      record: settings.restorationRecord ? task.record : null,
      densityPpi: wanted.densityPpi,
    });
  });
  return { path: task.target.path, ...size, timings: clock.timings() };
}

/** The original is enlarged plainly to the size of its restoration; transparency is white paper. */
async function sheetOf(task: TaskOf<'export-photo'>, result: DecodedPhoto): Promise<DecodedPhoto> {
  const before = await decodePhoto(task.originalPath, task.pageIndex);
  const { widthPx, heightPx } = result.raster;
  const after = opaque(result);
  const enlarged = await resizeRaster(opaque(before), widthPx, heightPx, 'lanczos3');
  const toDepth = after.data instanceof Uint16Array ? toWords : toBytes;
  const sheet = beforeAfterSheet({ ...enlarged, data: toDepth(enlarged.data) }, after);
  return { ...result, raster: sheet, alpha: null };
}

const opaque = ({ raster, alpha }: DecodedPhoto): Raster =>
  alpha === null ? raster : flattenOnWhite(raster, alpha);

async function resized(picture: DecodedPhoto, widthPx: number, heightPx: number): Promise<DecodedPhoto> {
  const { raster, alpha } = picture;
  if (raster.widthPx === widthPx && raster.heightPx === heightPx) return picture;
  return {
    ...picture,
    raster: await resizeRaster(raster, widthPx, heightPx, 'lanczos3'),
    alpha: alpha === null ? null : await resizeAlpha(alpha, raster, widthPx, heightPx),
  };
}
