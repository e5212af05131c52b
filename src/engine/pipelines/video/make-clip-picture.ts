// Job: one frame of a clip as a JPEG, whole or cut to a box. Needs ffmpeg only. Engine process.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineOutput, TaskOf } from '#shared/contract/engine.ts';
import type { Box } from '#shared/domain/geometry.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { runFfmpeg } from '../../codec/video/run-ffmpeg.ts';
import { writeAtomically } from '../../codec/write-atomically.ts';
import type { JobContext } from '../job-context.ts';
import { type OpenClip, openClip } from './open-clip.ts';

/** Of a face's box on each side: hair and chin belong to a portrait. */
const marginShare = 0.45;

/** Errors: file.*, video.*, output.*; JobCancelled. */
export async function makeClipPicture(
  task: TaskOf<'make-clip-picture'>,
  context: JobContext,
): Promise<EngineOutput<'make-clip-picture'>> {
  const folder = await mkdtemp(join(tmpdir(), 'heirloom-clip-'));
  try {
    const clip = await openClip(task, join(folder, 'pictures.ffconcat'), context.signal);
    const isWritten = await writeFrame(clip, task, task.atSeconds, context.signal);
    // Behind the last frame there is nothing: headers promise more than there is at times.
    if (!isWritten && !(await writeFrame(clip, task, 0, context.signal)))
      throw new HeirloomError('video.no-frames', { fileName: clip.facts.fileName });
    return { path: task.outputPath };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeFrame(
  { tools, input, facts }: OpenClip,
  { boxInFrame, maxSidePx, outputPath }: TaskOf<'make-clip-picture'>,
  atSeconds: number,
  signal: AbortSignal,
): Promise<boolean> {
  const filters = [
    ...(boxInFrame === null ? [] : [cropAround(boxInFrame, facts.video.widthPx, facts.video.heightPx)]),
    // Square pixels for the screen, never larger than it is.
    "scale=w='trunc(iw*sar)':h=ih",
    `scale=w='min(iw,${maxSidePx})':h='min(ih,${maxSidePx})':force_original_aspect_ratio=decrease`,
    'setsar=1',
  ];
  try {
    await writeAtomically(
      outputPath,
      async (temporary) => {
        await runFfmpeg(
          tools.ffmpegPath,
          [
            ...['-v', 'error', '-nostdin', '-y'],
            // Seeking to 0 loses the only key frame of some AVI files.
            ...(atSeconds > 0 ? ['-ss', String(atSeconds)] : []),
            ...input.args,
            ...['-map', `0:${facts.video.streamIndex}`, '-frames:v', '1', '-vf', filters.join(',')],
            ...['-c:v', 'mjpeg', '-q:v', '3', '-f', 'image2', '-update', '1', `file:${temporary}`],
          ],
          { fileName: facts.fileName, outputPath, signal },
        );
        // ffmpeg ends well without a frame, too; then it has written nothing.
        if (!existsSync(temporary)) throw new NoFrameThere();
      },
      { overwrite: true },
    );
    return true;
  } catch (error) {
    if (error instanceof NoFrameThere) return false;
    throw error;
  }
}

class NoFrameThere extends Error {}

function cropAround(box: Box, widthPx: number, heightPx: number): string {
  const side = Math.max(box.width, box.height) * (1 + 2 * marginShare);
  const [width, height] = [Math.min(side, widthPx), Math.min(side, heightPx)];
  const at = (middle: number, length: number, limit: number) =>
    Math.round(Math.min(Math.max(0, middle - length / 2), limit - length));
  const x = at(box.x + box.width / 2, width, widthPx);
  const y = at(box.y + box.height / 2, height, heightPx);
  return `crop=${Math.floor(width)}:${Math.floor(height)}:${x}:${y}`;
}
