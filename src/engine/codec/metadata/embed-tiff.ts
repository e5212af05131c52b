// Puts metadata into a TIFF by writing its directory anew at the end: pixels stay where they are.
import { bytesInMemory } from '../byte-source.ts';
import { descriptiveEntries } from './exif-rewrite.ts';
import { tag } from './exif-tags.ts';
import type { MetadataBlocks } from './metadata-blocks.ts';
import {
  bytesEntry,
  rationalEntry,
  readDirectory,
  readTiffHeader,
  shortEntry,
  writeDirectory,
} from './tiff-structure.ts';

/** `tiff`: one page, classic, little-endian, as libtiff writes it here. */
export function embedInTiff(tiff: Uint8Array, blocks: MetadataBlocks): Uint8Array[] {
  const source = bytesInMemory(tiff);
  const header = readTiffHeader(source);
  if (!header.littleEndian || header.isBigTiff) throw new Error('expected a classic little-endian TIFF');
  const { directory } = readDirectory(source, header, header.firstDirectoryOffset);
  const { entries, children } = directory;
  if (blocks.exif !== null) {
    const described = descriptiveEntries(blocks.exif);
    for (const [number, entry] of described.entries) entries.set(number, entry);
    for (const [number, child] of described.children) children.set(number, child);
  }
  if (blocks.xmp !== null) entries.set(tag.xmp, bytesEntry(tag.xmp, 1, blocks.xmp));
  if (blocks.iptc !== null) entries.set(tag.iptc, bytesEntry(tag.iptc, 7, blocks.iptc));
  if (blocks.iccProfile !== null) {
    entries.set(tag.iccProfile, bytesEntry(tag.iccProfile, 7, blocks.iccProfile));
  }
  if (blocks.densityPpi === null) {
    // The encoder invents one; a picture of unknown print size has none.
    entries.delete(tag.xResolution);
    entries.delete(tag.yResolution);
    entries.delete(tag.resolutionUnit);
  } else {
    entries.set(tag.xResolution, rationalEntry(tag.xResolution, blocks.densityPpi));
    entries.set(tag.yResolution, rationalEntry(tag.yResolution, blocks.densityPpi));
    entries.set(tag.resolutionUnit, shortEntry(tag.resolutionUnit, 2));
  }
  const directoryAt = tiff.length + (tiff.length & 1);
  const start = Buffer.from(tiff.subarray(0, 8));
  start.writeUInt32LE(directoryAt, 4);
  return [start, tiff.subarray(8), new Uint8Array(tiff.length & 1), writeDirectory(directory, directoryAt)];
}
