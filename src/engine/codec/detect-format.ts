// Which format a file is, by its content alone: a name's ending is never trusted.
import type { PhotoFormat } from '#shared/domain/photo.ts';
import type { ByteSource } from './byte-source.ts';
import { firstNumber, readDirectory, readTiffHeader, textOf } from './metadata/tiff-structure.ts';

export type DetectedFormat =
  | { readonly kind: 'photo'; readonly format: PhotoFormat }
  /** A picture of a kind that is recognised only so that the error can name it. */
  | { readonly kind: 'unsupported'; readonly name: string }
  | { readonly kind: 'not-a-picture' };

/** Looks at the first bytes, and for TIFF also at its first directory, where camera RAW files show themselves. */
export function detectFormat(source: ByteSource): DetectedFormat {
  const start = source.read(0, Math.min(source.size, 64));
  const ascii = (from: number, to: number) => String.fromCharCode(...start.subarray(from, to));
  const startsWith = (...bytes: number[]) => bytes.every((byte, index) => start[index] === byte);
  if (startsWith(0xff, 0xd8, 0xff)) return photo('jpeg');
  if (startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return photo('png');
  if (ascii(0, 6) === 'GIF87a' || ascii(0, 6) === 'GIF89a') return photo('gif');
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return photo('webp');
  if (isBitmap(start)) return photo('bmp');
  if (ascii(4, 8) === 'ftyp') return isoMedia(start);
  // Panasonic RW2 and Olympus ORF differ from TIFF only in the version field.
  if (startsWith(0x49, 0x49, 0x55, 0x00) || ascii(0, 4) === 'IIRO' || ascii(0, 4) === 'MMOR')
    return photo('raw');
  if (ascii(0, 15) === 'FUJIFILMCCD-RAW') return photo('raw');
  if (['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(ascii(0, 4))) {
    return isCameraRaw(source, ascii(8, 10)) ? photo('raw') : photo('tiff');
  }
  const name = otherPictureName(start, ascii);
  return name === null ? { kind: 'not-a-picture' } : { kind: 'unsupported', name };
}

function photo(format: PhotoFormat): DetectedFormat {
  return { kind: 'photo', format };
}

/** "BM" alone could start a text; the size of the second header is one of few. */
function isBitmap(start: Uint8Array): boolean {
  return (
    start[0] === 0x42 &&
    start[1] === 0x4d &&
    [12, 16, 40, 52, 56, 64, 108, 124].includes(start[14] ?? 0) &&
    start[15] === 0 &&
    start[16] === 0 &&
    start[17] === 0
  );
}

/** ISO/IEC 23008-12: the brands tell AVIF from HEIC; `mif1` alone may be either, so all brands are looked at. */
function isoMedia(start: Uint8Array): DetectedFormat {
  const boxEnd = Math.min(start.length, ((start[2] ?? 0) << 8) | (start[3] ?? 0));
  const brands: string[] = [];
  for (let at = 8; at + 4 <= boxEnd; at += 4) {
    if (at !== 12) brands.push(String.fromCharCode(...start.subarray(at, at + 4)));
  }
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return photo('avif');
  if (
    brands.some((brand) => ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'].includes(brand))
  ) {
    return photo('heic');
  }
  if (brands[0] === 'crx ') return photo('raw');
  return { kind: 'unsupported', name: 'MP4/QuickTime' };
}

const photometricTag = 262;
const makeTag = 271;
const subDirectoriesTag = 330;
const dngVersionTag = 50706;

/** A TIFF that is a negative: DNG by its version tag, CR2 by its mark, others by a colour filter array. */
function isCameraRaw(source: ByteSource, markAtEight: string): boolean {
  try {
    const header = readTiffHeader(source);
    const { directory } = readDirectory(source, header, header.firstDirectoryOffset);
    if (directory.entries.has(dngVersionTag)) return true;
    if (markAtEight === 'CR' && textOf(directory.entries.get(makeTag))?.startsWith('Canon')) return true;
    if (isFilterArray(firstNumber(directory.entries.get(photometricTag)))) return true;
    const pointers = directory.entries.get(subDirectoriesTag);
    if (pointers === undefined || (pointers.type !== 4 && pointers.type !== 13)) return false;
    const offsets = new Uint32Array(pointers.bytes.slice().buffer);
    return offsets.subarray(0, 8).some((offset) => {
      const inner = readDirectory(source, header, offset).directory;
      return isFilterArray(firstNumber(inner.entries.get(photometricTag)));
    });
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function isFilterArray(photometric: number | null): boolean {
  return photometric === 32_803 || photometric === 34_892;
}

function otherPictureName(start: Uint8Array, ascii: (from: number, to: number) => string): string | null {
  const text = new TextDecoder().decode(start).trimStart().toLowerCase();
  if (text.startsWith('<svg')) return 'SVG';
  if (ascii(0, 4) === '%PDF') return 'PDF';
  if (ascii(0, 4) === '8BPS') return 'Photoshop (PSD)';
  if (ascii(4, 8) === 'jP  ' || (start[0] === 0xff && start[1] === 0x4f && start[2] === 0xff))
    return 'JPEG 2000';
  if (ascii(4, 8) === 'JXL ' || (start[0] === 0xff && start[1] === 0x0a)) return 'JPEG XL';
  if (ascii(0, 4) === 'gimp') return 'GIMP (XCF)';
  if (ascii(0, 4) === 'v/1\x01') return 'OpenEXR';
  if (start[0] === 0 && start[1] === 0 && start[2] === 1 && start[3] === 0) return 'ICO';
  return null;
}
