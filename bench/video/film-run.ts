// What bench/video.ts and the processes it starts agree on.
import type { ClipEncoding } from '#shared/domain/clip.ts';

export interface FilmRun {
  readonly frameCount: number;
  readonly totalMs: number;
  readonly networkMs: number;
  /** The most memory the process held at any time; ffmpeg's own processes are not in it. */
  readonly peakMb: number;
}

export const filmEncoding: ClipEncoding = {
  container: 'mp4',
  codec: 'h264',
  quality: 'good',
  encoder: 'software',
};
export const filmSegmentFrames = 48;
