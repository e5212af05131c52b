// Encodes a stretch of raw frames into one segment file: complete under its name, or not there. Engine process.
import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type { Rational } from '#shared/domain/clip.ts';
import type { FfmpegTools } from './find-ffmpeg.ts';
import { type FrameFormat, ffmpegPixelFormat } from './pixel-format.ts';
import { startFfmpeg } from './run-ffmpeg.ts';
import { timestampExpression } from './timestamp-expression.ts';

export interface SegmentRequest {
  readonly tools: FfmpegTools;
  readonly format: FrameFormat;
  /** On the clip's clock, one for each frame; the first becomes 0. */
  readonly stamps: readonly number[];
  readonly timeBase: Rational;
  readonly filters: readonly string[];
  readonly encoderArguments: readonly string[];
  readonly muxer: 'mov' | 'mp4';
  readonly path: string;
  readonly fileName: string;
  readonly signal: AbortSignal;
}

export interface SegmentEncoder {
  /** Resolves when the bytes may be used again. Errors as startFfmpeg. */
  write(frame: Uint8Array): Promise<void>;
  /** Waits for the encoder, syncs the file and gives it its name. */
  finish(): Promise<void>;
  /** Stops and removes what there is. */
  abandon(): Promise<void>;
}

export function openSegmentEncoder(request: SegmentRequest): SegmentEncoder {
  // A name of its own: an encoder orphaned by a kill may still be writing under the old one.
  const temporaryPath = `${request.path}.${randomUUID().slice(0, 8)}.part`;
  const running = startFfmpeg(request.tools.ffmpegPath, encodeArgs(request, temporaryPath), {
    fileName: request.fileName,
    outputPath: request.path,
    signal: request.signal,
  });
  return {
    write(frame) {
      return new Promise((resolve, reject) => {
        running.input.write(frame, (error) => {
          if (!error) resolve();
          // The pipe broke because the encoder ended; how it ended is the reason worth telling.
          else running.ended.then(() => reject(error), reject);
        });
      });
    },
    async finish() {
      running.input.end();
      await running.ended;
      const file = await open(temporaryPath, 'r+');
      try {
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporaryPath, request.path);
    },
    async abandon() {
      running.kill();
      await running.ended.catch(() => undefined);
      await rm(temporaryPath, { force: true });
    },
  };
}

function encodeArgs(request: SegmentRequest, temporaryPath: string): string[] {
  const { format, timeBase, stamps } = request;
  const first = stamps[0] ?? 0;
  const base = `${timeBase.numerator}/${timeBase.denominator}`;
  const times = timestampExpression(stamps.map((stamp) => stamp - first));
  return [
    ...['-hide_banner', '-nostats', '-loglevel', 'error', '-y'],
    ...['-f', 'rawvideo', '-pix_fmt', ffmpegPixelFormat(format)],
    ...['-s', `${format.widthPx}x${format.heightPx}`, '-framerate', frameRateOf(request), '-i', 'pipe:0'],
    ...['-vf', [...request.filters, `settb=${base}`, `setpts='${times}'`].join(',')],
    ...['-fps_mode', 'passthrough', '-enc_time_base', base],
    ...request.encoderArguments,
    ...[
      '-video_track_timescale',
      String(timeBase.denominator),
      '-fflags',
      '+bitexact',
      '-flags:v',
      '+bitexact',
    ],
    ...['-f', request.muxer, temporaryPath],
  ];
}

/** The mean rate: encoders plan their budget by it. The stamps themselves come from the filter. */
function frameRateOf({ stamps, timeBase }: SegmentRequest): string {
  const ticks = (stamps.at(-1) ?? 0) - (stamps[0] ?? 0);
  if (stamps.length < 2 || ticks <= 0) return '25';
  const rate = ((stamps.length - 1) * timeBase.denominator) / (ticks * timeBase.numerator);
  return Math.min(1000, Math.max(0.1, rate)).toFixed(3);
}
