// The frames of a stretch as they are, encoded beside the restored ones: what a preview is compared with. Engine process.
import { rm } from 'node:fs/promises';
import { colourArguments, previewEncoderArguments } from '../../codec/video/encode-arguments.ts';
import type { ClipPlan } from '../../codec/video/plan-clip.ts';
import { openSegmentEncoder } from '../../codec/video/segment-encoder.ts';
import { release } from '../../pixels/release.ts';
import type { FollowedClip } from './followed-clip.ts';
import type { OpenClip } from './open-clip.ts';

export interface UntouchedFilm {
  /** The one segment it is written to. */
  readonly path: string;
  /** Takes a copy of the frame at once. Errors as SegmentEncoder. */
  write(frame: Uint8Array): Promise<void>;
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

export interface UntouchedFilmRequest {
  readonly clip: OpenClip;
  readonly plan: ClipPlan;
  readonly followed: FollowedClip;
  readonly segmentFrames: number;
  readonly threads: number;
  readonly path: string;
  readonly signal: AbortSignal;
}

/** As large as the restored film: what a network enlarges is enlarged plainly here. Errors as openSegmentEncoder. */
export function openUntouchedFilm(request: UntouchedFilmRequest): UntouchedFilm {
  const { clip, plan, followed, path, signal } = request;
  const { decoded, encoded } = plan;
  const isEnlarged = decoded.widthPx !== encoded.widthPx || decoded.heightPx !== encoded.heightPx;
  const encoder = openSegmentEncoder({
    tools: clip.tools,
    format: decoded,
    stamps: followed.stamps,
    timeBase: clip.facts.video.timeBase,
    filters: [
      ...(isEnlarged ? [`scale=${encoded.widthPx}:${encoded.heightPx}:flags=lanczos`] : []),
      ...plan.encodeFilters,
    ],
    encoderArguments: [
      ...previewEncoderArguments(request.segmentFrames, request.threads),
      ...['-pix_fmt', plan.encoderPixelFormat],
      ...colourArguments(plan.colour),
    ],
    muxer: 'mov',
    path,
    fileName: clip.facts.fileName,
    signal,
  });
  return {
    path,
    async write(frame) {
      // The frame itself is about to be changed.
      const copy = frame.slice();
      await encoder.write(copy);
      release(copy);
    },
    finish: () => encoder.finish(),
    async abandon() {
      await encoder.abandon();
      await rm(path, { force: true });
    },
  };
}
