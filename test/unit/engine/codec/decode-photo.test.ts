// Every format in, with its pixels as they were: depth, channels, orientation, pages, transparency.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodePhoto } from '../../../../src/engine/codec/decode-photo.ts';
import { inspectPhoto } from '../../../../src/engine/codec/inspect-photo.ts';
import {
  alphaSlope,
  bmpFile,
  colourPicture,
  difference,
  grayPicture,
  inSharp,
  multiPageTiff,
} from '../../../helpers/make-pictures.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heirloom decode '));
});
afterAll(() => rm(folder, { recursive: true }));

async function saved(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

const colour = colourPicture(61, 40, 1);
const deep = colourPicture(61, 40, 2, 16);
const gray = grayPicture(61, 40, 3);

describe('lossless formats give the very samples back', () => {
  const cases = [
    ['png', 'png', 8, () => inSharp(colour).png()],
    ['png16', 'png', 16, () => inSharp(deep).png()],
    ['tiff', 'tiff', 8, () => inSharp(colour).tiff({ compression: 'lzw' })],
    ['tiff16', 'tiff', 16, () => inSharp(deep).tiff({ compression: 'deflate' })],
    ['webp', 'webp', 8, () => inSharp(colour).webp({ lossless: true })],
  ] as const;
  it.each(cases)('%s', async (name, format, bits, make) => {
    const path = await saved(`${name}.bin`, await make().toBuffer());
    const photo = await decodePhoto(path, 0);
    expect(photo.facts).toMatchObject({ format, bitDepth: bits, widthPx: 61, heightPx: 40, pageCount: 1 });
    const wanted = bits === 16 ? deep : colour;
    expect(photo.raster.data).toEqual(wanted.data);
    expect(photo).toMatchObject({ alpha: null, isGrayFile: false, toSrgb: null, fromSrgb: null });
    expect(await inspectPhoto(path)).toEqual(photo.facts);
  });
});

describe('lossy formats come close', () => {
  const cases = [
    ['jpeg', () => inSharp(colour).jpeg({ quality: 98, chromaSubsampling: '4:4:4' }), 8, 1],
    ['webp', () => inSharp(colour).webp({ quality: 98, smartSubsample: true }), 8, 3],
    ['avif', () => inSharp(colour).avif({ quality: 95, effort: 0 }), 8, 2],
    ['avif', () => inSharp(deep).avif({ quality: 95, effort: 0, bitdepth: 10 }), 16, 2 * 257],
  ] as const;
  it.each(cases)('%s', async (format, make, bitDepth, mean) => {
    const photo = await decodePhoto(await saved(`lossy.${format}`, await make().toBuffer()), 0);
    expect(photo.facts).toMatchObject({ format, bitDepth });
    expect(difference(photo.raster.data, bitDepth === 16 ? deep.data : colour.data).mean).toBeLessThan(mean);
  });

  it('GIF: the first frame of an animation', async () => {
    const other = colourPicture(61, 40, 9);
    const gif = await sharp([await inSharp(colour).png().toBuffer(), await inSharp(other).png().toBuffer()], {
      join: { animated: true },
    })
      .gif()
      .toBuffer();
    expect((await sharp(gif).metadata()).pages).toBe(2);
    const photo = await decodePhoto(await saved('frames.gif', gif), 0);
    expect(photo.facts).toMatchObject({ format: 'gif', widthPx: 61, heightPx: 40, pageCount: 1 });
    expect(difference(photo.raster.data, colour.data).mean).toBeLessThan(8);
    expect(difference(photo.raster.data, other.data).mean).toBeGreaterThan(20);
  });
});

describe('EXIF orientation', () => {
  // Where the stored picture (width w, height h) holds what is seen at x, y: EXIF 3.0, table 5.
  type Place = (x: number, y: number, w: number, h: number) => readonly [number, number];
  const places: readonly Place[] = [
    (x, y) => [x, y],
    (x, y, w) => [w - 1 - x, y],
    (x, y, w, h) => [w - 1 - x, h - 1 - y],
    (x, y, _, h) => [x, h - 1 - y],
    (x, y) => [y, x],
    (x, y, _, h) => [y, h - 1 - x],
    (x, y, w, h) => [w - 1 - y, h - 1 - x],
    (x, y, w) => [w - 1 - y, x],
  ];
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('%i is applied', async (orientation) => {
    const place = places[orientation - 1];
    const [w, h] = orientation < 5 ? [61, 40] : [40, 61];
    const stored = new Uint8Array(colour.data.length);
    for (let y = 0; y < 40; y += 1) {
      for (let x = 0; x < 61; x += 1) {
        const [storedX, storedY] = place?.(x, y, w, h) ?? [0, 0];
        const from = (y * 61 + x) * 3;
        stored.set(colour.data.subarray(from, from + 3), (storedY * w + storedX) * 3);
      }
    }
    const tagged = await inSharp({ widthPx: w, heightPx: h, data: stored })
      .withMetadata({ orientation })
      .png()
      .toBuffer();
    const photo = await decodePhoto(await saved(`o${orientation}.png`, tagged), 0);
    expect([photo.facts.widthPx, photo.facts.heightPx]).toEqual([61, 40]);
    expect(difference(photo.raster.data, colour.data).largest).toBe(0);
  });
});

describe('gray files', () => {
  it.each([8, 16] as const)('%i bit arrive as three equal channels', async (bits) => {
    const picture = grayPicture(33, 20, 4, bits);
    const png = inSharp(picture)
      .toColourspace(bits === 16 ? 'grey16' : 'b-w')
      .png();
    const bytes = await png.toBuffer();
    expect((await sharp(bytes).metadata()).channels).toBe(1);
    const photo = await decodePhoto(await saved(`gray${bits}.png`, bytes), 0);
    expect(photo).toMatchObject({ isGrayFile: true, alpha: null });
    expect(photo.raster.data).toEqual(picture.data);
  });

  it('a colour file that happens to be gray is not a gray file', async () => {
    const photo = await decodePhoto(await saved('rgb-gray.png', await inSharp(gray).png().toBuffer()), 0);
    expect(photo.isGrayFile).toBe(false);
  });

  it('1-bit TIFF', async () => {
    const bytes = await inSharp(gray)
      .toColourspace('b-w')
      .tiff({ bitdepth: 1, compression: 'none' })
      .toBuffer();
    const photo = await decodePhoto(await saved('bilevel.tif', bytes), 0);
    expect(photo).toMatchObject({ isGrayFile: true });
    expect(new Set(photo.raster.data)).toEqual(new Set([0, 255]));
  });
});

describe('transparency', () => {
  it.each([8, 16] as const)('%i bit is kept apart, colour unpremultiplied', async (bits) => {
    const picture = colourPicture(30, 20, 5, bits);
    const alpha = alphaSlope(30, 20, bits);
    const photo = await decodePhoto(
      await saved(`a${bits}.png`, await inSharp(picture, alpha).png().toBuffer()),
      0,
    );
    expect(photo.facts.hasAlpha).toBe(true);
    expect(photo.alpha).toEqual(alpha);
    expect(photo.raster.data).toEqual(picture.data);
  });

  it('a palette PNG becomes RGB', async () => {
    const bytes = await inSharp(colour).png({ palette: true, colours: 64 }).toBuffer();
    expect((await sharp(bytes).metadata()).isPalette).toBe(true);
    const photo = await decodePhoto(await saved('palette.png', bytes), 0);
    expect(photo).toMatchObject({ isGrayFile: false, alpha: null });
    expect(difference(photo.raster.data, colour.data).mean).toBeLessThan(12);
  });
});

describe('TIFF pages', () => {
  const pages = [colour, colourPicture(20, 31, 6), colourPicture(50, 8, 7)];
  it('each page has its own size and pixels', async () => {
    const path = await saved('pages.tif', multiPageTiff(pages));
    expect((await inspectPhoto(path)).pageCount).toBe(3);
    for (const [index, page] of pages.entries()) {
      const photo = await decodePhoto(path, index);
      expect(photo.facts).toMatchObject({ widthPx: page.widthPx, heightPx: page.heightPx });
      expect(photo.raster.data).toEqual(page.data);
    }
  });

  it('a page that is not there is refused', async () => {
    const path = await saved('pages2.tif', multiPageTiff(pages.slice(0, 2)));
    await expect(decodePhoto(path, 2)).rejects.toMatchObject({ name: 'HeirloomError' });
  });
});

describe('colours that are not RGB arrive as sRGB', () => {
  it('CMYK JPEG', async () => {
    const bytes = await inSharp(colour).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
    expect((await sharp(bytes).metadata()).space).toBe('cmyk');
    const photo = await decodePhoto(await saved('cmyk.jpg', bytes), 0);
    expect(photo).toMatchObject({ iccProfile: null, toSrgb: null, isGrayFile: false });
    expect(photo.facts.bitDepth).toBe(8);
    expect(difference(photo.raster.data, colour.data).mean).toBeLessThan(25);
  });

  it('Lab TIFF', async () => {
    const bytes = await inSharp(colour).toColourspace('lab').tiff({ compression: 'none' }).toBuffer();
    expect((await sharp(bytes).metadata()).space).toMatch(/^lab/);
    const photo = await decodePhoto(await saved('lab.tif', bytes), 0);
    const narrow = Uint8Array.from(photo.raster.data, (value) =>
      photo.raster.data instanceof Uint16Array ? value / 257 : value,
    );
    expect(difference(narrow, colour.data).mean).toBeLessThan(3);
  });
});

describe('BMP', () => {
  it.each([1, 4, 8] as const)('%i bit with a palette', async (bits) => {
    const palette = Array.from({ length: (1 << bits) * 3 }, (_, index) => (index * 37) % 256);
    const indices = Array.from({ length: 13 * 7 }, (_, index) => (index * 5) % (1 << bits));
    const path = await saved(`p${bits}.bmp`, bmpFile(13, 7, bits, indices, { palette }));
    const photo = await decodePhoto(path, 0);
    expect(photo.facts).toMatchObject({ format: 'bmp', widthPx: 13, heightPx: 7, bitDepth: 8 });
    expect([...photo.raster.data]).toEqual(
      indices.flatMap((index) => palette.slice(index * 3, index * 3 + 3)),
    );
  });

  it.each([true, false])('24 bit, top-down %s, with its density', async (topDown) => {
    const file = bmpFile(61, 40, 24, colour.data, { topDown, pixelsPerMetre: 11_811 });
    const photo = await decodePhoto(await saved('c.bmp', file), 0);
    expect(photo.raster.data).toEqual(colour.data);
    expect(photo.facts.densityPpi).toBe(300);
  });

  it('32 bit: alpha is kept, and all-zero alpha means opaque', async () => {
    const rgba = Array.from({ length: 5 * 4 * 4 }, (_, index) => (index * 11) % 256);
    const photo = await decodePhoto(await saved('rgba.bmp', bmpFile(5, 4, 32, rgba)), 0);
    expect([...(photo.alpha ?? [])]).toEqual(rgba.filter((_, index) => index % 4 === 3));
    const opaque = rgba.map((value, index) => (index % 4 === 3 ? 0 : value));
    expect((await decodePhoto(await saved('rgbx.bmp', bmpFile(5, 4, 32, opaque)), 0)).alpha).toBeNull();
  });

  it('RLE8: runs, literals, end of line', async () => {
    const palette = [0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255];
    const head = Buffer.from(bmpFile(4, 2, 8, [], { palette }).subarray(0, 54 + 16));
    head.writeUInt32LE(1, 30);
    const runs = [4, 2, 0, 0, 0, 3, 1, 2, 3, 0, 1, 1, 0, 1];
    const photo = await decodePhoto(await saved('rle.bmp', Buffer.concat([head, Buffer.from(runs)])), 0);
    const indices = [1, 2, 3, 1, 2, 2, 2, 2];
    expect([...photo.raster.data]).toEqual(
      indices.flatMap((index) => palette.slice(index * 3, index * 3 + 3)),
    );
  });
});

it('1x1', async () => {
  const bytes = await inSharp(colourPicture(1, 1, 8))
    .png()
    .toBuffer();
  const photo = await decodePhoto(await saved('one.png', bytes), 0);
  expect(photo.raster).toMatchObject({ widthPx: 1, heightPx: 1 });
  expect(photo.raster.data).toHaveLength(3);
});

it('a name that libvips would read as options', async () => {
  const path = await saved('scan [1]', await inSharp(colour).png().toBuffer());
  expect((await decodePhoto(path, 0)).raster.data).toEqual(colour.data);
});
