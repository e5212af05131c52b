// Puts metadata into a WebP: the extended header (VP8X), ICCP before the pixels, EXIF and XMP after them.
// WebP has no place for IPTC-IIM, and none for density besides EXIF.
import type { MetadataBlocks } from './metadata-blocks.ts';

/** Bits of the VP8X flags byte (RFC 9649, 2.7). */
const flag = { icc: 0x20, alpha: 0x10, exif: 0x08, xmp: 0x04 } as const;

/** `webp` as an encoder wrote it: a still picture without metadata. */
export function embedInWebp(
  webp: Uint8Array,
  blocks: MetadataBlocks,
  size: { readonly widthPx: number; readonly heightPx: number },
): Uint8Array[] {
  const { iccProfile, exifBlock, xmp } = blocks;
  if (iccProfile === null && exifBlock === null && xmp === null) return [webp];
  const pixels = pixelChunks(webp);
  const header = Buffer.alloc(10);
  header[0] =
    (pixels.hasAlpha ? flag.alpha : 0) |
    (iccProfile === null ? 0 : flag.icc) |
    (exifBlock === null ? 0 : flag.exif) |
    (xmp === null ? 0 : flag.xmp);
  header.writeUIntLE(size.widthPx - 1, 4, 3);
  header.writeUIntLE(size.heightPx - 1, 7, 3);
  const pieces = [
    ...chunk('VP8X', header),
    ...(iccProfile === null ? [] : chunk('ICCP', iccProfile)),
    ...pixels.chunks,
    ...(exifBlock === null ? [] : chunk('EXIF', exifBlock)),
    ...(xmp === null ? [] : chunk('XMP ', xmp)),
  ];
  const riff = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  riff.writeUInt32LE(4 + pieces.reduce((sum, piece) => sum + piece.length, 0), 4);
  return [riff, ...pieces];
}

function pixelChunks(webp: Uint8Array): { chunks: Uint8Array[]; hasAlpha: boolean } {
  const bytes = Buffer.from(webp.buffer, webp.byteOffset, webp.byteLength);
  const chunks: Uint8Array[] = [];
  let hasAlpha = false;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const end = at + 8 + length + (length & 1);
    if (name === 'VP8X') hasAlpha ||= ((bytes[at + 8] ?? 0) & flag.alpha) !== 0;
    // A lossless stream says in its own header (after 1 + 28 bits) whether alpha is used.
    if (name === 'VP8L') hasAlpha ||= ((bytes[at + 12] ?? 0) & 0x10) !== 0;
    if (name === 'ALPH' || name === 'VP8 ' || name === 'VP8L') chunks.push(bytes.subarray(at, end));
    if (name === 'ALPH') hasAlpha = true;
    at = end;
  }
  return { chunks, hasAlpha };
}

function chunk(name: string, data: Uint8Array): Uint8Array[] {
  const head = Buffer.alloc(8);
  head.write(name, 0, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return [head, data, new Uint8Array(data.length & 1)];
}
