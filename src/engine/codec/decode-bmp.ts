// A small, careful BMP reader: sharp's libvips has none. Uncompressed 1, 4, 8, 16, 24 and 32 bit, bit fields, RLE4/8.
// Everything the header claims is checked against the file's length before memory is taken.
import type { Raster } from '../pixels/raster.ts';
import { viewOf } from './metadata/tiff-structure.ts';
import { assertOpenable } from './size-limits.ts';

export interface BmpHeader {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly isTopDown: boolean;
  readonly bitsPerPixel: 1 | 4 | 8 | 16 | 24 | 32;
  readonly compression: 'none' | 'rle8' | 'rle4';
  readonly masks: readonly [red: number, green: number, blue: number, alpha: number];
  /** Palette as RGB triples, empty above 8 bits. */
  readonly palette: Uint8Array;
  readonly pixelsAt: number;
  readonly densityPpi: number | null;
}

/** Thrown as RangeError: damaged. `UnsupportedBmp`: sound, but of a kind nobody writes (JPEG or PNG inside). */
export class UnsupportedBmp extends Error {
  override readonly name = 'UnsupportedBmp';
}

/** Reads the headers (BITMAPCOREHEADER, BITMAPINFOHEADER and its later versions). Throws RangeError, UnsupportedBmp. */
export function readBmpHeader(bytes: Uint8Array): BmpHeader {
  const view = viewOf(bytes);
  const pixelsAt = view.getUint32(10, true);
  const headerSize = view.getUint32(14, true);
  const isCore = headerSize === 12;
  const widthPx = isCore ? view.getUint16(18, true) : view.getInt32(18, true);
  const signedHeight = isCore ? view.getInt16(20, true) : view.getInt32(22, true);
  const bitsPerPixel = view.getUint16(isCore ? 24 : 28, true);
  const compressionCode = isCore || headerSize < 20 ? 0 : view.getUint32(30, true);
  if (widthPx <= 0 || signedHeight === 0) throw new RangeError(`BMP of ${widthPx}x${signedHeight}`);
  if (!isKnownDepth(bitsPerPixel)) throw new UnsupportedBmp(`${bitsPerPixel} bits per pixel`);
  const compression = compressionName(compressionCode, bitsPerPixel);
  const hasFields = compressionCode === 3 || compressionCode === 6;
  const masks = hasFields ? fieldMasks(view, headerSize, compressionCode) : defaultMasks(bitsPerPixel);
  const afterHeader =
    14 + headerSize + (hasFields && headerSize === 40 ? (compressionCode === 6 ? 16 : 12) : 0);
  const claimedColours = headerSize >= 36 ? view.getUint32(46, true) : 0;
  const pixelsPerMetre = headerSize >= 32 ? view.getInt32(38, true) : 0;
  return {
    widthPx,
    heightPx: Math.abs(signedHeight),
    isTopDown: signedHeight < 0,
    bitsPerPixel,
    compression,
    masks,
    palette:
      bitsPerPixel <= 8
        ? readPalette(bytes, afterHeader, isCore ? 3 : 4, bitsPerPixel, claimedColours)
        : new Uint8Array(0),
    pixelsAt,
    densityPpi: pixelsPerMetre > 0 ? Math.round(pixelsPerMetre * 0.0254) : null,
  };
}

/** Pixels of a whole BMP file. Throws RangeError when bytes are missing, file.too-large above the limit. */
export function decodeBmp(bytes: Uint8Array, fileName: string): { raster: Raster; alpha: Uint8Array | null } {
  const header = readBmpHeader(bytes);
  const { widthPx, heightPx, bitsPerPixel } = header;
  assertOpenable(fileName, widthPx, heightPx);
  if (header.compression !== 'none') {
    const indices = readRunLengths(bytes, header);
    return { raster: fromIndices(header, (x, y) => indices[y * widthPx + x] ?? 0), alpha: null };
  }
  const rowBytes = Math.ceil((widthPx * bitsPerPixel) / 32) * 4;
  if (header.pixelsAt + rowBytes * heightPx > bytes.length) throw new RangeError('BMP pixels are missing');
  const rowAt = (y: number) => header.pixelsAt + (header.isTopDown ? y : heightPx - 1 - y) * rowBytes;
  if (bitsPerPixel <= 8) {
    const perByte = 8 / bitsPerPixel;
    const mask = (1 << bitsPerPixel) - 1;
    return {
      raster: fromIndices(header, (x, y) => {
        const byte = bytes[rowAt(y) + Math.floor(x / perByte)] ?? 0;
        return (byte >> (8 - bitsPerPixel * ((x % perByte) + 1))) & mask;
      }),
      alpha: null,
    };
  }
  return fromFields(bytes, header, rowAt);
}

function fromIndices(header: BmpHeader, indexAt: (x: number, y: number) => number): Raster {
  const { widthPx, heightPx, palette } = header;
  const data = new Uint8Array(widthPx * heightPx * 3);
  let to = 0;
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      // An index beyond the palette is black, as every reader shows it.
      const from = indexAt(x, y) * 3;
      data[to++] = palette[from] ?? 0;
      data[to++] = palette[from + 1] ?? 0;
      data[to++] = palette[from + 2] ?? 0;
    }
  }
  return { widthPx, heightPx, data };
}

function fromFields(
  bytes: Uint8Array,
  header: BmpHeader,
  rowAt: (y: number) => number,
): { raster: Raster; alpha: Uint8Array | null } {
  const { widthPx, heightPx, bitsPerPixel, masks } = header;
  const data = new Uint8Array(widthPx * heightPx * 3);
  const alpha = masks[3] === 0 ? null : new Uint8Array(widthPx * heightPx);
  const read = masks.map(fieldReader);
  const [red, green, blue, transparency] = read;
  const bytesPerPixel = bitsPerPixel / 8;
  let pixel = 0;
  let anyAlpha = false;
  for (let y = 0; y < heightPx; y += 1) {
    let from = rowAt(y);
    for (let x = 0; x < widthPx; x += 1, pixel += 1, from += bytesPerPixel) {
      let value = (bytes[from] ?? 0) | ((bytes[from + 1] ?? 0) << 8);
      if (bytesPerPixel > 2) value |= (bytes[from + 2] ?? 0) << 16;
      if (bytesPerPixel > 3) value |= (bytes[from + 3] ?? 0) << 24;
      data[pixel * 3] = red?.(value) ?? 0;
      data[pixel * 3 + 1] = green?.(value) ?? 0;
      data[pixel * 3 + 2] = blue?.(value) ?? 0;
      if (alpha !== null) {
        const sample = transparency?.(value) ?? 255;
        alpha[pixel] = sample;
        anyAlpha ||= sample !== 0;
      }
    }
  }
  // Many writers leave the fourth byte at zero everywhere: that means opaque, not an invisible picture.
  return { raster: { widthPx, heightPx, data }, alpha: anyAlpha ? alpha : null };
}

/** A field of up to 32 bits, scaled to 0..255. */
function fieldReader(mask: number): (value: number) => number {
  if (mask === 0) return () => 0;
  const unsigned = mask >>> 0;
  const shift = Math.clz32(unsigned & -unsigned) ^ 31;
  const largest = unsigned >>> shift;
  if (largest === 255) return (value) => (value >>> shift) & 255;
  return (value) => Math.round((((value & mask) >>> shift) * 255) / largest);
}

/** RLE8 and RLE4: runs, literal spans padded to words, end of line, end of bitmap, jumps. */
function readRunLengths(bytes: Uint8Array, header: BmpHeader): Uint8Array {
  const { widthPx, heightPx, compression } = header;
  const indices = new Uint8Array(widthPx * heightPx);
  const isNibbles = compression === 'rle4';
  let x = 0;
  let line = 0;
  const put = (index: number): void => {
    if (x < widthPx && line < heightPx)
      indices[(header.isTopDown ? line : heightPx - 1 - line) * widthPx + x] = index;
    x += 1;
  };
  let at = header.pixelsAt;
  const next = (): number => {
    const byte = bytes[at];
    if (byte === undefined) throw new RangeError('BMP runs are missing');
    at += 1;
    return byte;
  };
  while (line < heightPx) {
    const count = next();
    const value = next();
    if (count > 0) {
      for (let index = 0; index < count; index += 1) put(nibble(value, index, isNibbles));
    } else if (value === 0) {
      x = 0;
      line += 1;
    } else if (value === 1) {
      break;
    } else if (value === 2) {
      x += next();
      line += next();
    } else {
      const start = at;
      const byteCount = isNibbles ? Math.ceil(value / 2) : value;
      for (let index = 0; index < value; index += 1) {
        if (!isNibbles || index % 2 === 0) next();
        put(nibble(bytes[at - 1] ?? 0, index, isNibbles));
      }
      at = start + byteCount + (byteCount & 1);
    }
  }
  return indices;
}

function nibble(value: number, index: number, isNibbles: boolean): number {
  if (!isNibbles) return value;
  return index % 2 === 0 ? value >> 4 : value & 15;
}

function isKnownDepth(bits: number): bits is BmpHeader['bitsPerPixel'] {
  return [1, 4, 8, 16, 24, 32].includes(bits);
}

function compressionName(code: number, bits: number): BmpHeader['compression'] {
  if (code === 0 || ((code === 3 || code === 6) && bits >= 16)) return 'none';
  if (code === 1 && bits === 8) return 'rle8';
  if (code === 2 && bits === 4) return 'rle4';
  throw new UnsupportedBmp(`compression ${code} at ${bits} bits`);
}

function defaultMasks(bits: number): BmpHeader['masks'] {
  return bits === 16 ? [0x7c00, 0x3e0, 0x1f, 0] : [0xff0000, 0xff00, 0xff, bits === 32 ? 0xff000000 | 0 : 0];
}

/** Masks stand at offset 54: after a 40-byte header, or as fields of a longer one. */
function fieldMasks(view: DataView, headerSize: number, compressionCode: number): BmpHeader['masks'] {
  const hasAlpha = headerSize >= 56 || compressionCode === 6;
  const alpha = hasAlpha ? view.getInt32(66, true) : 0;
  return [view.getInt32(54, true), view.getInt32(58, true), view.getInt32(62, true), alpha];
}

function readPalette(
  bytes: Uint8Array,
  at: number,
  entryBytes: 3 | 4,
  bits: number,
  claimedColours: number,
): Uint8Array {
  const colours = claimedColours > 0 ? Math.min(claimedColours, 1 << bits) : 1 << bits;
  const palette = new Uint8Array(colours * 3);
  for (let index = 0; index < colours; index += 1) {
    const from = at + index * entryBytes;
    palette[index * 3] = bytes[from + 2] ?? 0;
    palette[index * 3 + 1] = bytes[from + 1] ?? 0;
    palette[index * 3 + 2] = bytes[from] ?? 0;
  }
  return palette;
}
