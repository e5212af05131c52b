// Job: who is in this clip, and from when to when? The first pass of a restoration by itself. Engine process.
import { join } from 'node:path';
import type { EngineOutput, TaskOf } from '#shared/contract/engine.ts';
import { chooseEncoder } from '../../codec/video/choose-encoder.ts';
import type { JobContext } from '../job-context.ts';
import { ClipMeter } from './clip-meter.ts';
import { findTracks } from './find-tracks.ts';
import { trackReport } from './followed-clip.ts';
import { openClip } from './open-clip.ts';
import { expectedFrames, keysOf } from './restore-video.ts';
import { openWorkFolder } from './work-folder.ts';

/**
 * What it finds stays in the work folder under the keys of a run with the same options, which then takes it up.
 * A clip without faces is no error. Errors: file.*, video.*, model.*; JobCancelled.
 */
export async function followClipFaces(
  task: TaskOf<'follow-clip-faces'>,
  context: JobContext,
): Promise<EngineOutput<'follow-clip-faces'>> {
  const { options, workFolder, signal } = { ...task, signal: context.signal };
  const clip = await openClip(task, join(workFolder, 'pictures.ffconcat'), signal);
  const encoder = await chooseEncoder(clip.tools, options.encoding, clip.facts.fileName, signal);
  const keys = await keysOf({ ...task, freshRunId: null }, encoder);
  const work = await openWorkFolder(workFolder, { ...keys, segments: null }, workFolder);
  try {
    const meter = new ClipMeter(context, expectedFrames(clip, options));
    meter.begin('following-faces', null);
    const followed = await findTracks(clip, options, task, work, context, meter);
    return { tracks: trackReport(followed, clip) };
  } finally {
    await work.release();
  }
}
