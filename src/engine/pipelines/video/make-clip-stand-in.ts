// Job: a clip as every window can play it, for looking at. Needs ffmpeg only. Engine process.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineOutput, TaskOf } from '#shared/contract/engine.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { runFfmpeg } from '../../codec/video/run-ffmpeg.ts';
import { writeAtomically } from '../../codec/write-atomically.ts';
import type { JobContext } from '../job-context.ts';
import { type OpenClip, openClip } from './open-clip.ts';

/** Sound that cannot be read is left out. Errors: file.*, video.*, output.*; JobCancelled. */
export async function makeClipStandIn(
  task: TaskOf<'make-clip-stand-in'>,
  context: JobContext,
): Promise<EngineOutput<'make-clip-stand-in'>> {
  const folder = await mkdtemp(join(tmpdir(), 'heirloom-clip-'));
  try {
    const clip = await openClip(task, join(folder, 'pictures.ffconcat'), context.signal);
    const hasSound = clip.facts.audio.some(({ isReadable }) => isReadable);
    try {
      await write(clip, task, hasSound, context.signal);
    } catch (error) {
      const isOurs = error instanceof HeirloomError && error.code === 'video.ffmpeg-failed';
      if (!isOurs || !hasSound) throw error;
      await write(clip, task, false, context.signal);
    }
    return { path: task.outputPath };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function write(
  { tools, input, facts }: OpenClip,
  { maxSidePx, outputPath }: TaskOf<'make-clip-stand-in'>,
  hasSound: boolean,
  signal: AbortSignal,
): Promise<void> {
  const filters = [
    "scale=w='trunc(iw*sar)':h=ih",
    `scale=w='min(iw,${maxSidePx})':h='min(ih,${maxSidePx})':force_original_aspect_ratio=decrease:force_divisible_by=2`,
    'setsar=1',
    'format=yuv420p',
  ];
  const sound = hasSound ? ['-map', '0:a:0', '-c:a', 'aac', '-b:a', '160k', '-ac', '2'] : ['-an'];
  return writeAtomically(
    outputPath,
    async (temporary) => {
      await runFfmpeg(
        tools.ffmpegPath,
        [
          ...['-v', 'error', '-nostdin', '-y', ...input.args, '-map', `0:${facts.video.streamIndex}`],
          // Frames keep their times: a stand-in plays in step with what it stands for.
          ...['-fps_mode', 'passthrough', '-vf', filters.join(','), '-c:v', 'libx264'],
          ...['-preset', 'veryfast', '-crf', '21', ...sound, '-sn', '-dn', '-map_metadata', '-1'],
          ...['-movflags', '+faststart', '-f', 'mp4', `file:${temporary}`],
        ],
        { fileName: facts.fileName, outputPath, signal },
      );
    },
    { overwrite: true },
  );
}
