// Pixels into the bytes of a format, without any metadata: sharp's half of encoding.
import type { ExportFormat } from '#shared/domain/export.ts';
import type { Raster } from '../pixels/raster.ts';
import { sharp } from './libvips.ts';
import { interleave, type Samples } from './split-alpha.ts';

/** From this quality on JPEG keeps full colour resolution; below, a quarter of it is what others write too. */
const fullChromaQuality = 90;

/** `isGray`: one channel is written; the raster's three must be equal. Depth as in the raster; AVIF then has 10 bits. */
export async function encodePixels(
  picture: { readonly raster: Raster; readonly alpha: Samples | null; readonly isGray: boolean },
  format: ExportFormat,
  quality: number,
): Promise<Uint8Array> {
  const { raster, alpha, isGray } = picture;
  const isWide = raster.data instanceof Uint16Array;
  const channels = isGray ? (alpha === null ? 1 : 2) : alpha === null ? 3 : 4;
  const samples = interleave(raster, alpha, channels);
  const raw = { width: raster.widthPx, height: raster.heightPx, channels } as const;
  const space = isGray ? (isWide ? 'grey16' : 'b-w') : isWide ? 'rgb16' : 'srgb';
  const pipeline = sharp(samples, { raw, limitInputPixels: false }).toColourspace(space);
  switch (format) {
    case 'jpeg': {
      const chromaSubsampling = quality >= fullChromaQuality ? '4:4:4' : '4:2:0';
      return pipeline.jpeg({ quality, chromaSubsampling }).toBuffer();
    }
    case 'png':
      return pipeline.png({ compressionLevel: 6, adaptiveFiltering: true }).toBuffer();
    case 'tiff':
      // Lossless, and read by everything that reads TIFF.
      return pipeline.tiff({ compression: 'lzw', predictor: 'horizontal' }).toBuffer();
    case 'webp':
      // WebP's lossy mode always has a quarter of the colour resolution; 100 asks for no loss.
      return pipeline
        .webp(quality === 100 ? { lossless: true } : { quality, smartSubsample: true })
        .toBuffer();
    case 'avif':
      return pipeline.avif({ quality, chromaSubsampling: '4:4:4', bitdepth: isWide ? 10 : 8 }).toBuffer();
  }
}

/** True when all three channels are equal everywhere. */
export function isGrayRaster(raster: Raster): boolean {
  const { data } = raster;
  for (let at = 0; at < data.length; at += 3) {
    if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return false;
  }
  return true;
}

/** Over white, for formats without transparency. */
export function flattenOnWhite(raster: Raster, alpha: Samples): Raster {
  const { data } = raster;
  const largest = data instanceof Uint16Array ? 65_535 : 255;
  const out = data.slice();
  for (let pixel = 0, at = 0; pixel < alpha.length; pixel += 1) {
    const cover = (alpha[pixel] ?? largest) / largest;
    for (let channel = 0; channel < 3; channel += 1, at += 1) {
      out[at] = Math.round((data[at] ?? 0) * cover + largest * (1 - cover));
    }
  }
  return { ...raster, data: out };
}
