// Where model files lie and whether they are the published ones. Knows nothing of networks or licences.
//
// Layout: <models folder>/<model id>/<file name>. Readable by a person, and two files of one name never meet: several
// publishers use the same name for different bytes, so a file is always recognised by its digest.
import { type Stats, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogEntry } from '#shared/domain/model.ts';
import { HeirloomError, JobCancelled } from '#shared/errors/heirloom-error.ts';
import { type ReadingOptions, sha256OfFile } from '../file-system/file-digest.ts';
import type { FileStamp, ModelIndex } from './model-index.ts';

export type Presence =
  | { readonly kind: 'absent' }
  | { readonly kind: 'unverified' | 'verified' | 'wrong'; readonly path: string; readonly stamp: FileStamp };

export function folderOf(modelsFolder: string, entry: CatalogEntry): string {
  return join(modelsFolder, entry.id);
}

export function pathOf(modelsFolder: string, entry: CatalogEntry): string {
  return join(folderOf(modelsFolder, entry), entry.fileName);
}

export interface ModelStore {
  readonly modelsFolder: string;
  /** What is on disk now, by the index's memory; reads no file's content. */
  presenceOf(entry: CatalogEntry): Presence;
  /** Path of the intact file; hashes it unless it is remembered. Errors: model.not-installed, model.wrong-digest. */
  verifiedPath(
    entry: CatalogEntry,
    options?: ReadingOptions & { readonly isFresh?: boolean },
  ): Promise<string>;
  /** Notes that the file just written at `path` was hashed on the way and is right. */
  rememberVerified(entry: CatalogEntry, path: string): Promise<void>;
}

/** A models folder with its memory. */
export interface ModelShelf {
  readonly store: ModelStore;
  readonly index: ModelIndex;
}

export interface ModelStoreOptions {
  readonly modelsFolder: string;
  /** Where models that ship with the application lie, each as <folder>/<id>/<file> or <folder>/<file>. */
  readonly bundledFolders: readonly string[];
  readonly index: ModelIndex;
}

export function createModelStore({ modelsFolder, bundledFolders, index }: ModelStoreOptions): ModelStore {
  // A bundled model found damaged can be replaced by importing an intact copy into the models folder.
  const candidatePaths = (entry: CatalogEntry): string[] => {
    const stored = pathOf(modelsFolder, entry);
    if (!entry.isBundled) return [stored];
    const shipped = bundledFolders.flatMap((folder) => [
      join(folder, entry.id, entry.fileName),
      join(folder, entry.fileName),
    ]);
    return [...shipped, stored];
  };

  const presenceAt = (entry: CatalogEntry, path: string): Presence => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found?.isFile()) return { kind: 'absent' };
    const stamp = stampFrom(found);
    if (stamp.byteSize === 0) return { kind: 'wrong', path, stamp };
    const digest = index.digestOf(path, stamp);
    if (digest === null) return { kind: 'unverified', path, stamp };
    return { kind: digest === entry.sha256 ? 'verified' : 'wrong', path, stamp };
  };

  const presenceOf = (entry: CatalogEntry): Presence => {
    const found = candidatePaths(entry)
      .map((path) => presenceAt(entry, path))
      .filter((presence) => presence.kind !== 'absent');
    return (
      found.find((presence) => presence.kind === 'verified') ??
      found.find((presence) => presence.kind === 'unverified') ??
      found[0] ?? { kind: 'absent' }
    );
  };

  return {
    modelsFolder,
    presenceOf,
    async verifiedPath(entry, { isFresh = false, ...reading } = {}) {
      let wrongPath: string | null = null;
      for (const path of candidatePaths(entry)) {
        const presence = presenceAt(entry, path);
        if (presence.kind === 'absent') continue;
        if (presence.kind === 'verified' && !isFresh) return path;
        if (presence.kind === 'unverified' || (isFresh && presence.stamp.byteSize > 0)) {
          const sha256 = await digestOf(path, reading);
          // Stamped as it was before reading: a change while hashing leaves another stamp and is seen next time.
          index.rememberDigest(entry.id, path, presence.stamp, sha256);
          if (sha256 === entry.sha256) return path;
        }
        wrongPath ??= path;
      }
      if (wrongPath === null) throw new HeirloomError('model.not-installed', { name: entry.name });
      throw new HeirloomError('model.wrong-digest', { fileName: wrongPath });
    },
    async rememberVerified(entry, path) {
      index.rememberDigest(entry.id, path, stampFrom(await stat(path)), entry.sha256);
    },
  };
}

async function digestOf(path: string, reading: ReadingOptions): Promise<string> {
  try {
    return await sha256OfFile(path, reading);
  } catch (error) {
    if (error instanceof JobCancelled) throw error;
    throw new HeirloomError('file.unreadable', { fileName: path }, { cause: error });
  }
}

/** null when there is no file. */
export function stampAt(path: string): FileStamp | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() ? stampFrom(found) : null;
}

function stampFrom(found: Stats): FileStamp {
  return { byteSize: found.size, modifiedMs: found.mtimeMs, inode: found.ino };
}
