// The table of contents of a zip archive, zip64 included, from its end. Engine process, readers only.
// Field names and signatures: PKWARE's APPNOTE.TXT, sections 4.3.7 to 4.3.16. Nothing is unpacked.
import { type CheckpointFile, safeInteger } from './checkpoint-file.ts';
import { damaged } from './damage.ts';
import { type MemoryAllowance, objectCosts } from './memory-allowance.ts';

export interface ZipEntry {
  readonly name: string;
  readonly byteSize: number;
  /** CRC-32 of the content; 0 also when the writer left it out. */
  readonly crc32: number;
  readonly localHeaderPosition: number;
}

const endRecordBytes = 22;
const longestCommentBytes = 0xffff;
const zip64LocatorBytes = 20;
const zip64EndRecordBytes = 56;
const centralHeaderBytes = 46;
const localHeaderBytes = 30;
const signatures = {
  end: 0x06054b50,
  zip64Locator: 0x07064b50,
  zip64End: 0x06064b50,
  central: 0x02014b50,
  local: 0x04034b50,
};
const isEncrypted = 0x0001;

/** Throws DamagedCheckpoint for anything a checkpoint's archive does not have: compression, encryption, twins. */
export async function readZipDirectory(
  file: CheckpointFile,
  allowance: MemoryAllowance,
): Promise<ReadonlyMap<string, ZipEntry>> {
  const { position, byteSize, entryCount } = await findDirectory(file);
  if (position + byteSize > file.byteSize) damaged('its table of contents lies outside');
  if (entryCount * centralHeaderBytes > byteSize) damaged('its table of contents is too short');
  const bytes = file.stream(position, position + byteSize);
  const entries = new Map<string, ZipEntry>();
  for (let index = 0; index < entryCount; index += 1) {
    const header = bytes.take(centralHeaderBytes);
    if (header.readUInt32LE(0) !== signatures.central) damaged('its table of contents is broken');
    const nameBytes = header.readUInt16LE(28);
    const extraBytes = header.readUInt16LE(30);
    allowance.spend(2 * nameBytes + objectCosts.record + objectCosts.entry);
    const name = bytes.take(nameBytes).toString('utf8');
    const extra = bytes.take(extraBytes);
    bytes.take(header.readUInt16LE(32));
    const entry = toEntry(name, header, extra);
    if (entry.localHeaderPosition + localHeaderBytes + entry.byteSize > file.byteSize) {
      damaged(`${name} is cut off`);
    }
    if (entries.has(name)) damaged(`it has ${name} twice`);
    entries.set(name, entry);
  }
  return entries;
}

/** Where an entry's content begins: names and extra fields before it may differ from the directory's. */
export async function contentPosition(file: CheckpointFile, entry: ZipEntry): Promise<number> {
  const header = Buffer.alloc(localHeaderBytes);
  await file.fill(header, entry.localHeaderPosition);
  if (header.readUInt32LE(0) !== signatures.local) damaged(`${entry.name} is not where it should be`);
  const position =
    entry.localHeaderPosition + localHeaderBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (position + entry.byteSize > file.byteSize) damaged(`${entry.name} is cut off`);
  return position;
}

interface DirectoryPlace {
  readonly position: number;
  readonly byteSize: number;
  readonly entryCount: number;
}

async function findDirectory(file: CheckpointFile): Promise<DirectoryPlace> {
  const tail = Buffer.alloc(Math.min(file.byteSize, endRecordBytes + longestCommentBytes));
  await file.fill(tail, file.byteSize - tail.length);
  for (let at = tail.length - endRecordBytes; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== signatures.end) continue;
    if (at + endRecordBytes + tail.readUInt16LE(at + 20) !== tail.length) continue;
    const place = {
      entryCount: tail.readUInt16LE(at + 10),
      byteSize: tail.readUInt32LE(at + 12),
      position: tail.readUInt32LE(at + 16),
    };
    const isWhole = place.entryCount !== 0xffff && place.byteSize !== 0xffffffff;
    if (isWhole && place.position !== 0xffffffff) return place;
    return findZip64Directory(file, file.byteSize - tail.length + at - zip64LocatorBytes);
  }
  return damaged('its end is missing');
}

async function findZip64Directory(file: CheckpointFile, locatorPosition: number): Promise<DirectoryPlace> {
  const locator = Buffer.alloc(zip64LocatorBytes);
  await file.fill(locator, locatorPosition);
  if (locator.readUInt32LE(0) !== signatures.zip64Locator) damaged('its end is broken');
  const record = Buffer.alloc(zip64EndRecordBytes);
  await file.fill(record, safeInteger(locator.readBigUInt64LE(8)));
  if (record.readUInt32LE(0) !== signatures.zip64End) damaged('its end is broken');
  return {
    entryCount: safeInteger(record.readBigUInt64LE(32)),
    byteSize: safeInteger(record.readBigUInt64LE(40)),
    position: safeInteger(record.readBigUInt64LE(48)),
  };
}

function toEntry(name: string, header: Buffer, extra: Buffer): ZipEntry {
  if ((header.readUInt16LE(8) & isEncrypted) !== 0) damaged(`${name} is encrypted`);
  if (header.readUInt16LE(10) !== 0) damaged(`${name} is compressed`);
  const stored = {
    compressed: header.readUInt32LE(20),
    plain: header.readUInt32LE(24),
    at: header.readUInt32LE(42),
  };
  // Fields of all ones stand in the zip64 extra field instead, in this order, each only when needed.
  const long = zip64Field(extra);
  let next = 0;
  const resolve = (value: number): number => {
    if (value !== 0xffffffff) return value;
    if (long === null || next + 8 > long.length) damaged(`the length of ${name} is missing`);
    const resolved = safeInteger(long.readBigUInt64LE(next));
    next += 8;
    return resolved;
  };
  const byteSize = resolve(stored.plain);
  if (resolve(stored.compressed) !== byteSize) damaged(`${name} has two lengths`);
  return { name, byteSize, crc32: header.readUInt32LE(16), localHeaderPosition: resolve(stored.at) };
}

function zip64Field(extra: Buffer): Buffer | null {
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1) return extra.subarray(at + 4, at + 4 + length);
    at += 4 + length;
  }
  return null;
}
