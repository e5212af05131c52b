// Job: a picture cut into tiles for a viewer that shows parts of it.
import type { EngineOutput, TaskOf } from '#shared/contract/engine.ts';
import { makeTiles as writeTiles } from '../codec/make-tiles.ts';

export async function makeTiles(task: TaskOf<'make-tiles'>): Promise<EngineOutput<'make-tiles'>> {
  await writeTiles(task.path, task.pageIndex, task.outputFolder);
  return { path: task.outputFolder };
}
