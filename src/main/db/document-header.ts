// The first hundred bytes of a document, read without SQLite: what the file claims to be. Main process, never writes.
// Layout: https://www.sqlite.org/fileformat2.html#the_database_header
import { closeSync, openSync, readSync } from 'node:fs';

/** "Hrlm": marks a SQLite file as a Heirloom project. Changing it makes every project unreadable. */
export const heirloomApplicationId = 0x48726c6d;

const headerByteCount = 100;
const magic = Buffer.from('SQLite format 3\0', 'latin1');
const applicationIdOffset = 68;

export interface DocumentHeader {
  readonly isSqlite: boolean;
  readonly isHeirloom: boolean;
}

/** null when the file is too short to have a header. Throws the file system's error when it cannot be read. */
export function readDocumentHeader(documentPath: string): DocumentHeader | null {
  const header = Buffer.alloc(headerByteCount);
  const file = openSync(documentPath, 'r');
  try {
    if (readSync(file, header, 0, headerByteCount, 0) < headerByteCount) return null;
  } finally {
    closeSync(file);
  }
  return {
    isSqlite: header.subarray(0, magic.length).equals(magic),
    isHeirloom: header.readUInt32BE(applicationIdOffset) === heirloomApplicationId,
  };
}
