// The frames of a clip with their timestamps, from a place on. Pairs what comes through two pipes: pixels and stamps.
// Runs in the engine process.
import type { ClipRange, Rational } from '#shared/domain/clip.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { openFrameStream } from '../../codec/video/frame-stream.ts';
import { type FrameStamp, nextStamp } from '../../codec/video/frame-times.ts';
import { ffmpegPixelFormat, frameByteLength } from '../../codec/video/pixel-format.ts';
import type { ClipPlan } from '../../codec/video/plan-clip.ts';
import { type OpenClip, tickOf } from './open-clip.ts';

export interface ClipFrame {
  /** The taker's until giveBack. */
  readonly bytes: Uint8Array;
  /** As the file has it, in ticks of its time base. */
  readonly pts: number | null;
}

export interface ClipFrames {
  /** Null at the end. Errors: video.size-changes, and those of startFfmpeg. */
  next(): Promise<ClipFrame | null>;
  giveBack(bytes: Uint8Array): void;
  close(): void;
}

export function openClipFrames(
  { tools, input, facts }: OpenClip,
  plan: Pick<ClipPlan, 'decoded' | 'decodeFilters'>,
  seekSeconds: number | null,
  signal: AbortSignal,
): ClipFrames {
  const stamps: FrameStamp[] = [];
  let wake: (() => void) | null = null;
  let first: FrameStamp | null = null;
  let reached: number | null = null;
  const stream = openFrameStream({
    input,
    tools,
    streamIndex: facts.video.streamIndex,
    seekSeconds,
    filters: plan.decodeFilters,
    pixelFormat: ffmpegPixelFormat(plan.decoded),
    frameBytes: frameByteLength(plan.decoded),
    signal,
    onStamp: (stamp) => {
      stamps.push(stamp);
      wake?.();
      wake = null;
    },
  });
  return {
    async next() {
      const bytes = await stream.next();
      if (bytes === null) return null;
      // The line about a frame is written before its pixels, but may be read after them.
      if (stamps.length === 0) {
        await Promise.race([new Promise<void>((resolve) => (wake = resolve)), stream.ended.catch(() => {})]);
      }
      const stamp = stamps.shift();
      if (stamp === undefined) return { bytes, pts: null };
      first ??= stamp;
      // Where the size changes a film often begins to count anew: what matters is how far it had come.
      reached = nextStamp(reached, stamp.pts, tickOf(facts));
      if (stamp.widthPx !== first.widthPx || stamp.heightPx !== first.heightPx) {
        stream.close();
        throw new HeirloomError('video.size-changes', {
          fileName: facts.fileName,
          before: `${first.widthPx} × ${first.heightPx}`,
          after: `${stamp.widthPx} × ${stamp.heightPx}`,
          seconds: Number((secondsOf(reached, facts.video.timeBase) - facts.startSeconds).toFixed(1)),
        });
      }
      return { bytes, pts: stamp.pts };
    },
    giveBack: stream.giveBack,
    close: stream.close,
  };
}

export function secondsOf(ticks: number, { numerator, denominator }: Rational): number {
  return (ticks * numerator) / denominator;
}

/** Decoders need a moment: the key frame before, and for deinterlacing the frames before. */
const runUpSeconds = 1;

/** Where to seek so that `seconds` (from the clip's beginning) is surely decoded; null: the beginning. */
export function seekBefore(seconds: number | null, startSeconds: number): number | null {
  return seconds === null || seconds <= runUpSeconds ? null : startSeconds + seconds - runUpSeconds;
}

/** Whether a frame lies in the range. Half a tick's tolerance: people type 1.48 for 1.48333. */
export function rangeTest(
  { fromSeconds, toSeconds }: ClipRange,
  startSeconds: number,
  timeBase: Rational,
): { isBefore(stamp: number): boolean; isBehind(stamp: number): boolean } {
  const at = (stamp: number) => secondsOf(stamp, timeBase) - startSeconds;
  const slack = 0.0005;
  return {
    isBefore: (stamp) => fromSeconds !== null && at(stamp) < fromSeconds - slack,
    isBehind: (stamp) => toSeconds !== null && at(stamp) >= toSeconds - slack,
  };
}
