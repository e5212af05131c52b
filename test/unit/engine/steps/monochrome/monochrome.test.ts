// Gray, sepia and colour photos told apart, and the exact tint put back.
import { describe, expect, it } from 'vitest';
import type { Raster } from '../../../../../src/engine/pixels/raster.ts';
import { chooseMonochrome } from '../../../../../src/engine/steps/monochrome/choose-monochrome.ts';
import { keepTint, tintOfFace } from '../../../../../src/engine/steps/monochrome/keep-tint.ts';
import { measureTint } from '../../../../../src/engine/steps/monochrome/measure-tint.ts';
import { seededRandom } from '../../../../helpers/seeded-random.ts';

type Colour = readonly [number, number, number];

function draw(
  widthPx: number,
  heightPx: number,
  colourAt: (x: number, y: number) => Colour,
  deep = false,
): Raster {
  const data = deep ? new Uint16Array(widthPx * heightPx * 3) : new Uint8Array(widthPx * heightPx * 3);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      colourAt(x, y).forEach((value, channel) => {
        const clipped = Math.min(255, Math.max(0, Math.round(value)));
        data[(y * widthPx + x) * 3 + channel] = deep ? clipped * 257 : clipped;
      });
    }
  }
  return { widthPx, heightPx, data };
}

const shade = (x: number, y: number): number => 128 + 90 * Math.sin(x / 17) * Math.cos(y / 23);
/** A sepia print of the given luma: warm, warmer in the middle tones. Green balances luma. */
const sepia = (level: number): Colour => {
  const warmth = 26 * Math.sin((Math.PI * level) / 255);
  return [level + warmth, level - warmth * 0.315, level - warmth];
};

describe('measureTint', () => {
  it('calls equal channels gray, in 8 and in 16 bit', () => {
    for (const deep of [false, true]) {
      const photo = draw(300, 200, (x, y) => [shade(x, y), shade(x, y), shade(x, y)], deep);
      expect(measureTint(photo).kind).toBe('gray');
    }
  });

  it('calls a sepia print with grain a tint', () => {
    const random = seededRandom(7);
    const photo = draw(300, 200, (x, y) => sepia(shade(x, y) + 16 * (random() - 0.5)));
    expect(measureTint(photo).kind).toBe('tint');
  });

  it('calls a picture with several colours per luma level colour', () => {
    const photo = draw(300, 200, (x, y) => {
      const level = shade(x, y);
      return x < 150 ? [level + 30, level, level - 40] : [level - 40, level + 10, level + 40];
    });
    expect(measureTint(photo).kind).toBe('colour');
  });

  it('is not fooled by fine colour noise, as scanner moiré makes it', () => {
    const random = seededRandom(8);
    const photo = draw(1200, 900, (x, y) => {
      const level = shade(x, y);
      return [level + 30 * (random() - 0.5), level, level + 30 * (random() - 0.5)];
    });
    expect(measureTint(photo).kind).toBe('gray');
  });
});

describe('chooseMonochrome', () => {
  const colourful = draw(64, 64, (x) => (x < 32 ? [200, 40, 40] : [40, 40, 200]));

  it('follows the person when the person has chosen', () => {
    expect(chooseMonochrome('gray', colourful, [])).toBe('gray');
    expect(chooseMonochrome('tint', colourful, [])).toBe('tint');
  });

  it('measures when it may', () => {
    expect(chooseMonochrome('auto', colourful, [colourful])).toBe('colour');
  });
});

describe('keepTint', () => {
  const face = draw(128, 128, (x, y) => sepia(shade(x, y)));
  /** What a colour network makes of it: other colours, a little more contrast. */
  const restored = draw(128, 128, (x, y) => {
    const level = 128 + (shade(x, y) - 128) * 1.2;
    return [level + 30, level - 12, level + 20];
  });

  it('puts the exact tint back: the colours lie on the print’s own curve', () => {
    const kept = keepTint(restored, face, tintOfFace(face, 'tint'));
    let worst = 0;
    for (let index = 0; index < kept.data.length; index += 3) {
      const [red = 0, green = 0, blue = 0] = kept.data.subarray(index, index + 3);
      const level = 0.29893 * red + 0.58706 * green + 0.11401 * blue;
      const wanted = sepia(level);
      worst = Math.max(worst, Math.abs(red - wanted[0]), Math.abs(blue - wanted[2]));
    }
    expect(worst).toBeLessThan(6);
  });

  it('keeps gray exactly gray', () => {
    const kept = keepTint(restored, face, tintOfFace(face, 'gray'));
    for (let index = 0; index < kept.data.length; index += 3) {
      expect(kept.data[index]).toBe(kept.data[index + 1]);
      expect(kept.data[index]).toBe(kept.data[index + 2]);
    }
  });

  it('clips instead of wrapping when the match pushes white over the top', () => {
    const bright = draw(128, 128, (x, y) => {
      const level = (x + y) % 2 === 0 ? 255 : 225;
      return [level, level, level];
    });
    const flat = draw(128, 128, (x, y) => {
      const level = (x * 31 + y * 17) % 23 === 0 ? 140 : 120;
      return [level, level, level];
    });
    const kept = keepTint(flat, bright, tintOfFace(bright, 'gray'));
    expect(Math.max(...kept.data)).toBe(255);
    expect(Math.min(...kept.data)).toBeGreaterThan(100);
  });
});
