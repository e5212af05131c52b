import { describe, expect, it } from 'vitest';
import type { Raster } from '../../../../src/engine/pixels/raster.ts';
import { resizeRaster } from '../../../../src/engine/pixels/resize.ts';
import { judgeFace } from '../../../../src/engine/steps/judge-face.ts';
import { seededRandom } from '../../../helpers/seeded-random.ts';

const random = seededRandom(77);

/** Detail in every octave from the whole picture to single pixels, falling as it does in photographed faces. */
function detailed(bits: 8 | 16 = 8): Raster {
  const size = 512;
  const sums = new Float64Array(size * size);
  for (let side = 4; side <= size; side *= 2) {
    const tones = Uint8Array.from({ length: side * side * 3 }, () => Math.floor(random() * 256));
    const octave = resizeRaster({ widthPx: side, heightPx: side, data: tones }, size, size, 'bicubic');
    for (let i = 0; i < sums.length; i += 1)
      sums[i] = (sums[i] ?? 0) + (octave.data[i * 3] ?? 0) * 0.68 ** Math.log2(side);
  }
  const top = sums.reduce((most, value) => Math.max(most, value), 0);
  const data = bits === 8 ? new Uint8Array(size * size * 3) : new Uint16Array(size * size * 3);
  for (let i = 0; i < data.length; i += 1)
    data[i] = Math.round(((sums[Math.floor(i / 3)] ?? 0) / top) * (bits === 8 ? 255 : 65_535));
  return { widthPx: size, heightPx: size, data };
}

function reduced(face: Raster, factor: number): Raster {
  const side = Math.round(face.widthPx / factor);
  return resizeRaster(resizeRaster(face, side, side, 'area'), face.widthPx, face.heightPx, 'bicubic');
}

describe('judgeFace', () => {
  it('sees less detail the more was lost', () => {
    const face = detailed();
    const seen = [1, 2, 4, 8, 16].map(
      (factor) => judgeFace(factor === 1 ? face : reduced(face, factor)).detailPx,
    );
    expect(seen).toEqual([...seen].sort((a, b) => b - a));
    expect(seen[0]).toBeGreaterThan(300);
    expect(seen[2]).toBeGreaterThan(80);
    expect(seen[2]).toBeLessThan(260);
    expect(seen[4]).toBeLessThan(70);
  });

  it('judges 16-bit samples alike', () => {
    const face = reduced(detailed(), 4);
    const wide: Raster = { ...face, data: Uint16Array.from(face.data, (value) => value * 257) };
    expect(judgeFace(wide).detailPx).toBeCloseTo(judgeFace(face).detailPx, 3);
  });

  it('tells noise from detail', () => {
    const face = reduced(detailed(), 2);
    const noisy: Raster = {
      ...face,
      data: Uint8Array.from(face.data, (value) => Math.min(255, Math.max(0, value + (random() - 0.5) * 60))),
    };
    expect(judgeFace(noisy).noise).toBeGreaterThan(0.3);
    expect(judgeFace(face).noise).toBeLessThan(0.1);
  });

  it('gives an answer for a face of one tone', () => {
    const flat: Raster = { widthPx: 256, heightPx: 256, data: new Uint8Array(256 * 256 * 3).fill(90) };
    expect(judgeFace(flat).detailPx).toBeGreaterThan(0);
  });
});
