// A small copy of a photo for the screen: upright, sRGB, quick. Never touches the photo.

import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Sharp } from 'sharp';
import { decodeBmp } from './decode-bmp.ts';
import { readPhotoHeader } from './inspect-photo.ts';
import { readOptions, sharp } from './libvips.ts';
import { decodingError, openPhotoSource, type PhotoSource } from './photo-source.ts';
import { maximumWebpSidePx } from './size-limits.ts';
import { interleave } from './split-alpha.ts';
import { writeAtomically, writePieces } from './write-atomically.ts';

/** Good enough that a face at 100 % shows no blocks. */
const quality = 85;

/**
 * Writes `outputPath`, replacing an older preview; its ending chooses JPEG (opaque pictures only) or PNG, anything
 * else is WebP. The longest side is at most `maxSidePx`, and WebP's 16,383. Never enlarges.
 * Errors: as inspectPhoto and writeAtomically.
 */
export async function makePreview(
  path: string,
  pageIndex: number,
  maxSidePx: number,
  outputPath: string,
): Promise<{ widthPx: number; heightPx: number }> {
  const source = await openPhotoSource(path);
  const { facts, header } = await readPhotoHeader(source, pageIndex);
  const { data, info } = await reading(source, async () => {
    const side = Math.min(maxSidePx, maximumWebpSidePx);
    const resized = (await open(source, pageIndex))
      .autoOrient()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });
    const upright = forScreen(resized, header);
    return inFormat(upright, extname(outputPath).toLowerCase(), facts.hasAlpha).toBuffer({
      resolveWithObject: true,
    });
  });
  await writeAtomically(outputPath, (temporaryPath) => writePieces(temporaryPath, [data]), {
    overwrite: true,
  });
  return { widthPx: info.width, heightPx: info.height };
}

/** Converts to sRGB. */
export function forScreen(pipeline: Sharp, header: PhotoHeader): Sharp {
  const converted = pipeline.toColourspace('srgb');
  // sharp's 16-bit working space is P3, entered only when there is a profile: from there it must be led to sRGB.
  const isInP3 = header?.space === 'rgb16' && header.hasProfile;
  return isInP3 ? converted.withIccProfile('srgb', { attach: false }) : converted;
}

type PhotoHeader = Awaited<ReturnType<typeof readPhotoHeader>>['header'];

function inFormat(pipeline: Sharp, ending: string, hasAlpha: boolean): Sharp {
  if (ending === '.png') return pipeline.png();
  if ((ending === '.jpg' || ending === '.jpeg') && !hasAlpha) return pipeline.jpeg({ quality });
  return pipeline.webp({ quality, effort: 2 });
}

/** What `read` throws, as one of the codec's errors. */
export async function reading<Value>(source: PhotoSource, read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    throw decodingError(error, source);
  }
}

/** The picture of a page, as it lies in the file. */
export async function open(source: PhotoSource, pageIndex: number): Promise<Sharp> {
  if (source.format === 'bmp') {
    const { raster, alpha } = decodeBmp(await readFile(source.path), source.fileName);
    const channels = alpha === null ? 3 : 4;
    const raw = { width: raster.widthPx, height: raster.heightPx, channels } as const;
    return sharp(interleave(raster, alpha, channels), { raw, limitInputPixels: false });
  }
  const page = source.format === 'tiff' ? { page: pageIndex } : {};
  return sharp(source.sharpInput, { ...readOptions, ...page });
}
