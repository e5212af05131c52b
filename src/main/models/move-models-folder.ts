// Moves all models to another folder: everything is there and checked before the studio switches, then the old goes.
// Stopped at any moment before the switch, the old folder is as it was and the new one is left empty.
import { copyFile, link, mkdir, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { CatalogEntry } from '#shared/domain/model.ts';
import { HeirloomError, JobCancelled, throwIfCancelled } from '#shared/errors/heirloom-error.ts';
import { copyWithDigest } from '../file-system/file-digest.ts';
import { freeBytesAt, isDiskFull } from '../file-system/free-space.ts';
import { originPathOf, partPathOf } from './download/partial-file.ts';
import { indexFileName } from './model-index.ts';
import { pathOf } from './model-store.ts';

export interface MoveOptions {
  readonly from: string;
  readonly to: string;
  readonly entries: readonly CatalogEntry[];
  /** Of converted models: they have no published digest, but one that was checked. */
  readonly convertedFiles: readonly { readonly path: string; readonly sha256: string }[];
  readonly signal: AbortSignal;
  /** Makes the studio use the new folder. When it rejects, nothing has moved. */
  readonly switchTo: (folder: string) => Promise<void>;
}

/** Errors: model.folder-not-usable, model.no-space, model.wrong-digest (a copy came out wrong); JobCancelled. */
export async function moveModelsFolder(options: MoveOptions): Promise<void> {
  const { from, to, entries, convertedFiles, signal, switchTo } = options;
  const target = resolve(to);
  const isNew = await makeUsable(from, target);
  const files = await filesToMove(from, entries, convertedFiles);
  const made: string[] = [];
  try {
    await requireSpace(target, files);
    for (const file of files) {
      throwIfCancelled(signal);
      const newPath = join(target, relative(from, file.path));
      await mkdir(dirname(newPath), { recursive: true });
      made.push(newPath);
      await takeAcross(file, newPath, signal);
    }
    throwIfCancelled(signal);
    await switchTo(target);
  } catch (error) {
    await removeFiles(made, target);
    if (isNew) await rmdir(target).catch(() => {});
    if (error instanceof HeirloomError || error instanceof JobCancelled) throw error;
    if (isDiskFull(error)) throw await noSpace(target, files);
    throw new HeirloomError('model.folder-not-usable', { path: target }, { cause: error });
  }
  await removeFiles(
    files.map((file) => file.path),
    from,
  );
  await rmdir(from).catch(() => {});
}

interface FileToMove {
  readonly path: string;
  readonly byteSize: number;
  /** Null for what has no published digest: partial downloads and the index. */
  readonly sha256: string | null;
}

async function filesToMove(
  from: string,
  entries: readonly CatalogEntry[],
  convertedFiles: MoveOptions['convertedFiles'],
): Promise<FileToMove[]> {
  const published = entries.flatMap((entry) => {
    const path = pathOf(from, entry);
    return [
      { path, sha256: entry.sha256 },
      { path: partPathOf(path), sha256: null },
      { path: originPathOf(path), sha256: null },
    ];
  });
  const index = { path: join(from, indexFileName), sha256: null };
  const wanted = [...published, ...convertedFiles, index];
  const files: FileToMove[] = [];
  for (const file of wanted) {
    const found = await stat(file.path).catch(() => null);
    if (found?.isFile()) files.push({ ...file, byteSize: found.size });
  }
  return files;
}

/** On one disk a second name for the same bytes is instant and cannot go wrong; elsewhere a checked copy. */
async function takeAcross(file: FileToMove, newPath: string, signal: AbortSignal): Promise<void> {
  if (file.sha256 === null) return copyFile(file.path, newPath);
  try {
    return await link(file.path, newPath);
  } catch {
    // Another disk, or a file system without hard links.
  }
  const copied = await copyWithDigest(file.path, newPath, { signal });
  if (copied.sha256 !== file.sha256) throw new HeirloomError('model.wrong-digest', { fileName: file.path });
}

/** @returns whether the folder was made just now. */
async function makeUsable(from: string, target: string): Promise<boolean> {
  const isInside = (inner: string, outer: string): boolean =>
    inner === outer || inner.startsWith(outer + sep);
  const refuse = (cause?: unknown): HeirloomError =>
    new HeirloomError('model.folder-not-usable', { path: target }, { cause });
  if (isInside(target, resolve(from)) || isInside(resolve(from), target))
    throw refuse('one lies inside the other');
  let found: string[];
  let firstMade: string | undefined;
  try {
    firstMade = await mkdir(target, { recursive: true });
    found = await readdir(target);
  } catch (error) {
    throw refuse(error);
  }
  if (found.length > 0) throw refuse('not empty');
  return firstMade !== undefined;
}

async function requireSpace(target: string, files: readonly FileToMove[]): Promise<void> {
  const free = await freeBytesAt(target);
  const [oldDisk, newDisk] = await Promise.all([
    files[0] === undefined ? null : stat(files[0].path),
    stat(target),
  ]);
  if (free === null || oldDisk?.dev === newDisk.dev) return;
  if (free < totalBytes(files)) throw await noSpace(target, files);
}

async function noSpace(target: string, files: readonly FileToMove[]): Promise<HeirloomError> {
  return new HeirloomError('model.no-space', {
    name: target,
    neededMb: Math.ceil(totalBytes(files) / 1e6),
    freeMb: Math.floor(((await freeBytesAt(target)) ?? 0) / 1e6),
  });
}

function totalBytes(files: readonly FileToMove[]): number {
  return files.reduce((sum, file) => sum + file.byteSize, 0);
}

/** Removes these files and the folders they leave empty; what else lies there stays. */
async function removeFiles(paths: readonly string[], root: string): Promise<void> {
  for (const path of paths) await rm(path, { force: true }).catch(() => {});
  const folders = [...new Set(paths.map((path) => dirname(path)))];
  // The inner ones first.
  for (const folder of folders.toSorted((a, b) => b.length - a.length)) {
    if (folder !== root) await rmdir(folder).catch(() => {});
  }
}
