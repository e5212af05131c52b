// Takes a model in from a file a person has. The digest decides which model it is; the name does not matter.
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { CatalogEntry } from '#shared/domain/model.ts';
import { HeirloomError, JobCancelled } from '#shared/errors/heirloom-error.ts';
import { copyWithDigest, sha256OfFile } from '../file-system/file-digest.ts';
import { freeBytesAt, isDiskFull } from '../file-system/free-space.ts';
import { syncFolder } from '../file-system/write-atomically.ts';

/** Finds the entry whose published bytes the file has. Errors: file.not-found, file.unreadable, file.empty, model.import-unrecognised. */
export async function recogniseModel(
  path: string,
  entries: readonly CatalogEntry[],
  signal?: AbortSignal,
): Promise<CatalogEntry> {
  const fileName = basename(path);
  let sha256: string;
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new HeirloomError('file.unreadable', { fileName });
    if (found.size === 0) throw new HeirloomError('file.empty', { fileName });
    sha256 = await sha256OfFile(path, { signal });
  } catch (error) {
    if (error instanceof HeirloomError || error instanceof JobCancelled) throw error;
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new HeirloomError(isMissing ? 'file.not-found' : 'file.unreadable', { fileName }, { cause: error });
  }
  const entry = entries.find((candidate) => candidate.sha256 === sha256);
  if (entry === undefined)
    throw new HeirloomError('model.import-unrecognised', { fileName }, { cause: sha256 });
  return entry;
}

/**
 * Copies a recognised file to its place in one step; the original is only read. The copy is hashed while it is written.
 * Errors: model.no-space, model.wrong-digest (the file changed meanwhile), model.folder-not-usable; JobCancelled.
 */
export async function copyIntoPlace(
  path: string,
  entry: CatalogEntry,
  finalPath: string,
  signal?: AbortSignal,
): Promise<void> {
  const temporaryPath = `${finalPath}.${randomUUID()}.tmp`;
  try {
    const { size } = await stat(path);
    const free = await freeBytesAt(finalPath);
    if (free !== null && free < size) throw noSpace(entry, size, free);
    await mkdir(dirname(finalPath), { recursive: true });
    const copied = await copyWithDigest(path, temporaryPath, { signal });
    if (copied.sha256 !== entry.sha256) throw new HeirloomError('model.wrong-digest', { fileName: path });
    await rename(temporaryPath, finalPath);
    await syncFolder(dirname(finalPath));
  } catch (error) {
    await rm(temporaryPath, { force: true }).catch(() => {});
    if (error instanceof HeirloomError || error instanceof JobCancelled) throw error;
    if (isDiskFull(error)) throw noSpace(entry, entry.byteSize ?? 0, (await freeBytesAt(finalPath)) ?? 0);
    throw new HeirloomError('model.folder-not-usable', { path: dirname(finalPath) }, { cause: error });
  }
}

function noSpace(entry: CatalogEntry, neededBytes: number, freeBytes: number): HeirloomError {
  return new HeirloomError('model.no-space', {
    name: entry.name,
    neededMb: Math.ceil(neededBytes / 1e6),
    freeMb: Math.floor(freeBytes / 1e6),
  });
}
