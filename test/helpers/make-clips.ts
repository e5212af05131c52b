// Small films for tests, made by the real ffmpeg: a face of the sample page that stands, travels, grows or hides.
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import sharp from 'sharp';

export const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

const samplePage = join(import.meta.dirname, '../../resources/samples/album-page.jpg');

export function ffmpeg(...args: string[]): void {
  execFileSync('ffmpeg', ['-hide_banner', '-v', 'error', '-y', ...args]);
}

const restorerSheet = join(import.meta.dirname, '../../models/bundled/lite-face/sheet.jpg');

/** A head of about 110 px by 130 px on a print of `widthPx`. */
export async function cutFace(path: string, widthPx = 210): Promise<void> {
  await sharp(samplePage)
    .extract({ left: 50, top: 620, width: 420, height: 480 })
    .resize({ width: widthPx })
    .png()
    .toFile(path);
}

/** Somebody else: an undamaged face from the sheet of the built-in restorer, whose cells are 256 px below a line of words. */
export async function cutOtherFace(path: string, widthPx = 210): Promise<void> {
  await sharp(restorerSheet)
    .extract({ left: 5 * 256, top: 36, width: 256, height: 256 })
    .resize({ width: widthPx })
    .png()
    .toFile(path);
}

/** A wall with a pattern that no detector takes for a face and that tells scenes apart. */
export const wall = (widthPx: number, heightPx: number, rate: number | string, seconds: number): string =>
  `gradients=size=${widthPx}x${heightPx}:rate=${rate}:duration=${seconds}:c0=0x203040:c1=0xa09070:x0=0:y0=0:x1=${widthPx}:y1=${heightPx}:seed=7:speed=0.00001`;

export interface FaceClip {
  readonly facePath: string;
  readonly path: string;
  readonly widthPx?: number;
  readonly heightPx?: number;
  readonly rate?: number | string;
  readonly seconds: number;
  /** ffmpeg expressions of t, in pixels of the frame. */
  readonly x?: string;
  readonly y?: string;
  /** ffmpeg expression: when the face is to be seen. */
  readonly seenWhen?: string;
  /** Strength of grain that changes with each frame. */
  readonly noise?: number;
  /** More filters behind everything. */
  readonly filters?: string;
  readonly hasSound?: boolean;
  readonly output?: readonly string[];
}

export function makeFaceClip(clip: FaceClip): void {
  const { widthPx = 320, heightPx = 256, rate = 25, seconds, x = '60', y = '4', noise = 0 } = clip;
  const seen = clip.seenWhen === undefined ? '' : `:enable='${clip.seenWhen}'`;
  const grain = noise === 0 ? '' : `,noise=all_seed=5:alls=${noise}:allf=t`;
  const more = clip.filters === undefined ? '' : `,${clip.filters}`;
  ffmpeg(
    ...['-f', 'lavfi', '-i', wall(widthPx, heightPx, rate, seconds)],
    ...['-i', clip.facePath],
    ...['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=48000:duration=${seconds}`],
    ...['-filter_complex', `[0:v][1:v]overlay=x='${x}':y='${y}'${seen},format=yuv420p${grain}${more}[v]`],
    ...['-map', '[v]', ...(clip.hasSound === false ? [] : ['-map', '2:a', '-c:a', 'aac'])],
    ...(clip.output ?? ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '12', '-g', '10']),
    clip.path,
  );
}

export interface ProbedStream {
  readonly codec_type: string;
  readonly codec_name: string;
  readonly start_time?: string;
  readonly duration?: string;
  readonly width?: number;
  readonly height?: number;
  readonly pix_fmt?: string;
  readonly color_range?: string;
  readonly color_space?: string;
  readonly color_transfer?: string;
  readonly sample_aspect_ratio?: string;
  readonly side_data_list?: readonly { readonly rotation?: number }[];
}

export function streamsOf(path: string): ProbedStream[] {
  const text = execFileSync('ffprobe', ['-v', 'error', '-show_streams', '-of', 'json', path], {
    encoding: 'utf8',
  });
  return (JSON.parse(text) as { streams: ProbedStream[] }).streams;
}

/** Presentation times of all frames, in seconds. */
export function frameTimes(path: string): number[] {
  const args = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'frame=best_effort_timestamp_time'];
  const text = execFileSync('ffprobe', [...args, '-of', 'csv=p=0', path], { encoding: 'utf8' });
  return text
    .split('\n')
    .map((line) => Number.parseFloat(line))
    .filter(Number.isFinite);
}

/** All frames as gray pictures, one after the other. */
export function grayFrames(path: string, filters = 'null'): Buffer {
  return execFileSync(
    'ffmpeg',
    [
      '-v',
      'error',
      '-i',
      path,
      '-vf',
      filters,
      '-fps_mode',
      'passthrough',
      '-f',
      'rawvideo',
      '-pix_fmt',
      'gray',
      '-',
    ],
    { maxBuffer: 1 << 28 },
  );
}

/** Of the samples of two films of the same frames, in levels of 255. */
export function meanDifference(a: Buffer, b: Buffer): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} samples against ${b.length}`);
  return a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0) / a.length;
}
