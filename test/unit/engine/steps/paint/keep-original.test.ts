import { describe, expect, it } from 'vitest';
import { blankRaster } from '../../../../../src/engine/pixels/raster.ts';
import { putPixelsBack, takePixels } from '../../../../../src/engine/steps/paint/keep-original.ts';
import { rasteriseStrokes } from '../../../../../src/engine/steps/paint/rasterise-strokes.ts';

describe.each([
  ['8 bit', Uint8Array, 255],
  ['16 bit', Uint16Array, 65_535],
] as const)('keeping the original, %s', (_name, Samples, most) => {
  it('is exact where painted fully, nothing outside, between at the edge', () => {
    const like = { widthPx: 1, heightPx: 1, data: new Samples(3) };
    const canvas = blankRaster(60, 40, like);
    for (let at = 0; at < canvas.data.length; at += 1) canvas.data[at] = (at * 31) % most;
    const before = canvas.data.slice();
    const stroke = {
      points: [[30, 20]] as [number, number][],
      radiusPx: 8,
      hardness: 0.5,
      mode: 'paint' as const,
    };
    const mask = rasteriseStrokes([stroke], canvas, 1);
    if (mask === null) throw new Error('nothing is painted');
    const kept = takePixels(canvas, mask);
    canvas.data.fill(most);
    putPixelsBack(canvas, kept);
    let [exact, mixed] = [0, 0];
    for (let y = 0; y < 40; y += 1) {
      for (let x = 0; x < 60; x += 1) {
        const at = (y * 60 + x) * 3;
        const distance = Math.hypot(x - 30, y - 20);
        const [was, is] = [before[at] as number, canvas.data[at] as number];
        if (distance < 4) {
          expect(is).toBe(was);
          exact += 1;
        } else if (distance > 9) expect(is).toBe(most);
        else {
          expect(is).toBeGreaterThanOrEqual(was);
          expect(is).toBeLessThanOrEqual(most);
          mixed += 1;
        }
      }
    }
    expect([exact > 40, mixed > 40]).toEqual([true, true]);
  });
});
