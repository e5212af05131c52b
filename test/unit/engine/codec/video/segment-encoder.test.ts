// Every codec that software encodes, through the real ffmpeg: the file is whole and each frame has its own time.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClipCodec } from '#shared/domain/clip.ts';
import { chooseEncoder } from '../../../../../src/engine/codec/video/choose-encoder.ts';
import { encoderArguments, segmentMuxer } from '../../../../../src/engine/codec/video/encode-arguments.ts';
import { findFfmpeg } from '../../../../../src/engine/codec/video/find-ffmpeg.ts';
import {
  type FrameFormat,
  ffmpegPixelFormat,
  frameByteLength,
} from '../../../../../src/engine/codec/video/pixel-format.ts';
import { openSegmentEncoder } from '../../../../../src/engine/codec/video/segment-encoder.ts';
import { frameTimes, hasFfmpeg, streamsOf } from '../../../../helpers/make-clips.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heirloom-segment-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const timeBase = { numerator: 1, denominator: 90_000 };
/** No two gaps alike, and a first one that is not 0. */
const stamps = [7200, 10_800, 14_500, 20_000, 23_600, 23_700, 90_000, 93_600];
const cases: readonly (readonly [ClipCodec, string, Pick<FrameFormat, 'layout' | 'bits'>])[] = [
  ['h264', 'h264', { layout: '420', bits: 8 }],
  ['h265', 'hevc', { layout: '420', bits: 10 }],
  ['av1', 'av1', { layout: '420', bits: 8 }],
  ['prores', 'prores', { layout: '422', bits: 10 }],
  ['png', 'png', { layout: 'rgb', bits: 8 }],
];

describe.skipIf(!hasFfmpeg)('a segment (needs ffmpeg)', () => {
  it.each(cases)('of %s holds all frames at their times', async (codec, name, depth) => {
    const tools = findFfmpeg({ setting: null, environment: process.env });
    const encoding = { container: 'mkv', codec, quality: 'draft', encoder: 'software' } as const;
    const encoder = await chooseEncoder(tools, encoding, 'test', new AbortController().signal);
    const format: FrameFormat = {
      ...depth,
      widthPx: 96,
      heightPx: 64,
      isFullRange: false,
      matrix: 'bt709',
    };
    const path = join(folder, `${codec}.segment`);
    const segment = openSegmentEncoder({
      tools,
      format,
      stamps,
      timeBase,
      filters: [`format=${ffmpegPixelFormat(depth)}`],
      encoderArguments: encoderArguments(encoder.name, encoding, 16, 2),
      muxer: segmentMuxer(codec),
      path,
      fileName: 'test',
      signal: new AbortController().signal,
    });
    for (const [index] of stamps.entries()) {
      await segment.write(new Uint8Array(frameByteLength(format)).fill(index * 3));
    }
    expect(existsSync(path)).toBe(false);
    await segment.finish();
    expect(streamsOf(path)[0]).toMatchObject({ codec_name: name, width: 96, height: 64 });
    const seconds = stamps.map((stamp) => (stamp - 7200) / 90_000);
    const times = frameTimes(path);
    expect(times).toHaveLength(seconds.length);
    for (const [index, wanted] of seconds.entries()) expect(times[index]).toBeCloseTo(wanted, 4);
    expect(readdirSync(folder).filter((file) => file.includes('.part'))).toEqual([]);
  });

  it('that is abandoned leaves nothing', async () => {
    const tools = findFfmpeg({ setting: null, environment: process.env });
    const path = join(folder, 'abandoned.segment');
    const format: FrameFormat = {
      layout: '420',
      bits: 8,
      widthPx: 96,
      heightPx: 64,
      isFullRange: false,
      matrix: 'bt709',
    };
    const segment = openSegmentEncoder({
      tools,
      format,
      stamps,
      timeBase,
      filters: ['null'],
      encoderArguments: ['-c:v', 'libx264'],
      muxer: 'mov',
      path,
      fileName: 'test',
      signal: new AbortController().signal,
    });
    await segment.write(new Uint8Array(frameByteLength(format)));
    await segment.abandon();
    expect(readdirSync(folder).filter((file) => file.startsWith('abandoned'))).toEqual([]);
  });
});
