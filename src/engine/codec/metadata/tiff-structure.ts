// The tag structure that TIFF files and EXIF blocks share: reading directories, and writing them again.
// Knows nothing of what a tag means. Values are held in little-endian order, whatever the file uses.
import { type ByteSource, bytesInMemory } from '../byte-source.ts';

export interface TiffEntry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** `count` values, little-endian. */
  readonly bytes: Uint8Array;
}

/** A directory and those it points to, by pointer tag. */
export interface TiffDirectory {
  readonly entries: Map<number, TiffEntry>;
  readonly children: Map<number, TiffDirectory>;
}

export interface TiffHeader {
  readonly littleEndian: boolean;
  readonly isBigTiff: boolean;
  readonly firstDirectoryOffset: number;
}

/** TIFF 6.0 section 2, EXIF and BigTIFF: bytes per value of each type, and the unit that is byte-swapped. */
const valueSize: Readonly<Record<number, readonly [bytes: number, swapped: number]>> = {
  1: [1, 1],
  2: [1, 1],
  3: [2, 2],
  4: [4, 4],
  5: [8, 4],
  6: [1, 1],
  7: [1, 1],
  8: [2, 2],
  9: [4, 4],
  10: [8, 4],
  11: [4, 4],
  12: [8, 8],
  13: [4, 4],
  16: [8, 8],
  17: [8, 8],
  18: [8, 8],
};

/** Metadata is small; a longer value is a lie or pixel data. */
const largestValueBytes = 64 * 1024 * 1024;

/** Throws RangeError when these are not the first bytes of a TIFF structure. */
export function readTiffHeader(source: ByteSource): TiffHeader {
  const start = source.read(0, 8);
  const order = String.fromCharCode(start[0] ?? 0, start[1] ?? 0);
  if (order !== 'II' && order !== 'MM') throw new RangeError('no TIFF byte order mark');
  const littleEndian = order === 'II';
  const view = viewOf(start);
  const version = view.getUint16(2, littleEndian);
  if (version === 42) {
    return { littleEndian, isBigTiff: false, firstDirectoryOffset: view.getUint32(4, littleEndian) };
  }
  if (version !== 43) throw new RangeError(`TIFF version ${version}`);
  const offset = Number(viewOf(source.read(8, 8)).getBigUint64(0, littleEndian));
  return { littleEndian, isBigTiff: true, firstDirectoryOffset: offset };
}

/** One directory without its children. Entries whose value lies outside the file are left out. */
export function readDirectory(
  source: ByteSource,
  header: TiffHeader,
  offset: number,
): { directory: TiffDirectory; nextOffset: number } {
  const { littleEndian, isBigTiff } = header;
  const countBytes = isBigTiff ? 8 : 2;
  const entryBytes = isBigTiff ? 20 : 12;
  const wordBytes = isBigTiff ? 8 : 4;
  const word = (view: DataView, at: number) =>
    isBigTiff ? Number(view.getBigUint64(at, littleEndian)) : view.getUint32(at, littleEndian);
  const countView = viewOf(source.read(offset, countBytes));
  const count = isBigTiff
    ? Number(countView.getBigUint64(0, littleEndian))
    : countView.getUint16(0, littleEndian);
  if (count > 65_535) throw new RangeError('too many tags');
  const table = source.read(offset + countBytes, count * entryBytes);
  const view = viewOf(table);
  const entries = new Map<number, TiffEntry>();
  for (let index = 0; index < count; index += 1) {
    const at = index * entryBytes;
    const type = view.getUint16(at + 2, littleEndian);
    const size = valueSize[type];
    const valueCount = word(view, at + 4);
    if (size === undefined) continue;
    const length = valueCount * size[0];
    if (length > largestValueBytes) continue;
    const inlineAt = at + 4 + wordBytes;
    const valueOffset = word(view, inlineAt);
    let bytes: Uint8Array;
    if (length <= wordBytes) bytes = table.slice(inlineAt, inlineAt + length);
    else if (valueOffset + length <= source.size) bytes = source.read(valueOffset, length).slice();
    else continue;
    if (!littleEndian) reverseUnits(bytes, size[1]);
    const tag = view.getUint16(at, littleEndian);
    entries.set(tag, { tag, type, count: valueCount, bytes });
  }
  let nextOffset = 0;
  const nextAt = offset + countBytes + count * entryBytes;
  if (nextAt + wordBytes <= source.size) nextOffset = word(viewOf(source.read(nextAt, wordBytes)), 0);
  return { directory: { entries, children: new Map() }, nextOffset };
}

/** Follows the pointer tags in `pointers` (tag -> pointers of that child) and takes them out of the entries. */
export function readChildren(
  source: ByteSource,
  header: TiffHeader,
  directory: TiffDirectory,
  pointers: PointerTags,
): void {
  for (const [tag, inner] of pointers) {
    const entry = directory.entries.get(tag);
    if (entry === undefined) continue;
    directory.entries.delete(tag);
    const offset = firstNumber(entry);
    if (offset === null) continue;
    try {
      const child = readDirectory(source, header, offset).directory;
      readChildren(source, header, child, inner);
      directory.children.set(tag, child);
    } catch (error) {
      // A pointer into nowhere: the rest of the metadata is still good.
      if (!(error instanceof RangeError)) throw error;
    }
  }
}

export interface PointerTags extends ReadonlyMap<number, PointerTags> {}

/** The first value of an integer or rational entry, or null. */
export function firstNumber(entry: TiffEntry | undefined): number | null {
  if (entry === undefined || entry.count < 1) return null;
  const view = viewOf(entry.bytes);
  switch (entry.type) {
    case 1:
    case 7:
      return view.getUint8(0);
    case 3:
      return view.getUint16(0, true);
    case 4:
    case 13:
      return view.getUint32(0, true);
    case 5: {
      const denominator = view.getUint32(4, true);
      return denominator === 0 ? null : view.getUint32(0, true) / denominator;
    }
    case 16:
    case 18:
      return Number(view.getBigUint64(0, true));
    default:
      return null;
  }
}

/** ASCII up to the first NUL, trimmed; null when empty or of another type. */
export function textOf(entry: TiffEntry | undefined): string | null {
  if (entry === undefined || entry.type !== 2) return null;
  const text = new TextDecoder().decode(entry.bytes).split('\0', 1)[0]?.trim() ?? '';
  return text === '' ? null : text;
}

export function shortEntry(tag: number, ...values: number[]): TiffEntry {
  return { tag, type: 3, count: values.length, bytes: new Uint8Array(new Uint16Array(values).buffer) };
}

export function longEntry(tag: number, ...values: number[]): TiffEntry {
  return { tag, type: 4, count: values.length, bytes: new Uint8Array(new Uint32Array(values).buffer) };
}

/** A rational to a thousandth. */
export function rationalEntry(tag: number, value: number): TiffEntry {
  const isWhole = Number.isInteger(value);
  const pair = isWhole ? [value, 1] : [Math.round(value * 1000), 1000];
  return { tag, type: 5, count: 1, bytes: new Uint8Array(new Uint32Array(pair).buffer) };
}

export function bytesEntry(tag: number, type: 1 | 7, bytes: Uint8Array): TiffEntry {
  return { tag, type, count: bytes.length, bytes };
}

/**
 * Little-endian bytes of a directory, its values and its children, to be placed at `baseOffset` (even) of a file.
 * The directory itself comes first.
 */
export function writeDirectory(directory: TiffDirectory, baseOffset: number): Uint8Array {
  const tags = [...directory.entries.keys(), ...directory.children.keys()].sort((a, b) => a - b);
  const tableBytes = 2 + tags.length * 12 + 4;
  const table = new Uint8Array(tableBytes);
  const view = viewOf(table);
  view.setUint16(0, tags.length, true);
  const pieces: Uint8Array[] = [table];
  let end = tableBytes;
  const append = (bytes: Uint8Array): number => {
    const offset = baseOffset + end;
    pieces.push(bytes);
    end += bytes.length;
    if (bytes.length % 2 === 1) {
      pieces.push(new Uint8Array(1));
      end += 1;
    }
    return offset;
  };
  tags.forEach((tag, index) => {
    const at = 2 + index * 12;
    view.setUint16(at, tag, true);
    const child = directory.children.get(tag);
    if (child !== undefined) {
      view.setUint16(at + 2, 4, true);
      view.setUint32(at + 4, 1, true);
      view.setUint32(at + 8, append(writeDirectory(child, baseOffset + end)), true);
      return;
    }
    const entry = directory.entries.get(tag);
    if (entry === undefined) return;
    view.setUint16(at + 2, entry.type, true);
    view.setUint32(at + 4, entry.count, true);
    if (entry.bytes.length <= 4) table.set(entry.bytes, at + 8);
    else view.setUint32(at + 8, append(entry.bytes), true);
  });
  return Buffer.concat(pieces);
}

/** A whole little-endian TIFF structure with one directory, as an EXIF block has it. */
export function writeTiffBlock(directory: TiffDirectory): Uint8Array {
  const header = Uint8Array.from([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
  return Buffer.concat([header, writeDirectory(directory, 8)]);
}

export function readTiffBlock(bytes: Uint8Array, pointers: PointerTags): TiffDirectory {
  const source = bytesInMemory(bytes);
  const header = readTiffHeader(source);
  const { directory } = readDirectory(source, header, header.firstDirectoryOffset);
  readChildren(source, header, directory, pointers);
  return directory;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function reverseUnits(bytes: Uint8Array, unit: number): void {
  if (unit === 1) return;
  for (let at = 0; at + unit <= bytes.length; at += unit) bytes.subarray(at, at + unit).reverse();
}
