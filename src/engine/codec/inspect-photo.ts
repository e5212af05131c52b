// The facts of a photo file from its header, without decoding its pixels. Reads only.
import type { Metadata } from 'sharp';
import type { PhotoFacts } from '#shared/domain/photo.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { readBmpHeader, UnsupportedBmp } from './decode-bmp.ts';
import { readOptions, sharp } from './libvips.ts';
import { captureTime } from './metadata/exif-capture-time.ts';
import { exifDensity } from './metadata/exif-density.ts';
import { readOriginalMetadata } from './metadata/original-metadata.ts';
import { decodingError, hashFile, openPhotoSource, type PhotoSource, readingFile } from './photo-source.ts';
import { assertOpenable } from './size-limits.ts';

/**
 * Header facts plus the streamed SHA-256; of a multi-page file, those of its first page.
 * Errors: file.not-found, file.unreadable, file.empty, file.not-a-picture, file.format-unsupported, file.damaged,
 * file.too-large.
 */
export async function inspectPhoto(path: string): Promise<PhotoFacts> {
  const source = await openPhotoSource(path);
  const { facts } = await readPhotoHeader(source, 0);
  return { ...facts, sha256: await hashFile(path) };
}

export interface PhotoHeader {
  readonly facts: Omit<PhotoFacts, 'sha256'>;
  /** Null for BMP, which sharp cannot read. */
  readonly header: Metadata | null;
}

/** Facts of one page. Same errors as inspectPhoto, without those of hashing. */
export async function readPhotoHeader(source: PhotoSource, pageIndex: number): Promise<PhotoHeader> {
  try {
    return source.format === 'bmp' ? readBmpFacts(source) : await readSharpFacts(source, pageIndex);
  } catch (error) {
    if (error instanceof UnsupportedBmp) {
      const params = { fileName: source.fileName, format: `BMP (${error.message})` };
      throw new HeirloomError('file.format-unsupported', params, { cause: error });
    }
    throw decodingError(error, source);
  }
}

async function readSharpFacts(source: PhotoSource, pageIndex: number): Promise<PhotoHeader> {
  // Only a TIFF's pages are pictures of their own; GIF and WebP have frames, of which the first is taken.
  const page = source.format === 'tiff' ? { page: pageIndex } : {};
  const header = await sharp(source.sharpInput, { ...readOptions, ...page }).metadata();
  const { width: widthPx, height: heightPx } = header.autoOrient;
  assertOpenable(source.fileName, widthPx, heightPx);
  const { exif } = readOriginalMetadata(source, header, pageIndex);
  return {
    header,
    facts: {
      format: source.format,
      byteSize: source.byteSize,
      widthPx,
      heightPx,
      bitDepth: bitDepthOf(header),
      hasAlpha: header.hasAlpha,
      pageCount: source.format === 'tiff' ? (header.pages ?? 1) : 1,
      densityPpi: header.density ?? (exif === null ? null : exifDensity(exif)),
      takenAt: exif === null ? null : captureTime(exif),
    },
  };
}

/** How deep the picture is once decoded. CMYK arrives through an 8-bit conversion, Lab and floats through a 16-bit one. */
function bitDepthOf(header: Metadata): 8 | 16 {
  return header.space === 'cmyk' || header.depth === 'uchar' ? 8 : 16;
}

/** Longest BMP header with its palette: 14 + 124 + 256 * 4. */
const bmpHeaderBytes = 1162;

function readBmpFacts(source: PhotoSource): PhotoHeader {
  const start = readingFile(source.path, (bytes) => bytes.read(0, Math.min(bytes.size, bmpHeaderBytes)));
  const bmp = readBmpHeader(start);
  assertOpenable(source.fileName, bmp.widthPx, bmp.heightPx);
  return {
    header: null,
    facts: {
      format: 'bmp',
      byteSize: source.byteSize,
      widthPx: bmp.widthPx,
      heightPx: bmp.heightPx,
      bitDepth: 8,
      hasAlpha: bmp.bitsPerPixel > 8 && bmp.masks[3] !== 0,
      pageCount: 1,
      densityPpi: bmp.densityPpi,
      takenAt: null,
    },
  };
}
