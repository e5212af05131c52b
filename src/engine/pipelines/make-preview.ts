// Job: a small upright sRGB copy for the screen.
import type { EngineOutput, TaskOf } from '#shared/contract/engine.ts';
import { makePreview as writePreview } from '../codec/make-preview.ts';

export async function makePreview(task: TaskOf<'make-preview'>): Promise<EngineOutput<'make-preview'>> {
  const size = await writePreview(task.path, task.pageIndex, task.maxSidePx, task.outputPath);
  return { path: task.outputPath, ...size };
}
