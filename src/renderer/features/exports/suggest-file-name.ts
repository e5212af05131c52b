// Names and defaults of an export. Pure.
import type { ExportFormat } from '#shared/domain/export.ts';
import type { Photo, PhotoFormat } from '#shared/domain/photo.ts';

const extensions: Readonly<Record<ExportFormat, string>> = {
  jpeg: 'jpg',
  png: 'png',
  tiff: 'tif',
  webp: 'webp',
  avif: 'avif',
};

/** "old scan.tiff" as JPEG: "old scan restored.jpg", so that it never meets the original. */
export function suggestFileName(fileName: string, format: ExportFormat, suffix: string): string {
  const base = fileName.replace(/\.[^.]{1,5}$/, '');
  return `${base} ${suffix}.${extensions[format]}`;
}

/** The original's own format where it can be written, PNG for the others. */
export function formatLike(format: PhotoFormat): ExportFormat {
  switch (format) {
    case 'jpeg':
    case 'png':
    case 'tiff':
    case 'webp':
    case 'avif':
      return format;
    case 'gif':
    case 'bmp':
    case 'heic':
    case 'raw':
      return 'png';
  }
}

export const isLossy = (format: ExportFormat): boolean => format !== 'png' && format !== 'tiff';
/** Only these hold 16 bits a channel. */
export const canHold16Bit = (format: ExportFormat): boolean => format === 'png' || format === 'tiff';

/** Pixels of a result, and the density at which it prints as large as the original. */
export function sizeOfResult(
  photo: Pick<Photo, 'widthPx' | 'densityPpi'>,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
): { widthPx: number; heightPx: number; densityPpi: number | null } {
  const { densityPpi } = photo;
  return {
    widthPx,
    heightPx,
    densityPpi: densityPpi === null ? null : (densityPpi * widthPx) / photo.widthPx,
  };
}
