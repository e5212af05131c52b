import { describe, expect, it } from 'vitest';
import { readRegion, regionOnGrid, writeRegion } from '../../../../../src/engine/codec/video/frame-region.ts';
import {
  type FrameFormat,
  frameByteLength,
  pixelFormatFacts,
} from '../../../../../src/engine/codec/video/pixel-format.ts';
import { timestampExpression } from '../../../../../src/engine/codec/video/timestamp-expression.ts';
import { seededRandom } from '../../../../helpers/seeded-random.ts';

const base = { widthPx: 32, heightPx: 24, isFullRange: false, matrix: 'bt709' } as const;
const formats: readonly FrameFormat[] = [
  { ...base, layout: '420', bits: 8 },
  { ...base, layout: '422', bits: 10, matrix: 'bt2020' },
  { ...base, layout: '444', bits: 8, isFullRange: true, matrix: 'bt601' },
  { ...base, layout: 'rgb', bits: 8 },
];

function randomFrame(format: FrameFormat): Uint8Array {
  const random = seededRandom(5);
  const bytes = new Uint8Array(frameByteLength(format));
  if (format.bits === 8) return bytes.map(() => Math.floor(random() * 256));
  const samples = new Uint16Array(bytes.buffer);
  samples.forEach((_, index) => {
    samples[index] = Math.floor(random() * 1024);
  });
  return bytes;
}

describe('a rectangle of a raw frame', () => {
  it.each(formats)('comes back to the bit where nothing changed: $layout, $bits bits', (format) => {
    const frame = randomFrame(format);
    const before = frame.slice();
    const region = regionOnGrid({ left: 5, top: 3, widthPx: 14, heightPx: 11 }, format);
    const picture = readRegion(frame, format, region);
    writeRegion(frame, format, region, picture, { ...picture, data: picture.data.slice() });
    expect(frame).toEqual(before);
  });

  it('takes white, black and a colour as video means them', () => {
    const format = formats[0] as FrameFormat;
    const frame = new Uint8Array(frameByteLength(format)).fill(128);
    frame.fill(235, 0, 32 * 12).fill(16, 32 * 12, 32 * 24);
    const picture = readRegion(frame, format, { left: 0, top: 0, widthPx: 32, heightPx: 24 });
    expect([...picture.data.slice(0, 3)]).toEqual([255, 255, 255]);
    expect([...picture.data.slice(-3)]).toEqual([0, 0, 0]);
    const red = { ...picture, data: picture.data.map((value, index) => (index % 3 === 0 ? 255 : value)) };
    writeRegion(frame, format, { left: 0, top: 0, widthPx: 32, heightPx: 24 }, picture, red);
    // Black with full red: luma 16 + 219 * 0.2126, red difference at its largest.
    expect(frame[32 * 20]).toBe(63);
    expect(frame[32 * 24 + 16 * 12 + 16 * 10]).toBe(240);
  });

  it('keeps to the grid of the colour planes and inside the frame', () => {
    const format = formats[0] as FrameFormat;
    expect(regionOnGrid({ left: -5, top: 3, widthPx: 100, heightPx: 4 }, format)).toEqual({
      left: 0,
      top: 2,
      widthPx: 32,
      heightPx: 6,
    });
  });
});

describe('names of pixel formats', () => {
  it.each([
    ['yuv420p', 8, '420', false],
    ['yuv422p10le', 10, '422', false],
    ['yuva444p12le', 12, '444', true],
    ['p010le', 10, '420', false],
    ['gray16le', 16, 'none', false],
    ['rgba', 8, 'none', true],
    ['rgb48le', 16, 'none', false],
  ])('%s', (name, bits, chroma, hasAlpha) => {
    expect(pixelFormatFacts(name)).toMatchObject({ bits, chroma, hasAlpha });
  });
});

describe('timestampExpression', () => {
  /** As ffmpeg would compute it. */
  const evaluate = (expression: string, index: number): number =>
    Number(
      new Function('N', 'lt', 'iff', `return ${expression.replaceAll('if(', 'iff(')}`)(
        index,
        (a: number, b: number) => (a < b ? 1 : 0),
        (test: number, yes: number, no: number) => (test ? yes : no),
      ),
    );

  it('gives each stamp back, even or not', () => {
    const random = seededRandom(9);
    const stamps = [0];
    for (let index = 1; index < 200; index++) {
      stamps.push((stamps[index - 1] ?? 0) + (random() < 0.7 ? 512 : 1 + Math.floor(random() * 2000)));
    }
    const expression = timestampExpression(stamps);
    for (const [index, stamp] of stamps.entries()) expect(evaluate(expression, index)).toBe(stamp);
  });
});
