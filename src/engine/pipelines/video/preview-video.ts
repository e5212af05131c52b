// Job: a short stretch of a clip, as it is and as it would be, both as small films of the same frames. Engine process.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EngineOutput, TaskOf } from '#shared/contract/engine.ts';
import type { JobContext } from '../job-context.ts';
import { makeClip } from './restore-video.ts';

/** Errors: those of restore-video, but a stretch without a face is no error. */
export async function previewVideo(
  task: TaskOf<'preview-video'>,
  context: JobContext,
): Promise<EngineOutput<'preview-video'>> {
  const { durationSeconds, beforePath, afterPath, options, kind: _kind, ...rest } = task;
  const fromSeconds = options.range.fromSeconds ?? 0;
  await mkdir(dirname(afterPath), { recursive: true });
  const folder = await mkdtemp(join(dirname(afterPath), '.heirloom-preview-'));
  try {
    const clip = {
      ...rest,
      kind: 'restore-video' as const,
      options: {
        ...options,
        range: { fromSeconds, toSeconds: fromSeconds + durationSeconds },
        // What windows can show; the look of the faces does not depend on it.
        encoding: { container: 'mp4', codec: 'h264', quality: 'high', encoder: 'software' } as const,
      },
      workFolder: folder,
      freshRunId: null,
      livePreviewPath: null,
    };
    const after = await makeClip({ ...clip, target: { path: afterPath, overwrite: true } }, context, false);
    // The faces are known by now; all of them left alone gives the same frames as they are.
    const tracks = after.tracks.map(({ trackId }) => ({ trackId, enabled: false, fidelity: null }));
    const untouched = { ...clip, options: { ...clip.options, tracks }, upscaler: null };
    await makeClip({ ...untouched, target: { path: beforePath, overwrite: true } }, context, false);
    return { beforePath, afterPath, frameCount: after.frameCount, tracks: after.tracks };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
