// An original's EXIF for a new picture: upright, new pixel size, same print size, private fields out if asked.
import { bytesInMemory } from '../byte-source.ts';
import { descriptiveTags, privateTags, tag } from './exif-tags.ts';
import {
  firstNumber,
  longEntry,
  rationalEntry,
  readTiffHeader,
  shortEntry,
  type TiffDirectory,
  viewOf,
} from './tiff-structure.ts';

export interface ExifChanges {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly densityPpi: number | null;
  readonly dropPrivate: boolean;
}

/** A corrected copy; the thumbnail, which shows the old picture, is not part of the form. */
export function rewriteExif(original: TiffDirectory | null, changes: ExifChanges): TiffDirectory | null {
  const { densityPpi, dropPrivate } = changes;
  if (original === null && densityPpi === null) return null;
  const root = copyDirectory(original ?? { entries: new Map(), children: new Map() }, dropPrivate);
  if (dropPrivate) root.children.delete(tag.gpsDirectory);
  setIfThere(root, shortEntry(tag.orientation, 1));
  setIfThere(root, longEntry(tag.imageWidth, changes.widthPx));
  setIfThere(root, longEntry(tag.imageLength, changes.heightPx));
  if (densityPpi !== null) {
    root.entries.set(tag.xResolution, rationalEntry(tag.xResolution, densityPpi));
    root.entries.set(tag.yResolution, rationalEntry(tag.yResolution, densityPpi));
    root.entries.set(tag.resolutionUnit, shortEntry(tag.resolutionUnit, 2));
  }
  const exif = root.children.get(tag.exifDirectory);
  if (exif !== undefined) {
    setIfThere(exif, longEntry(tag.pixelXDimension, changes.widthPx));
    setIfThere(exif, longEntry(tag.pixelYDimension, changes.heightPx));
  }
  return root.entries.size === 0 && root.children.size === 0 ? null : root;
}

/** What of an EXIF directory belongs into a TIFF file's own directory: not how other pixels were stored. */
export function descriptiveEntries(root: TiffDirectory): TiffDirectory {
  const entries = [...root.entries].filter(([number]) => descriptiveTags.has(number));
  return { entries: new Map(entries), children: root.children };
}

/**
 * The original block with the same corrections made in place, so that every offset inside it holds: maker notes
 * point into the block, and moving them breaks many makers' own. Null when the block cannot be corrected that way.
 */
export function patchExifBlock(block: Uint8Array, changes: ExifChanges): Uint8Array | null {
  const patched = block.slice();
  const { littleEndian, isBigTiff, firstDirectoryOffset } = readTiffHeader(bytesInMemory(patched));
  if (isBigTiff) return null;
  const view = viewOf(patched);
  const entryAt = (directoryAt: number, wanted: number): number | null => {
    const count = view.getUint16(directoryAt, littleEndian);
    for (let index = 0; index < count; index += 1) {
      const at = directoryAt + 2 + index * 12;
      if (view.getUint16(at, littleEndian) === wanted) return at;
    }
    return null;
  };
  const setLong = (at: number | null, value: number): void => {
    if (at === null) return;
    view.setUint16(at + 2, 4, littleEndian);
    view.setUint32(at + 4, 1, littleEndian);
    view.setUint32(at + 8, value, littleEndian);
  };
  const setShort = (at: number | null, value: number): void => {
    if (at === null) return;
    view.setUint16(at + 2, 3, littleEndian);
    view.setUint32(at + 4, 1, littleEndian);
    view.setUint32(at + 8, 0, littleEndian);
    view.setUint16(at + 8, value, littleEndian);
  };
  const main = firstDirectoryOffset;
  if (changes.densityPpi !== null) {
    for (const number of [tag.xResolution, tag.yResolution]) {
      const at = entryAt(main, number);
      if (at === null || view.getUint16(at + 2, littleEndian) !== 5) return null;
      const valueAt = view.getUint32(at + 8, littleEndian);
      const isWhole = Number.isInteger(changes.densityPpi);
      view.setUint32(
        valueAt,
        isWhole ? changes.densityPpi : Math.round(changes.densityPpi * 1000),
        littleEndian,
      );
      view.setUint32(valueAt + 4, isWhole ? 1 : 1000, littleEndian);
    }
    const unitAt = entryAt(main, tag.resolutionUnit);
    if (unitAt === null) return null;
    setShort(unitAt, 2);
  }
  setShort(entryAt(main, tag.orientation), 1);
  setLong(entryAt(main, tag.imageWidth), changes.widthPx);
  setLong(entryAt(main, tag.imageLength), changes.heightPx);
  const pointerAt = entryAt(main, tag.exifDirectory);
  if (pointerAt !== null) {
    const exif = view.getUint32(pointerAt + 8, littleEndian);
    setLong(entryAt(exif, tag.pixelXDimension), changes.widthPx);
    setLong(entryAt(exif, tag.pixelYDimension), changes.heightPx);
  }
  // No next directory: that was the thumbnail.
  view.setUint32(main + 2 + view.getUint16(main, littleEndian) * 12, 0, littleEndian);
  return patched;
}

export function hasMakerNote(root: TiffDirectory): boolean {
  return root.children.get(tag.exifDirectory)?.entries.has(tag.makerNote) ?? false;
}

function copyDirectory(directory: TiffDirectory, dropPrivate: boolean): TiffDirectory {
  const entries = [...directory.entries].filter(([number]) => !dropPrivate || !privateTags.has(number));
  const children = [...directory.children].map(
    ([number, child]) => [number, copyDirectory(child, dropPrivate)] as const,
  );
  return { entries: new Map(entries), children: new Map(children) };
}

/** Says nothing the original did not say. */
function setIfThere(
  directory: TiffDirectory,
  entry: { tag: number; type: number; count: number; bytes: Uint8Array },
): void {
  if (firstNumber(directory.entries.get(entry.tag)) !== null) directory.entries.set(entry.tag, entry);
}
