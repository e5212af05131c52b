// How large a picture may be: coming in, and in each output format. Pure numbers; no file is touched here.
import type { ExportFormat } from '#shared/domain/export.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';

/**
 * Most pixels a photo may have to be opened: 16,383², as libvips' own guard. A 600-ppi scan of A3 has 70
 * megapixels; at 268 the 8-bit raster alone takes 0.8 GB. Raising it raises the memory one photo can take.
 */
export const maximumPixels = 16_383 * 16_383;

/** Throws file.too-large, before any memory is taken. */
export function assertOpenable(fileName: string, widthPx: number, heightPx: number): void {
  if (widthPx * heightPx <= maximumPixels) return;
  throw new HeirloomError('file.too-large', {
    fileName,
    megapixels: Math.round((widthPx * heightPx) / 1e6),
    limitMegapixels: Math.round(maximumPixels / 1e6),
  });
}

interface OutputLimit {
  readonly name: string;
  /** Longest side the container can state, or the encoder can write. */
  readonly sidePx: number;
  /** Most bytes of pixels, for containers with 32-bit offsets. */
  readonly pixelBytes: number;
}

const outputLimits: Readonly<Record<ExportFormat, OutputLimit>> = {
  // 16-bit fields in SOF allow 65,535; libjpeg's JPEG_MAX_DIMENSION is a little less.
  jpeg: { name: 'JPEG', sidePx: 65_500, pixelBytes: Number.POSITIVE_INFINITY },
  png: { name: 'PNG', sidePx: 2_147_483_647, pixelBytes: Number.POSITIVE_INFINITY },
  // Classic TIFF has 32-bit offsets; some room is left for what compression may add.
  tiff: { name: 'TIFF', sidePx: 2_147_483_647, pixelBytes: 4_000_000_000 },
  webp: { name: 'WebP', sidePx: 16_383, pixelBytes: Number.POSITIVE_INFINITY },
  // The AV1 frame header allows 65,536; sharp's AVIF writer stops at 16,384.
  avif: { name: 'AVIF', sidePx: 16_384, pixelBytes: Number.POSITIVE_INFINITY },
};

/** WebP's longest side, for previews. */
export const maximumWebpSidePx = outputLimits.webp.sidePx;

/** Throws output.too-large when `format` cannot hold such a picture. */
export function assertEncodable(
  format: ExportFormat,
  widthPx: number,
  heightPx: number,
  bytesPerPixel: number,
): void {
  const limit = outputLimits[format];
  const fits =
    Math.max(widthPx, heightPx) <= limit.sidePx && widthPx * heightPx * bytesPerPixel <= limit.pixelBytes;
  if (fits) return;
  throw new HeirloomError('output.too-large', {
    megapixels: Math.round((widthPx * heightPx) / 1e6),
    format: limit.name,
  });
}
