// Joins finished segments by copy, adds sound, subtitles and chapters of the source, and puts the file in place.
// Runs in the engine process.
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ClipContainer, ClipNotice, ClipRange, Rational } from '#shared/domain/clip.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { writeAtomically, writePieces } from '../write-atomically.ts';
import { type ClipInput, quoted } from './clip-input.ts';
import type { FfmpegTools } from './find-ffmpeg.ts';
import type { StreamPlan } from './plan-streams.ts';
import { runFfmpeg } from './run-ffmpeg.ts';

export interface JoinRequest {
  readonly tools: FfmpegTools;
  readonly input: ClipInput;
  readonly segments: readonly { readonly path: string; readonly firstStamp: number }[];
  /** First stamp behind the last segment. */
  readonly endStamp: number;
  readonly timeBase: Rational;
  /** Timestamp at which the source file begins. */
  readonly startSeconds: number;
  readonly range: ClipRange;
  readonly streams: StreamPlan;
  readonly container: ClipContainer;
  /** hvc1 is what Apple's players want of HEVC in MP4. */
  readonly isHevc: boolean;
  readonly listPath: string;
  readonly target: { readonly path: string; readonly overwrite: boolean };
  readonly signal: AbortSignal;
}

/**
 * Answers what had to be left out after all. Errors: output.exists, output.disk-full, output.not-writable,
 * video.ffmpeg-failed; JobCancelled.
 */
export async function joinSegments(request: JoinRequest): Promise<readonly ClipNotice[]> {
  await writeList(request);
  if (request.container === 'image-sequence') {
    await writePictures(request);
    return [];
  }
  const { streams } = request;
  try {
    await writeFile(request, streams);
    return [];
  } catch (error) {
    const hasOthers = streams.audio.length > 0 || streams.subtitles.length > 0 || streams.keepsChapters;
    const isOurs = error instanceof HeirloomError && error.code === 'video.ffmpeg-failed';
    if (!isOurs || !hasOthers || request.signal.aborted) throw error;
    // Sound that cannot be read in the middle must not cost the pictures: they are written alone, and it is said.
    await writeFile(request, { audio: [], subtitles: [], keepsChapters: false, notices: [] });
    return [{ code: 'lost.audio-unreadable', params: {} }];
  }
}

/** Durations are differences of rounded sums: rounding each by itself would drift away over many segments. */
async function writeList({ segments, endStamp, timeBase, listPath }: JoinRequest): Promise<void> {
  const first = segments[0]?.firstStamp ?? 0;
  const microseconds = (stamp: number): number =>
    Math.round(((stamp - first) * timeBase.numerator * 1e6) / timeBase.denominator);
  const lines = segments.flatMap(({ path, firstStamp }, index) => {
    const next = segments[index + 1]?.firstStamp ?? endStamp;
    const length = microseconds(next) - microseconds(firstStamp);
    return [`file ${quoted(`file:${path}`)}`, `duration ${(length / 1e6).toFixed(6)}`];
  });
  const text = `ffconcat version 1.0\n${lines.join('\n')}\n`;
  await writeAtomically(listPath, (temporary) => writePieces(temporary, [Buffer.from(text)]), {
    overwrite: true,
  });
}

async function writeFile(request: JoinRequest, streams: StreamPlan): Promise<void> {
  const { target, tools, input, signal } = request;
  await writeAtomically(
    target.path,
    async (temporaryPath) => {
      const args = request.container === 'gif' ? gifArgs(request) : copyArgs(request, streams);
      await runFfmpeg(tools.ffmpegPath, [...args, `file:${temporaryPath}`], {
        fileName: input.fileName,
        outputPath: target.path,
        signal,
      });
    },
    { overwrite: target.overwrite },
  );
}

const muxers: Record<ClipContainer, string> = {
  mp4: 'mp4',
  mov: 'mov',
  mkv: 'matroska',
  webm: 'webm',
  gif: 'gif',
  'image-sequence': 'image2',
};

const quiet = ['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'error', '-y'];

function copyArgs(request: JoinRequest, streams: StreamPlan): string[] {
  const { range, input, timeBase, container } = request;
  const from = range.fromSeconds;
  const firstSeconds = ((request.segments[0]?.firstStamp ?? 0) * timeBase.numerator) / timeBase.denominator;
  // The pictures begin where they do in the source, relative to the sound.
  const offset = Math.max(0, firstSeconds - request.startSeconds - (from ?? 0));
  return [
    ...quiet,
    ...['-itsoffset', offset.toFixed(6), '-f', 'concat', '-safe', '0', '-i', `file:${request.listPath}`],
    ...(from === null ? [] : ['-ss', from.toFixed(6)]),
    ...(range.toSeconds === null ? [] : ['-to', range.toSeconds.toFixed(6)]),
    ...input.args,
    ...['-map', '0:v:0', '-c:v', 'copy'],
    ...streams.audio.flatMap(({ streamIndex, codec }, index) => [
      ...['-map', `1:${streamIndex}`, `-c:a:${index}`, codec],
      ...(codec === 'aac' ? [`-b:a:${index}`, '192k'] : []),
    ]),
    ...streams.subtitles.flatMap(({ streamIndex, codec }, index) => [
      ...['-map', `1:${streamIndex}`, `-c:s:${index}`, codec],
    ]),
    ...['-map_metadata', '1', '-map_chapters', streams.keepsChapters ? '1' : '-1'],
    ...(container === 'mp4' || container === 'mov'
      ? ['-video_track_timescale', String(timeBase.denominator), '-movflags', '+faststart']
      : []),
    ...(request.isHevc && (container === 'mp4' || container === 'mov') ? ['-tag:v', 'hvc1'] : []),
    ...['-fflags', '+bitexact', '-f', muxers[container]],
  ];
}

/** One palette for the whole clip: a palette for each frame would shimmer. */
function gifArgs({ listPath }: JoinRequest): string[] {
  const filter = 'split[a][b];[a]palettegen=stats_mode=full[p];[b][p]paletteuse=dither=bayer:bayer_scale=4';
  return [
    ...quiet,
    ...['-f', 'concat', '-safe', '0', '-i', `file:${listPath}`],
    ...['-vf', filter, '-fps_mode', 'passthrough', '-fflags', '+bitexact', '-f', 'gif'],
  ];
}

/** The folder appears whole: pictures are written beside it first. */
async function writePictures(request: JoinRequest): Promise<void> {
  const { path, overwrite } = request.target;
  const taken = await readdir(path).catch(() => null);
  if (taken !== null && taken.length > 0 && !overwrite) throw new HeirloomError('output.exists', { path });
  const temporary = `${path}.heirloom-part`;
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  await mkdir(dirname(path), { recursive: true });
  const args = [...quiet, '-f', 'concat', '-safe', '0', '-i', `file:${request.listPath}`];
  const pattern = `file:${join(temporary, '%06d.png')}`;
  await runFfmpeg(
    request.tools.ffmpegPath,
    [...args, '-c', 'copy', '-f', 'image2', '-start_number', '1', pattern],
    { fileName: request.input.fileName, outputPath: path, signal: request.signal },
  );
  if (taken !== null) await rm(path, { recursive: true, force: true });
  await rename(temporary, path);
}
