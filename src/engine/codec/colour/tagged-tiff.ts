// The one way to hand sharp raw colours together with an ICC profile: an uncompressed TIFF in memory.
import { tag } from '../metadata/exif-tags.ts';
import {
  bytesEntry,
  longEntry,
  shortEntry,
  type TiffEntry,
  writeDirectory,
} from '../metadata/tiff-structure.ts';

/** RGB colours, 8 or 16 bit, as a picture of one row. */
export function taggedTiff(colours: Uint8Array | Uint16Array, profile: Uint8Array): Uint8Array {
  const pixels = new Uint8Array(colours.buffer, colours.byteOffset, colours.byteLength);
  const padded = Buffer.concat([pixels, new Uint8Array(pixels.length & 1)]);
  const bits = colours.BYTES_PER_ELEMENT * 8;
  const entries: TiffEntry[] = [
    longEntry(tag.imageWidth, colours.length / 3),
    longEntry(tag.imageLength, 1),
    shortEntry(tag.bitsPerSample, bits, bits, bits),
    shortEntry(tag.compression, 1),
    shortEntry(tag.photometric, 2),
    longEntry(tag.stripOffsets, 8),
    shortEntry(tag.samplesPerPixel, 3),
    longEntry(tag.rowsPerStrip, 1),
    longEntry(tag.stripByteCounts, pixels.length),
    bytesEntry(tag.iccProfile, 7, profile),
  ];
  const directoryAt = 8 + padded.length;
  const header = Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0]);
  header.writeUInt32LE(directoryAt, 4);
  const directory = {
    entries: new Map(entries.map((entry) => [entry.tag, entry] as const)),
    children: new Map(),
  };
  return Buffer.concat([header, padded, writeDirectory(directory, directoryAt)]);
}
