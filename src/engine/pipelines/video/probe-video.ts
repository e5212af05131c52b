// Job: what is this clip, and what would be kept and changed of it? Nothing is written. Engine process.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineOutput, TaskOf } from '#shared/contract/engine.ts';
import { planClip } from '../../codec/video/plan-clip.ts';
import type { JobContext } from '../job-context.ts';
import { openClip } from './open-clip.ts';

export async function probeVideo(
  task: TaskOf<'probe-video'>,
  context: JobContext,
): Promise<EngineOutput<'probe-video'>> {
  context.progress('decoding', 0);
  const folder = await mkdtemp(join(tmpdir(), 'heirloom-clip-'));
  try {
    const { facts } = await openClip(task, join(folder, 'pictures.ffconcat'), context.signal);
    const { options } = task;
    return { facts, notices: options === null ? [] : [...planClip(facts, options, false).notices] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
