// Takes a picture into originals/: a copy named by its content, read-only, never written again. Main process.
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { PhotoFacts, PhotoFormat } from '#shared/domain/photo.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { copyWithDigest, sha256OfFile } from '../file-system/file-digest.ts';
import { systemCodeOf, writeErrorOf } from '../file-system/file-errors.ts';
import { syncFolder } from '../file-system/write-atomically.ts';

/** By format, not by the name the file came with: a PNG called .jpg is kept as .png. */
const extensions: Record<PhotoFormat, string> = {
  jpeg: 'jpg',
  png: 'png',
  tiff: 'tif',
  webp: 'webp',
  avif: 'avif',
  gif: 'gif',
  bmp: 'bmp',
  heic: 'heic',
  raw: 'raw',
};

export type CopyFile = typeof copyWithDigest;

/**
 * Copies the file at `sourcePath`, whose facts have been read, and answers with its path inside the project
 * (`originals/<sha256>.<ext>`). An intact copy that is there already is kept.
 * Errors: output.disk-full, output.not-writable; file.unreadable when the file changed since its facts were read.
 */
export async function keepOriginal(
  sourcePath: string,
  facts: PhotoFacts,
  originalsFolder: string,
  copyFile: CopyFile = copyWithDigest,
): Promise<string> {
  const fileName = `${facts.sha256}.${extensions[facts.format]}`;
  const targetPath = path.join(originalsFolder, fileName);
  if (!(await isIntact(targetPath, facts))) {
    const temporaryPath = path.join(originalsFolder, `${randomUUID()}.part`);
    try {
      await mkdir(originalsFolder, { recursive: true });
      const copied = await copyFile(sourcePath, temporaryPath);
      if (copied.sha256 !== facts.sha256)
        throw new HeirloomError('file.unreadable', { fileName: path.basename(sourcePath) });
      await chmod(temporaryPath, 0o444);
      await rename(temporaryPath, targetPath);
      await syncFolder(originalsFolder);
    } catch (error) {
      await rm(temporaryPath, { force: true }).catch(() => undefined);
      throw writeErrorOf(error, targetPath);
    }
  }
  return `originals/${fileName}`;
}

async function isIntact(filePath: string, facts: PhotoFacts): Promise<boolean> {
  try {
    return (await sha256OfFile(filePath)) === facts.sha256;
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return false;
    throw error;
  }
}
