import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Raster } from '../../../../../src/engine/pixels/raster.ts';
import { resizeRaster } from '../../../../../src/engine/pixels/resize.ts';
import { findMosaics, mosaicWithin } from '../../../../../src/engine/steps/mosaic/find-mosaics.ts';
import { findGridAxis } from '../../../../../src/engine/steps/mosaic/mosaic-grid.ts';
import { reduceMosaic, smoothMosaics } from '../../../../../src/engine/steps/mosaic/smooth-mosaic.ts';

const samplePhoto = join(import.meta.dirname, '../../../../../resources/samples/album-page.jpg');
const { signal } = new AbortController();
let photo: Raster;

async function asRaster(picture: Sharp): Promise<Raster> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, data: new Uint8Array(data) };
}

beforeAll(async () => {
  photo = await asRaster(sharp(samplePhoto));
});

/** Squares of `pitch` pixels over the face of the first print, as image editors make them. */
function pixelate(
  source: Raster,
  left: number,
  top: number,
  columns: number,
  rows: number,
  pitch: number,
): Raster {
  const data = source.data.slice();
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1)
      for (let channel = 0; channel < 3; channel += 1) {
        const at = (y: number, x: number) =>
          ((top + row * pitch + y) * source.widthPx + left + column * pitch + x) * 3 + channel;
        let sum = 0;
        for (let y = 0; y < pitch; y += 1)
          for (let x = 0; x < pitch; x += 1) sum += source.data[at(y, x)] ?? 0;
        for (let y = 0; y < pitch; y += 1)
          for (let x = 0; x < pitch; x += 1) data[at(y, x)] = Math.round(sum / (pitch * pitch));
      }
  return { ...source, data };
}

async function throughJpeg(raster: Raster, quality: number): Promise<Raster> {
  const { widthPx: width, heightPx: height } = raster;
  const jpeg = await sharp(raster.data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
  return asRaster(sharp(jpeg));
}

describe('findGridAxis', () => {
  it.each([
    [6, 1],
    [12, 5],
    [12.4, 3.3],
    [31, 30],
  ])('reads pitch %d from lines that begin at %d', (pitch, origin) => {
    const profile = new Float64Array(200);
    for (let position = origin; position < 199; position += pitch) {
      const whole = Math.floor(position);
      profile[whole] = 1 - (position - whole);
      profile[whole + 1] = position - whole;
    }
    const axis = findGridAxis(profile, 40);
    expect(axis?.pitchPx).toBeCloseTo(pitch, 0);
    expect(Math.abs((axis?.pitchPx ?? 0) / pitch - 1)).toBeLessThan(0.01);
    expect(axis?.originPx).toBeGreaterThan(origin - 1.1);
    expect(axis?.originPx).toBeLessThan(origin + 1.1);
    expect(axis?.clarity).toBeGreaterThan(0.75);
  });

  it('has nothing to say of an empty profile', () => {
    expect(findGridAxis(new Float64Array(100), 40)).toBeNull();
    expect(findGridAxis(Float64Array.of(1, 0, 1), 40)).toBeNull();
  });
});

describe('findMosaics', () => {
  it('finds none in a photo without one, compressed or not', async () => {
    expect(findMosaics(photo, { signal })).toEqual([]);
    expect(findMosaics(await throughJpeg(photo, 50), { signal })).toEqual([]);
  });

  it.each([
    [8, 100],
    [12, 100],
    [12, 60],
    [17, 80],
    [24, 75],
  ])('finds squares of %d px saved at quality %d, and where they end', async (pitch, quality) => {
    const columns = Math.floor(240 / pitch);
    const rows = Math.floor(260 / pitch);
    const damaged = await throughJpeg(pixelate(photo, 160, 110, columns, rows, pitch), quality);
    const [mosaic, ...others] = findMosaics(damaged, { signal });
    expect(others).toEqual([]);
    expect(mosaic?.across.pitchPx).toBeCloseTo(pitch, 0);
    expect(mosaic?.down.pitchPx).toBeCloseTo(pitch, 0);
    // An even backdrop looks the same with and without squares: only the face must be inside, and nothing far outside.
    const { x = 0, y = 0, width = 0, height = 0 } = mosaic?.boxInPhoto ?? {};
    expect(x).toBeGreaterThan(160 - 2.5 * pitch);
    expect(y).toBeGreaterThan(110 - 2.5 * pitch);
    expect(x + width).toBeLessThan(160 + (columns + 2.5) * pitch);
    expect(y + height).toBeLessThan(110 + (rows + 2.5) * pitch);
    expect(x).toBeLessThan(215);
    expect(y).toBeLessThan(190);
    expect(x + width).toBeGreaterThan(330);
    expect(y + height).toBeGreaterThan(320);
  });

  it('finds one that was resized afterwards', async () => {
    const damaged = pixelate(photo, 160, 110, 20, 21, 12);
    const resized = resizeRaster(
      damaged,
      Math.round(photo.widthPx * 1.37),
      Math.round(photo.heightPx * 1.37),
      'bicubic',
    );
    const [mosaic] = findMosaics(resized, { signal });
    expect(mosaic?.across.pitchPx).toBeCloseTo(12 * 1.37, 0);
  });
});

describe('a mosaic', () => {
  it('reduces to its own squares', () => {
    const damaged = pixelate(photo, 160, 110, 20, 20, 12);
    const mosaic = mosaicWithin(damaged, { x: 150, y: 100, width: 262, height: 262 });
    expect(mosaic).not.toBeNull();
    if (mosaic === null) return;
    const reduced = reduceMosaic(damaged, mosaic);
    expect(reduced.widthPx).toBeGreaterThanOrEqual(20);
    const column = Math.round((160 - mosaic.boxInPhoto.x) / 12);
    const row = Math.round((110 - mosaic.boxInPhoto.y) / 12);
    let worst = 0;
    for (let y = 0; y < 20; y += 1)
      for (let x = 0; x < 20; x += 1)
        for (let channel = 0; channel < 3; channel += 1) {
          const truth =
            damaged.data[((110 + y * 12 + 6) * photo.widthPx + 160 + x * 12 + 6) * 3 + channel] ?? 0;
          const got = reduced.data[((row + y) * reduced.widthPx + column + x) * 3 + channel] ?? 0;
          worst = Math.max(worst, Math.abs(truth - got));
        }
    expect(worst).toBeLessThanOrEqual(1);
  });

  it('becomes smooth inside its box and nothing else changes', () => {
    const damaged = pixelate(photo, 160, 110, 20, 20, 12);
    const mosaics = findMosaics(damaged, { signal });
    expect(mosaics).toHaveLength(1);
    const smooth = smoothMosaics(damaged, mosaics);
    const { x, y, width, height } = mosaics[0]?.boxInPhoto ?? { x: 0, y: 0, width: 0, height: 0 };
    let [changedOutside, stepsBefore, stepsAfter] = [0, 0, 0];
    for (let row = 0; row < photo.heightPx; row += 1)
      for (let column = 1; column < photo.widthPx; column += 1) {
        const at = (row * photo.widthPx + column) * 3;
        const isInside = column > x + 1 && column < x + width - 1 && row > y + 1 && row < y + height - 1;
        if (isInside) {
          stepsBefore += (((damaged.data[at] ?? 0) - (damaged.data[at - 3] ?? 0)) as number) ** 2;
          stepsAfter += (((smooth.data[at] ?? 0) - (smooth.data[at - 3] ?? 0)) as number) ** 2;
        } else if (column < x - 1 || column > x + width + 1 || row < y - 1 || row > y + height + 1) {
          if (smooth.data[at] !== damaged.data[at]) changedOutside += 1;
        }
      }
    expect(changedOutside).toBe(0);
    expect(stepsAfter).toBeLessThan(stepsBefore / 4);
  });
});
