// Keeps a damaged document, byte for byte, where nothing will touch it. Main process.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Copies the document and its write-ahead log beside it, or into `fallbackFolder` where its folder cannot be written.
 * Named by content, so that opening the same damaged document again makes no second copy. Returns the copy's path.
 */
export function keepDamagedCopy(documentPath: string, fallbackFolder: string): string {
  const digest = createHash('sha256').update(readFileSync(documentPath)).digest('hex').slice(0, 8);
  const { name, dir } = path.parse(documentPath);
  const copyName = `${name}.damaged-${digest}.heirloom-copy`;
  try {
    return copyInto(dir, copyName, documentPath);
  } catch {
    mkdirSync(fallbackFolder, { recursive: true });
    return copyInto(fallbackFolder, copyName, documentPath);
  }
}

function copyInto(folder: string, copyName: string, documentPath: string): string {
  const copyPath = path.join(folder, copyName);
  if (existsSync(copyPath)) return copyPath;
  copyFileSync(documentPath, copyPath);
  if (existsSync(`${documentPath}-wal`)) copyFileSync(`${documentPath}-wal`, `${copyPath}-wal`);
  return copyPath;
}
