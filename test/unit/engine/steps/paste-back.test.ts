import { describe, expect, it } from 'vitest';
import { JobCancelled } from '#shared/errors/heirloom-error.ts';
import type { Raster } from '../../../../src/engine/pixels/raster.ts';
import { resizeRaster } from '../../../../src/engine/pixels/resize.ts';
import { alignFace } from '../../../../src/engine/steps/align-face.ts';
import { type FacePaste, pasteBack } from '../../../../src/engine/steps/paste-back.ts';
import {
  insideFace,
  landmarksAt,
  noise,
  paint,
  planeOf,
  psnr,
  samplesAt,
  waves,
} from '../../../helpers/test-pictures.ts';

const signal = new AbortController().signal;
const copyOf = (raster: Raster): Raster => ({ ...raster, data: raster.data.slice() });
const enlarged = (photo: Raster, scale: number): Raster =>
  resizeRaster(photo, photo.widthPx * scale, photo.heightPx * scale, 'bicubic');
function plain(colour: readonly [number, number, number], sizePx = 512, bits: 8 | 16 = 8): Raster {
  return paint(sizePx, sizePx, () => colour, bits);
}

function cut(photo: Raster, landmarks = landmarksAt(200, 190, 260, 11), sizePx = 512): FacePaste {
  const { face, photoToFace } = alignFace(photo, landmarks, sizePx);
  return { face, photoToFace, alignedSizePx: sizePx, mask: null, strength: 1 };
}

describe('pasteBack', () => {
  it.each([
    { scale: 1, degrees: 0, sizePx: 512 },
    { scale: 1, degrees: 23, sizePx: 512 },
    { scale: 2, degrees: -14, sizePx: 512 },
    { scale: 2, degrees: 5, sizePx: 256 },
    { scale: 4, degrees: 90, sizePx: 512 },
  ])(
    'puts an unchanged crop back where it was (scale $scale, $degrees°, $sizePx px)',
    ({ scale, degrees, sizePx }) => {
      const photo = waves(400, 380);
      const canvas = enlarged(photo, scale);
      const before = copyOf(canvas);
      pasteBack(canvas, [cut(photo, landmarksAt(200, 190, 250, degrees), sizePx)], { scale, signal });
      expect(psnr(canvas, before)).toBeGreaterThan(45);
    },
  );

  it('would notice a shift of half a pixel', () => {
    const photo = waves(400, 380);
    const canvas = enlarged(photo, 2);
    const before = copyOf(canvas);
    const paste = cut(photo);
    const [a, b, tx, c, d, ty] = paste.photoToFace;
    const shifted = { ...paste, photoToFace: [a, b, tx + a / 4, c, d, ty + d / 4] as const };
    pasteBack(canvas, [shifted], { scale: 2, signal });
    expect(psnr(canvas, before)).toBeLessThan(43.5);
  });

  it('puts a face of another size than the crop in the same place', () => {
    const photo = waves(400, 380);
    const canvas = enlarged(photo, 2);
    const before = copyOf(canvas);
    const paste = cut(photo);
    pasteBack(canvas, [{ ...paste, face: resizeRaster(paste.face, 1024, 1024, 'bicubic') }], {
      scale: 2,
      signal,
    });
    expect(psnr(canvas, before)).toBeGreaterThan(45);
  });

  it('changes nothing outside the face, not by one bit', () => {
    const photo = noise(400, 380, 5);
    const canvas = enlarged(photo, 2);
    const before = copyOf(canvas);
    const paste = { ...cut(photo), face: plain([1, 0, 0]) };
    pasteBack(canvas, [paste], { scale: 2, signal });
    const inside = insideFace(paste.photoToFace, 512, 0);
    let outsideChanged = 0;
    let insideChanged = 0;
    for (let y = 0; y < canvas.heightPx; y++) {
      for (let x = 0; x < canvas.widthPx; x++) {
        const same = samplesAt(canvas, x, y).join() === samplesAt(before, x, y).join();
        if (same) continue;
        if (inside((x - 0.5) / 2, (y - 0.5) / 2)) insideChanged++;
        else outsideChanged++;
      }
    }
    expect(outsideChanged).toBe(0);
    expect(insideChanged).toBeGreaterThan(100_000);
  });

  it('fades in from the edge of the crop without a step', () => {
    const canvas = plain([0, 0, 0], 900);
    const paste = { ...cut(plain([0, 0, 0], 900), landmarksAt(450, 450, 600)), face: plain([1, 1, 1]) };
    pasteBack(canvas, [paste], { scale: 1, signal });
    let largestStep = 0;
    for (let x = 1; x < 900; x++) {
      const step = Math.abs((samplesAt(canvas, x, 450)[0] ?? 0) - (samplesAt(canvas, x - 1, 450)[0] ?? 0));
      largestStep = Math.max(largestStep, step);
    }
    expect(largestStep).toBeLessThan(20);
    expect(samplesAt(canvas, 450, 450)).toEqual([255, 255, 255]);
    expect(samplesAt(canvas, 152, 450)).toEqual([0, 0, 0]);
  });

  it('does not paste the fill of a crop that reaches beyond the photo', () => {
    // The photo is pure blue: any gray that gets in shows in red.
    const photo = paint(300, 300, () => [0, 0, 1]);
    for (const landmarks of [
      landmarksAt(10, 150, 260),
      landmarksAt(290, 280, 260, 20),
      landmarksAt(150, 5, 260, -35),
    ]) {
      const canvas = enlarged(photo, 2);
      pasteBack(canvas, [cut(photo, landmarks)], { scale: 2, signal });
      const reds = [...canvas.data].filter((_, i) => i % 3 === 0);
      expect(reds.reduce((most, value) => Math.max(most, value), 0)).toBeLessThanOrEqual(8);
    }
  });

  it('pastes only under the parsing mask, never beyond the square', () => {
    const canvas = plain([0, 0, 0], 600);
    const mask = planeOf(512, 512, (x) => (x < 256 ? 1 : 0));
    const paste = { ...cut(canvas, landmarksAt(300, 300, 500)), face: plain([1, 1, 1]), mask };
    pasteBack(canvas, [paste], { scale: 1, signal });
    expect(samplesAt(canvas, 200, 300)).toEqual([255, 255, 255]);
    expect(samplesAt(canvas, 400, 300)).toEqual([0, 0, 0]);
    expect(samplesAt(canvas, 52, 300)).toEqual([0, 0, 0]);
  });

  it('accepts a parsing mask of another size than the face', () => {
    const large = plain([0, 0, 0], 600);
    const small = plain([0, 0, 0], 600);
    const paste = { ...cut(large, landmarksAt(300, 300, 500)), face: plain([1, 1, 1]) };
    const disc = (size: number) =>
      planeOf(size, size, (x, y) =>
        Math.min(1, Math.max(0, 6 - 16 * Math.hypot((x + 0.5) / size - 0.5, (y + 0.5) / size - 0.5))),
      );
    pasteBack(large, [{ ...paste, mask: disc(512) }], { scale: 1, signal });
    pasteBack(small, [{ ...paste, mask: disc(128) }], { scale: 1, signal });
    expect(psnr(large, small)).toBeGreaterThan(45);
  });

  it('blends by strength', () => {
    const canvas = plain([0, 0, 0], 600);
    const paste = { ...cut(canvas, landmarksAt(300, 300, 500)), face: plain([1, 1, 1]), strength: 0.25 };
    pasteBack(canvas, [paste], { scale: 1, signal });
    expect(samplesAt(canvas, 300, 300)[0]).toBeCloseTo(64, -0.5);
    const untouched = copyOf(canvas);
    pasteBack(canvas, [{ ...paste, strength: 0 }], { scale: 1, signal });
    expect(canvas.data).toEqual(untouched.data);
  });

  it('keeps a 16-bit canvas at 16 bit and widens an 8-bit face to it', () => {
    const canvas = paint(600, 600, (x, y) => [x / 600, y / 600, 0.3], 16);
    const before = copyOf(canvas);
    const paste = { ...cut(canvas, landmarksAt(300, 300, 400)), face: plain([1, 0.2, 0]) };
    pasteBack(canvas, [paste], { scale: 1, signal });
    expect(canvas.data).toBeInstanceOf(Uint16Array);
    expect(samplesAt(canvas, 300, 300)).toEqual([65535, 51 * 257, 0]);
    expect(samplesAt(canvas, 30, 30)).toEqual(samplesAt(before, 30, 30));
  });

  it('pastes a later face over an earlier one, softly', () => {
    const canvas = plain([0, 0, 0], 900);
    const red = { ...cut(canvas, landmarksAt(350, 450, 500)), face: plain([1, 0, 0]) };
    const green = { ...cut(canvas, landmarksAt(550, 450, 500)), face: plain([0, 1, 0]) };
    pasteBack(canvas, [red, green], { scale: 1, signal });
    expect(samplesAt(canvas, 200, 450)).toEqual([255, 0, 0]);
    expect(samplesAt(canvas, 450, 450)).toEqual([0, 255, 0]);
    let largestStep = 0;
    for (let x = 1; x < 900; x++) {
      for (const channel of [0, 1]) {
        const step =
          (samplesAt(canvas, x, 450)[channel] ?? 0) - (samplesAt(canvas, x - 1, 450)[channel] ?? 0);
        largestStep = Math.max(largestStep, Math.abs(step));
      }
    }
    expect(largestStep).toBeLessThan(20);
  });

  it('does not alias a face much smaller on the canvas than its 512 px', () => {
    const canvas = plain([0, 0, 0], 300);
    const stripes = paint(512, 512, (x) => (x % 4 < 2 ? [0, 0, 0] : [1, 1, 1]));
    pasteBack(canvas, [{ ...cut(canvas, landmarksAt(150, 150, 130, 2)), face: stripes }], {
      scale: 1,
      signal,
    });
    const middle = [];
    for (let x = 120; x < 180; x++) middle.push(samplesAt(canvas, x, 150)[0] ?? 0);
    expect(Math.max(...middle) - Math.min(...middle)).toBeLessThan(24);
  });

  it('grows and shrinks the mask on request, within the crop', () => {
    const whiteArea = (change: Partial<FacePaste>) => {
      const canvas = plain([0, 0, 0], 600);
      const paste = { ...cut(canvas, landmarksAt(300, 300, 500)), face: plain([1, 1, 1]), ...change };
      pasteBack(canvas, [paste], { scale: 1, signal });
      expect(samplesAt(canvas, 48, 300)).toEqual([0, 0, 0]);
      return [...canvas.data].reduce((sum, value) => sum + value, 0);
    };
    const usual = whiteArea({});
    expect(whiteArea({ expandPx: 12 })).toBeGreaterThan(usual * 1.05);
    expect(whiteArea({ expandPx: 400 })).toBeGreaterThan(usual * 1.05);
    expect(whiteArea({ expandPx: -30 })).toBeLessThan(usual * 0.85);
    expect(whiteArea({ featherPx: 40 })).toBeLessThan(usual * 0.95);
  });

  it('survives faces that are tiny, huge or far away', () => {
    const canvas = waves(200, 160);
    const before = copyOf(canvas);
    for (const landmarks of [
      landmarksAt(80, 80, 3),
      landmarksAt(-5000, 20, 100),
      landmarksAt(100, 80, 90_000),
    ]) {
      pasteBack(canvas, [cut(canvas, landmarks)], { scale: 1, signal });
    }
    expect(psnr(canvas, before)).toBeGreaterThan(30);
  });

  it('reports progress and stops between faces when cancelled', () => {
    const canvas = plain([0, 0, 0], 600);
    const paste = { ...cut(canvas, landmarksAt(300, 300, 200)), face: plain([1, 1, 1]) };
    const fractions: number[] = [];
    const controller = new AbortController();
    const run = () =>
      pasteBack(canvas, [paste, paste, paste, paste], {
        scale: 1,
        signal: controller.signal,
        onProgress: (fraction) => {
          fractions.push(fraction);
          if (fraction === 0.5) controller.abort();
        },
      });
    expect(run).toThrow(JobCancelled);
    expect(fractions).toEqual([0.25, 0.5]);
  });
});
