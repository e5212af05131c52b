// What a clip is, by ffprobe: streams, exact rates, turn, pixel shape, interlacing, depth, colour. Runs in the engine process.
import { open } from 'node:fs/promises';
import { z } from 'zod';
import type { ClipAudio, ClipFacts, ClipSubtitle, ClipVideo, Rational } from '#shared/domain/clip.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { ClipInput } from './clip-input.ts';
import type { FfmpegTools } from './find-ffmpeg.ts';
import { pixelFormatFacts } from './pixel-format.ts';
import { runFfmpeg } from './run-ffmpeg.ts';

const streamSchema = z.object({
  index: z.int(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  pix_fmt: z.string().optional(),
  sample_aspect_ratio: z.string().optional(),
  r_frame_rate: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  time_base: z.string().optional(),
  nb_frames: z.string().optional(),
  duration: z.string().optional(),
  field_order: z.string().optional(),
  color_range: z.string().optional(),
  color_space: z.string().optional(),
  color_transfer: z.string().optional(),
  color_primaries: z.string().optional(),
  channels: z.int().optional(),
  sample_rate: z.string().optional(),
  tags: z.record(z.string(), z.string()).optional(),
  disposition: z.object({ attached_pic: z.int().optional() }).optional(),
  side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
});
type Stream = z.infer<typeof streamSchema>;

const answerSchema = z.object({
  streams: z.array(streamSchema).default([]),
  chapters: z.array(z.unknown()).default([]),
  format: z.object({
    format_name: z.string(),
    start_time: z.string().optional(),
    duration: z.string().optional(),
  }),
});

const pictureFormats = /(^|,)(image2|png_pipe|jpeg_pipe|webp_pipe|tiff_pipe|bmp_pipe|\w+_pipe)(,|$)/;
const animationFormats = new Set(['gif', 'apng']);

/**
 * Errors: video.not-a-video, video.is-a-picture, video.no-picture-stream, file.damaged (a film whose index is missing),
 * video.ffmpeg-missing; JobCancelled.
 */
export async function probeClip(
  input: ClipInput,
  tools: FfmpegTools,
  signal?: AbortSignal,
): Promise<ClipFacts> {
  const { fileName } = input;
  const answer = await askFfprobe(input, tools, signal);
  const isSequence = input.kind === 'image-sequence';
  if (!isSequence && pictureFormats.test(answer.format.format_name)) {
    throw new HeirloomError('video.is-a-picture', { fileName });
  }
  const stream = answer.streams.find(
    ({ codec_type, disposition }) => codec_type === 'video' && disposition?.attached_pic !== 1,
  );
  if (stream === undefined) {
    const streams = [...new Set(answer.streams.map(({ codec_type }) => codec_type ?? 'data'))].join(', ');
    if (streams === '') throw new HeirloomError('video.not-a-video', { fileName });
    throw new HeirloomError('video.no-picture-stream', { fileName, streams });
  }
  if (stream.width === undefined || stream.height === undefined || stream.width * stream.height === 0) {
    throw new HeirloomError('video.no-frames', { fileName });
  }
  const durationSeconds = secondsOf(answer.format.duration);
  const facts: ClipFacts = {
    fileName,
    kind: isSequence
      ? 'image-sequence'
      : animationFormats.has(answer.format.format_name)
        ? 'animation'
        : 'video',
    container: answer.format.format_name,
    durationSeconds,
    startSeconds: secondsOf(answer.format.start_time) ?? 0,
    byteSize: input.byteSize,
    video: videoFacts(stream, stream.width, stream.height),
    audio: answer.streams.filter(({ codec_type }) => codec_type === 'audio').map(audioFacts),
    subtitles: answer.streams.filter(({ codec_type }) => codec_type === 'subtitle').map(subtitleFacts),
    chapterCount: answer.chapters.length,
  };
  const [isVariableFrameRate, audio] = await Promise.all([
    variesInRate(input, facts, tools, signal),
    Promise.all(facts.audio.map((one) => withReadability(one, input, tools, signal))),
  ]);
  return { ...facts, video: { ...facts.video, isVariableFrameRate }, audio };
}

async function askFfprobe(input: ClipInput, tools: FfmpegTools, signal: AbortSignal | undefined) {
  const { fileName } = input;
  const args = [
    '-v',
    'error',
    '-show_format',
    '-show_streams',
    '-show_chapters',
    '-of',
    'json',
    ...input.args,
  ];
  let text: string;
  try {
    text = await runFfmpeg(tools.ffprobePath, args, { fileName, signal });
  } catch (error) {
    if (!(error instanceof HeirloomError) || error.code !== 'video.ffmpeg-failed') throw error;
    const words = String(error.cause);
    // The container is known but its index is not there: a film that was cut off, not something else.
    const isCutOff =
      /error reading header|could not find codec parameters/i.test(words) ||
      (/moov atom not found/i.test(words) && (await beginsAsMovie(input.path)));
    throw new HeirloomError(isCutOff ? 'file.damaged' : 'video.not-a-video', { fileName }, { cause: words });
  }
  const parsed = answerSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new HeirloomError('video.not-a-video', { fileName }, { cause: parsed.error });
  return parsed.data;
}

/** ffmpeg goes by the ending here; a letter named .mp4 has no index either. */
async function beginsAsMovie(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return /^(ftyp|mdat|wide|free|skip|pnot)$/.test(buffer.toString('latin1', 4, 8));
  } finally {
    await file.close();
  }
}

function videoFacts(stream: Stream, storedWidth: number, storedHeight: number): ClipVideo {
  const rotationDegrees = rotationOf(stream);
  const isTurned = rotationDegrees % 180 === 90;
  const aspect = rationalOf(stream.sample_aspect_ratio?.replace(':', '/')) ?? {
    numerator: 1,
    denominator: 1,
  };
  const pixelFormat = stream.pix_fmt ?? 'unknown';
  const { bits, hasAlpha } = pixelFormatFacts(pixelFormat);
  const transfer = known(stream.color_transfer);
  return {
    streamIndex: stream.index,
    codec: stream.codec_name ?? 'unknown',
    widthPx: isTurned ? storedHeight : storedWidth,
    heightPx: isTurned ? storedWidth : storedHeight,
    rotationDegrees,
    pixelAspect: isTurned ? { numerator: aspect.denominator, denominator: aspect.numerator } : aspect,
    frameRate: rationalOf(stream.avg_frame_rate) ?? rationalOf(stream.r_frame_rate),
    isVariableFrameRate: false,
    timeBase: rationalOf(stream.time_base) ?? { numerator: 1, denominator: 90000 },
    durationSeconds: secondsOf(stream.duration),
    frameCount: stream.nb_frames === undefined ? null : Number(stream.nb_frames) || null,
    pixelFormat,
    bitDepth: bits,
    interlacing: interlacingOf(stream.field_order),
    colour: {
      primaries: known(stream.color_primaries),
      transfer,
      matrix: known(stream.color_space),
      range: rangeOf(stream.color_range, pixelFormat),
    },
    hdr: transfer === 'smpte2084' ? 'pq' : transfer === 'arib-std-b67' ? 'hlg' : 'none',
    hasAlpha,
  };
}

/** ffprobe counts anticlockwise, as the display matrix does. */
function rotationOf(stream: Stream): number {
  const anticlockwise = stream.side_data_list?.find(({ rotation }) => rotation !== undefined)?.rotation ?? 0;
  return ((((-Math.round(anticlockwise / 90) * 90) % 360) + 360) % 360) + 0;
}

function interlacingOf(order: string | undefined): ClipVideo['interlacing'] {
  if (order === undefined || order === 'unknown') return 'unknown';
  if (order === 'progressive') return 'progressive';
  return order === 'tt' || order === 'tb' ? 'top-first' : 'bottom-first';
}

function rangeOf(range: string | undefined, pixelFormat: string): 'tv' | 'pc' | null {
  if (range === 'tv' || range === 'pc') return range;
  return pixelFormat.startsWith('yuvj') ? 'pc' : null;
}

function audioFacts(stream: Stream): ClipAudio {
  return {
    streamIndex: stream.index,
    codec: stream.codec_name ?? 'unknown',
    channels: stream.channels ?? 0,
    sampleRateHz: Number(stream.sample_rate ?? 0) || 0,
    language: known(stream.tags?.['language']),
    isReadable: true,
  };
}

const pictureSubtitles = new Set(['dvd_subtitle', 'hdmv_pgs_subtitle', 'dvb_subtitle', 'xsub']);

function subtitleFacts(stream: Stream): ClipSubtitle {
  const codec = stream.codec_name ?? 'unknown';
  return {
    streamIndex: stream.index,
    codec,
    kind: pictureSubtitles.has(codec) ? 'picture' : 'text',
    language: known(stream.tags?.['language']),
  };
}

function known(text: string | undefined): string | null {
  return text === undefined || text === 'unknown' || text === 'und' || text === 'reserved' ? null : text;
}

function secondsOf(text: string | undefined): number | null {
  const seconds = Number(text);
  return text === undefined || !Number.isFinite(seconds) ? null : seconds;
}

/** "30000/1001" as it is; null for "0/0" and the like. */
function rationalOf(text: string | undefined): Rational | null {
  const [numerator = 0, denominator = 0] = (text ?? '').split('/').map(Number);
  return numerator > 0 && denominator > 0 ? { numerator, denominator } : null;
}

/** Ten seconds tell a varying rate in practice; the timestamps themselves are kept whatever this says. */
const sampledSeconds = 10;

async function variesInRate(
  input: ClipInput,
  { video, fileName }: ClipFacts,
  tools: FfmpegTools,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const args = ['-v', 'error', '-select_streams', String(video.streamIndex)];
  args.push('-read_intervals', `%+${sampledSeconds}`, '-show_entries', 'packet=pts', '-of', 'csv=p=0');
  const text = await runFfmpeg(tools.ffprobePath, [...args, ...input.args], { fileName, signal });
  const stamps = text
    .split('\n')
    .map((line) => Number.parseInt(line, 10))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const gaps = stamps.slice(1).map((stamp, index) => stamp - (stamps[index] ?? 0));
  // Containers that count in milliseconds round: gaps one tick apart are the same rate.
  return gaps.length > 1 && Math.max(...gaps) - Math.min(...gaps) > 1.5;
}

/** Decodes the beginning: a stream that gives nothing in its first seconds cannot be heard either. */
async function withReadability(
  audio: ClipAudio,
  input: ClipInput,
  tools: FfmpegTools,
  signal: AbortSignal | undefined,
): Promise<ClipAudio> {
  const args = ['-v', 'error', '-nostdin', '-t', '5', ...input.args, '-map', `0:${audio.streamIndex}`];
  args.push('-vn', '-sn', '-t', '5', '-f', 's16le', '-ac', '1', '-ar', '8000', 'pipe:1');
  try {
    const samples = await runFfmpeg(tools.ffmpegPath, args, { fileName: input.fileName, signal });
    return { ...audio, isReadable: samples.length > 0 };
  } catch (error) {
    if (error instanceof HeirloomError && error.code === 'video.ffmpeg-failed') {
      return { ...audio, isReadable: false };
    }
    throw error;
  }
}
