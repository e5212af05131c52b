// Decodes a clip into raw frames through a pipe, a few at a time. Runs in the engine process.
// Memory stays at `ahead` frames however long the clip is: when nobody takes them, the pipe stands still.
import { release } from '../../pixels/release.ts';
import type { ClipInput } from './clip-input.ts';
import type { FfmpegTools } from './find-ffmpeg.ts';
import { type FrameStamp, readFrameStamp } from './frame-times.ts';
import { type FfmpegProcess, startFfmpeg } from './run-ffmpeg.ts';

export interface DecodeRequest {
  readonly input: ClipInput;
  readonly tools: FfmpegTools;
  readonly streamIndex: number;
  /** Seconds on the file's own clock; decoding begins at a key frame before it. null: at the beginning. */
  readonly seekSeconds: number | null;
  /** ffmpeg filters, after showinfo, that make frames of `frameBytes`. */
  readonly filters: readonly string[];
  readonly pixelFormat: string;
  readonly frameBytes: number;
  readonly signal: AbortSignal;
  /** Stamps of all decoded frames, in order, also of those a filter drops. */
  readonly onStamp?: (stamp: FrameStamp) => void;
  readonly ahead?: number;
}

export interface FrameStream {
  /** The next frame, or null at the end. The bytes are the caller's until `giveBack`. */
  next(): Promise<Uint8Array | null>;
  /** Lets a buffer be used again. */
  giveBack(frame: Uint8Array): void;
  /** Stops the decoder; safe at any time. */
  close(): void;
  /** Resolves when the decoder ended well. Errors as startFfmpeg. */
  readonly ended: Promise<void>;
}

export function openFrameStream(request: DecodeRequest): FrameStream {
  const running = startFfmpeg(request.tools.ffmpegPath, decodeArgs(request), {
    fileName: request.input.fileName,
    signal: request.signal,
  });
  running.input.end();
  running.onLine((line) => {
    const stamp = readFrameStamp(line);
    if (stamp !== null) request.onStamp?.(stamp);
  });
  return cutIntoFrames(running, request.frameBytes, request.ahead ?? 3);
}

function decodeArgs(request: DecodeRequest): string[] {
  const { seekSeconds, input } = request;
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'repeat+level+info', '-copyts'],
    // The pipeline drops what lies before the wanted frame itself: it knows the exact stamp.
    ...(seekSeconds === null
      ? []
      : ['-noaccurate_seek', '-seek_timestamp', '1', '-ss', seekSeconds.toFixed(6)]),
    ...input.args,
    ...['-map', `0:${request.streamIndex}`, '-an', '-sn', '-dn'],
    ...['-vf', ['showinfo=checksum=0', ...request.filters].join(',')],
    ...['-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', request.pixelFormat, 'pipe:1'],
  ];
}

/** Collects the pipe's pieces into whole frames; pauses it when `ahead` frames wait. An unfinished last one is dropped. */
function cutIntoFrames(running: FfmpegProcess, frameBytes: number, ahead: number): FrameStream {
  const spare: Uint8Array[] = [];
  const ready: Uint8Array[] = [];
  let filling: Uint8Array | null = null;
  let filledBytes = 0;
  let hasEnded = false;
  let isClosed = false;
  let wake: (() => void) | null = null;
  const { output } = running;

  function notify(): void {
    wake?.();
    wake = null;
  }
  output.on('data', (piece: Buffer) => {
    let at = 0;
    while (at < piece.length) {
      filling ??= spare.pop() ?? new Uint8Array(frameBytes);
      const length = Math.min(frameBytes - filledBytes, piece.length - at);
      filling.set(piece.subarray(at, at + length), filledBytes);
      filledBytes += length;
      at += length;
      if (filledBytes < frameBytes) continue;
      ready.push(filling);
      filling = null;
      filledBytes = 0;
      notify();
    }
    // Fifty pieces make a frame, and each has a buffer of its own.
    release(piece);
    if (ready.length >= ahead) output.pause();
  });
  const finish = (): void => {
    hasEnded = true;
    notify();
  };
  output.on('end', finish);
  output.on('close', finish);

  return {
    async next() {
      while (ready.length === 0 && !hasEnded) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const frame = ready.shift();
      if (ready.length < ahead && output.isPaused()) output.resume();
      if (frame !== undefined) return frame;
      if (!isClosed) await running.ended;
      return null;
    },
    giveBack(frame) {
      if (!isClosed && spare.length < ahead + 1) spare.push(frame);
      else release(frame);
    },
    close() {
      isClosed = true;
      running.kill();
      release(...spare.splice(0), ...ready.splice(0));
    },
    ended: running.ended,
  };
}
