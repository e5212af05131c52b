// Everything a photo file says besides its pixels, gathered into one form whatever the container.
//
// What is read, per format (libvips reads the containers; TIFF directories are read here, as libvips passes on
// neither a TIFF's EXIF nor its descriptive tags):
//   JPEG EXIF, XMP (main packet; extended XMP is not), IPTC, ICC.   PNG eXIf, XMP, ICC.   WebP, AVIF EXIF, XMP, ICC.
//   TIFF descriptive tags, EXIF, GPS, XMP, IPTC, ICC.               GIF, BMP nothing.
import type { Metadata } from 'sharp';
import { type PhotoSource, readingFile } from '../photo-source.ts';
import { descriptiveTags, exifPointers, tag } from './exif-tags.ts';
import { iptcFromPhotoshop } from './iptc-datasets.ts';
import {
  readChildren,
  readDirectory,
  readTiffBlock,
  readTiffHeader,
  type TiffDirectory,
} from './tiff-structure.ts';

export interface OriginalMetadata {
  /** The EXIF block as it lies in the file (from its byte order mark on); null for TIFF, which has none. */
  readonly exifBlock: Uint8Array | null;
  /** The same, read; null when absent or unreadable. */
  readonly exif: TiffDirectory | null;
  readonly xmp: Uint8Array | null;
  /** Bare IPTC-IIM datasets. */
  readonly iptc: Uint8Array | null;
}

/** Broken metadata is left out, never an error. `header` is sharp's, or null where sharp cannot read the format. */
export function readOriginalMetadata(
  source: PhotoSource,
  header: Metadata | null,
  pageIndex: number,
): OriginalMetadata {
  if (source.format === 'tiff') return readTiffMetadata(source.path, pageIndex);
  if (header === null) return { exifBlock: null, exif: null, xmp: null, iptc: null };
  const exifBlock = header.exif === undefined ? null : withoutExifPrefix(header.exif);
  return {
    exifBlock,
    exif: exifBlock === null ? null : orNull(() => readTiffBlock(exifBlock, exifPointers)),
    xmp: header.xmp ?? null,
    iptc: header.iptc === undefined ? null : iptcFromPhotoshop(header.iptc),
  };
}

function readTiffMetadata(path: string, pageIndex: number): OriginalMetadata {
  const directory = orNull(() =>
    readingFile(path, (source) => {
      const header = readTiffHeader(source);
      let offset = header.firstDirectoryOffset;
      for (let page = 0; page < pageIndex; page += 1) {
        offset = readDirectory(source, header, offset).nextOffset;
      }
      const found = readDirectory(source, header, offset).directory;
      readChildren(source, header, found, exifPointers);
      return found;
    }),
  );
  if (directory === null) return { exifBlock: null, exif: null, xmp: null, iptc: null };
  const photoshop = directory.entries.get(tag.photoshop)?.bytes;
  const iptc = directory.entries.get(tag.iptc)?.bytes ?? (photoshop && iptcFromPhotoshop(photoshop)) ?? null;
  const xmp = directory.entries.get(tag.xmp)?.bytes ?? null;
  for (const found of [...directory.entries.keys()]) {
    if (!descriptiveTags.has(found)) directory.entries.delete(found);
  }
  const isEmpty = directory.entries.size === 0 && directory.children.size === 0;
  return { exifBlock: null, exif: isEmpty ? null : directory, xmp, iptc };
}

/** JPEG's APP1 starts with "Exif\0\0"; other containers hold the bare block. */
function withoutExifPrefix(block: Uint8Array): Uint8Array {
  const hasPrefix = String.fromCharCode(...block.subarray(0, 4)) === 'Exif';
  return hasPrefix ? block.subarray(6) : block;
}

function orNull<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
