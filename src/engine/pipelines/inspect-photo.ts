// Job: what is this file? Reads the header and the digest, no pixels.
import type { EngineOutput, TaskOf } from '#shared/contract/engine.ts';
import { inspectPhoto as inspectFile } from '../codec/inspect-photo.ts';

export async function inspectPhoto(task: TaskOf<'inspect-photo'>): Promise<EngineOutput<'inspect-photo'>> {
  return inspectFile(task.path);
}
