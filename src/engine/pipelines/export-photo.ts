// Job: a stored result out into the world: other format and depth, the original's metadata, the restoration record.
import type { EngineOutput, TaskOf } from '#shared/contract/engine.ts';
import { decodePhoto } from '../codec/decode-photo.ts';
import { encodePhoto } from '../codec/encode-photo.ts';
import { inspectPhoto } from '../codec/inspect-photo.ts';
import type { JobContext } from './job-context.ts';
import { StepClock } from './step-clock.ts';

export async function exportPhoto(
  task: TaskOf<'export-photo'>,
  context: JobContext,
): Promise<EngineOutput<'export-photo'>> {
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
  const size = await clock.time('encoding', () =>
    encodePhoto(result, task.target, {
      originalPath: task.originalPath,
      pageIndex: task.pageIndex,
      scale: result.raster.widthPx / original.widthPx,
      record: task.target.settings.restorationRecord ? task.record : null,
    }),
  );
  return { path: task.target.path, ...size, timings: clock.timings() };
}
