// Picture files made by code, with seeded content, for tests of the codec: whole ones and broken ones.
import sharp from 'sharp';
import type { Raster } from '../../src/engine/pixels/raster.ts';
import { seededRandom } from './seeded-random.ts';

/** Smooth colour waves whose phases come from the seed: survives lossy formats, and no two places look alike. */
export function colourPicture(widthPx: number, heightPx: number, seed: number, bits: 8 | 16 = 8): Raster {
  const random = seededRandom(seed);
  const waves = Array.from({ length: 3 }, () => [1 + random() * 3, 1 + random() * 3, random() * 6] as const);
  const largest = bits === 16 ? 65_535 : 255;
  const length = widthPx * heightPx * 3;
  const data = bits === 16 ? new Uint16Array(length) : new Uint8Array(length);
  for (let y = 0, at = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      for (const [across, down, phase] of waves) {
        const wave =
          Math.sin((across * 3 * x) / widthPx + phase) + Math.cos((down * 3 * y) / heightPx - phase);
        data[at++] = Math.round((0.5 + wave * 0.2) * largest);
      }
    }
  }
  return { widthPx, heightPx, data };
}

/** Three equal channels. */
export function grayPicture(widthPx: number, heightPx: number, seed: number, bits: 8 | 16 = 8): Raster {
  const picture = colourPicture(widthPx, heightPx, seed, bits);
  return { ...picture, data: picture.data.map((_, index, all) => all[index - (index % 3)] ?? 0) };
}

/** A slope of transparency from left (0) to right. */
export function alphaSlope(widthPx: number, heightPx: number, bits: 8 | 16 = 8): Uint8Array | Uint16Array {
  const largest = bits === 16 ? 65_535 : 255;
  const data = bits === 16 ? new Uint16Array(widthPx * heightPx) : new Uint8Array(widthPx * heightPx);
  return data.map((_, index) => Math.round(((index % widthPx) / (widthPx - 1)) * largest));
}

/** The raster in sharp's hands, for the test to write in any format sharp has. */
export function inSharp(raster: Raster, alpha?: Uint8Array | Uint16Array) {
  const { widthPx, heightPx, data } = raster;
  const isWide = data instanceof Uint16Array;
  const channels = alpha === undefined ? 3 : 4;
  const samples = isWide
    ? new Uint16Array(widthPx * heightPx * channels)
    : new Uint8Array(widthPx * heightPx * channels);
  for (let pixel = 0; pixel < widthPx * heightPx; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      samples[pixel * channels + channel] = data[pixel * 3 + channel] ?? 0;
    }
    if (alpha !== undefined) samples[pixel * 4 + 3] = alpha[pixel] ?? 0;
  }
  return sharp(samples, { raw: { width: widthPx, height: heightPx, channels } }).toColourspace(
    isWide ? 'rgb16' : 'srgb',
  );
}

/** Largest and mean absolute difference of two sample arrays of the same length, in their own steps. */
export function difference(
  left: ArrayLike<number>,
  right: ArrayLike<number>,
): { largest: number; mean: number } {
  if (left.length !== right.length) throw new Error(`${left.length} samples against ${right.length}`);
  let largest = 0;
  let sum = 0;
  for (let index = 0; index < left.length; index += 1) {
    const apart = Math.abs((left[index] ?? 0) - (right[index] ?? 0));
    largest = Math.max(largest, apart);
    sum += apart;
  }
  return { largest, mean: sum / Math.max(1, left.length) };
}

/** JPEG with further segments after SOI, as [marker, payload]. */
export function withSegments(
  jpeg: Uint8Array,
  segments: readonly (readonly [number, Uint8Array])[],
): Uint8Array {
  const written = segments.map(([marker, payload]) => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(payload.length + 2, 2);
    return Buffer.concat([head, payload]);
  });
  return Buffer.concat([jpeg.subarray(0, 2), ...written, jpeg.subarray(2)]);
}

/** JPEG's APP2 with a profile that fits into one segment. */
export function profileSegment(profile: Uint8Array): readonly [number, Uint8Array] {
  return [0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), profile])];
}

/** A PNG that claims a size and has almost no pixels: a bomb for those who trust it. */
export async function hugePng(widthPx: number, heightPx: number): Promise<Uint8Array> {
  const { crc32 } = await import('node:zlib');
  const png = Buffer.from(
    await sharp(new Uint8Array(3), { raw: { width: 1, height: 1, channels: 3 } })
      .png()
      .toBuffer(),
  );
  png.writeUInt32BE(widthPx, 16);
  png.writeUInt32BE(heightPx, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}

export type BmpBits = 1 | 4 | 8 | 24 | 32;

/** Uncompressed BMP, bottom-up or top-down. Up to 8 bits `pixels` are palette indices; above, RGB(A) samples. */
export function bmpFile(
  widthPx: number,
  heightPx: number,
  bits: BmpBits,
  pixels: ArrayLike<number>,
  options: { palette?: readonly number[]; topDown?: boolean; pixelsPerMetre?: number } = {},
): Uint8Array {
  const { palette = [], topDown = false, pixelsPerMetre = 0 } = options;
  const rowBytes = Math.ceil((widthPx * bits) / 32) * 4;
  const pixelsAt = 54 + (palette.length / 3) * 4;
  const file = Buffer.alloc(pixelsAt + rowBytes * heightPx);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(pixelsAt, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(widthPx, 18);
  file.writeInt32LE(topDown ? -heightPx : heightPx, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(bits, 28);
  file.writeInt32LE(pixelsPerMetre, 38);
  file.writeInt32LE(pixelsPerMetre, 42);
  file.writeUInt32LE(palette.length / 3, 46);
  for (let index = 0; index < palette.length / 3; index += 1) {
    const [red = 0, green = 0, blue = 0] = palette.slice(index * 3, index * 3 + 3);
    file.set([blue, green, red, 0], 54 + index * 4);
  }
  for (let y = 0; y < heightPx; y += 1) {
    const rowAt = pixelsAt + (topDown ? y : heightPx - 1 - y) * rowBytes;
    for (let x = 0; x < widthPx; x += 1) {
      const pixel = y * widthPx + x;
      if (bits <= 8) {
        const perByte = 8 / bits;
        const at = rowAt + Math.floor(x / perByte);
        file[at] = (file[at] ?? 0) | ((pixels[pixel] ?? 0) << (8 - bits * ((x % perByte) + 1)));
      } else {
        const samples = bits / 8;
        const at = rowAt + x * samples;
        file[at] = pixels[pixel * samples + 2] ?? 0;
        file[at + 1] = pixels[pixel * samples + 1] ?? 0;
        file[at + 2] = pixels[pixel * samples] ?? 0;
        if (samples === 4) file[at + 3] = pixels[pixel * 4 + 3] ?? 0;
      }
    }
  }
  return file;
}

/** Pages as one uncompressed 8-bit RGB TIFF: sharp writes only a single page. */
export function multiPageTiff(pages: readonly Raster[]): Uint8Array {
  const header = Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
  const pieces: Buffer[] = [header];
  let at = header.length;
  pages.forEach((page, index) => {
    const pixels = Buffer.from(page.data);
    const tags: readonly (readonly [tag: number, type: number, value: number])[] = [
      [256, 4, page.widthPx],
      [257, 4, page.heightPx],
      [258, 3, 8],
      [259, 3, 1],
      [262, 3, 2],
      [273, 4, at + 2 + 9 * 12 + 4],
      [277, 3, 3],
      [278, 4, page.heightPx],
      [279, 4, pixels.length],
    ];
    const directory = Buffer.alloc(2 + tags.length * 12 + 4);
    directory.writeUInt16LE(tags.length, 0);
    tags.forEach(([tag, type, value], place) => {
      directory.writeUInt16LE(tag, 2 + place * 12);
      directory.writeUInt16LE(type, 4 + place * 12);
      directory.writeUInt32LE(1, 6 + place * 12);
      directory.writeUInt32LE(value, 10 + place * 12);
    });
    const padding = Buffer.alloc(pixels.length & 1);
    const end = at + directory.length + pixels.length + padding.length;
    directory.writeUInt32LE(index + 1 < pages.length ? end : 0, directory.length - 4);
    pieces.push(directory, pixels, padding);
    at = end;
  });
  return Buffer.concat(pieces);
}
