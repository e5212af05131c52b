// Job: a short stretch of a clip, as it is and as it would be, both as small films of the same frames. Engine process.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EngineOutput, TaskOf } from '#shared/contract/engine.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { chooseEncoder } from '../../codec/video/choose-encoder.ts';
import type { JobContext } from '../job-context.ts';
import { type FollowedClip, readFollowed } from './followed-clip.ts';
import { type OpenClip, openClip } from './open-clip.ts';
import { keysOf, makeClip, type PreviewOfClip } from './restore-video.ts';
import { stretchOf } from './stretch-of.ts';
import { followedWith } from './work-folder.ts';

/** What windows can show; the look of the faces does not depend on it. */
const encoding = { container: 'mp4', codec: 'h264', quality: 'high', encoder: 'software' } as const;

/**
 * Faces that the run has followed already are taken from there, with what each person gets. Errors: those of
 * restore-video, but a stretch without a face is no error.
 */
export async function previewVideo(
  task: TaskOf<'preview-video'>,
  context: JobContext,
): Promise<EngineOutput<'preview-video'>> {
  await mkdir(dirname(task.afterPath), { recursive: true });
  const folder = await mkdtemp(join(dirname(task.afterPath), '.heirloom-preview-'));
  try {
    const clip = await openClip(task, join(folder, 'pictures.ffconcat'), context.signal);
    const followed = await followedAlready(task, clip, context.signal);
    try {
      return await makeBoth(task, folder, { clip, followed }, context);
    } catch (error) {
      // Some films cannot be entered in the middle at an exact picture: then the stretch is looked through by itself.
      const isWorthAnother = error instanceof HeirloomError && error.code === 'video.ffmpeg-failed';
      if (followed === null || !isWorthAnother) throw error;
      return await makeBoth(task, folder, { clip, followed: null }, context);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeBoth(
  task: TaskOf<'preview-video'>,
  folder: string,
  known: Omit<PreviewOfClip, 'beforePath'>,
  context: JobContext,
): Promise<EngineOutput<'preview-video'>> {
  const { durationSeconds: _duration, beforePath, afterPath, options, kind: _kind, ...rest } = task;
  const stretch = {
    ...rest,
    kind: 'restore-video' as const,
    options: {
      ...options,
      range: rangeOf(task),
      encoding,
      // Numbers of faces hold where they were given: a stretch looked through by itself has others.
      tracks: known.followed === null ? [] : options.tracks,
    },
    target: { path: afterPath, overwrite: true },
    workFolder: folder,
    freshRunId: null,
    livePreviewPath: null,
  };
  const { frameCount, tracks } = await makeClip(stretch, context, { ...known, beforePath });
  return { beforePath, afterPath, frameCount, tracks };
}

function rangeOf({ fromSeconds, durationSeconds }: TaskOf<'preview-video'>) {
  return { fromSeconds, toSeconds: fromSeconds + durationSeconds };
}

/** The faces of the stretch out of those the run has followed; null where it has not, or not there. */
async function followedAlready(
  task: TaskOf<'preview-video'>,
  clip: OpenClip,
  signal: AbortSignal,
): Promise<FollowedClip | null> {
  const range = rangeOf(task);
  const run = task.options.range;
  const isInside =
    (run.fromSeconds ?? 0) <= range.fromSeconds && (run.toSeconds ?? Infinity) >= range.toSeconds;
  if (!isInside) return null;
  const encoder = await chooseEncoder(clip.tools, encoding, clip.facts.fileName, signal);
  const { faces } = await keysOf({ ...task, freshRunId: null }, encoder);
  const tracksPath = await followedWith(task.workFolder, faces);
  const followed = tracksPath === null ? null : await readFollowed(tracksPath);
  const { video, startSeconds } = clip.facts;
  if (followed === null || !followed.isSeekable) return null;
  return stretchOf(followed, range, startSeconds, video.timeBase);
}
