// The one way this codec puts a file on disk: complete under its name, or not at all.
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, link, mkdir, open, readdir, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';

/**
 * Makes missing folders, lets `write` fill a temporary file beside `path`, syncs it and gives it its name. Without
 * `overwrite` an existing file is never replaced, not even one that appears meanwhile. The temporary file is gone
 * afterwards, whatever happens. Errors: output.exists, output.disk-full, output.not-writable; what else `write`
 * throws passes through.
 */
export async function writeAtomically(
  path: string,
  write: (temporaryPath: string) => Promise<void>,
  options: { readonly overwrite: boolean },
): Promise<void> {
  try {
    const folder = dirname(path);
    await mkdir(folder, { recursive: true });
    if (!options.overwrite && (await exists(path))) throw new HeirloomError('output.exists', { path });
    // A short name of its own: the final name may already be as long as a name can be.
    const temporaryPath = join(folder, `.heirloom-${randomUUID().slice(0, 8)}.tmp`);
    try {
      await write(temporaryPath);
      await sync(temporaryPath);
      if (options.overwrite) await rename(temporaryPath, await throughLinks(path));
      else await giveFreeName(temporaryPath, path);
    } finally {
      await rm(temporaryPath, { force: true });
    }
    await syncFolder(folder);
  } catch (error) {
    throw outputError(error, path);
  }
}

/**
 * The same for a folder of files that is a cache: `write` fills a temporary folder beside `path` and answers with the
 * folder in it that gets the name, once every file of it is synced. One that is there already stays as it is.
 */
export async function writeFolderAtomically(
  path: string,
  write: (temporaryFolder: string) => Promise<string>,
): Promise<void> {
  try {
    const folder = dirname(path);
    await mkdir(folder, { recursive: true });
    if (await exists(path)) return;
    const temporaryFolder = join(folder, `.heirloom-${randomUUID().slice(0, 8)}.tmp`);
    try {
      const written = await write(temporaryFolder);
      for (const entry of await readdir(written, { recursive: true, withFileTypes: true }))
        if (entry.isFile()) await sync(join(entry.parentPath, entry.name));
      await rename(written, path);
    } finally {
      await rm(temporaryFolder, { recursive: true, force: true });
    }
    await syncFolder(folder);
  } catch (error) {
    throw outputError(error, path);
  }
}

/** Writes pieces one after the other. Errors of the file system come out as they are. */
export async function writePieces(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  const file = await open(path, 'wx');
  try {
    for (const piece of pieces) await file.writeFile(piece);
  } finally {
    await file.close();
  }
}

/** A hard link fails when the name is taken, where rename would replace it silently. */
async function giveFreeName(temporaryPath: string, path: string): Promise<void> {
  try {
    await link(temporaryPath, path);
    return;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') throw new HeirloomError('output.exists', { path }, { cause: error });
    // FAT, exFAT and some network shares have no hard links.
    if (
      code !== 'EPERM' &&
      code !== 'ENOTSUP' &&
      code !== 'EOPNOTSUPP' &&
      code !== 'ENOSYS' &&
      code !== 'EMLINK'
    ) {
      throw error;
    }
  }
  try {
    await (await open(path, 'wx')).close();
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw new HeirloomError('output.exists', { path }, { cause: error });
    throw error;
  }
  try {
    await rename(temporaryPath, path);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** Overwriting a symbolic link means the file it leads to. */
async function throughLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return path;
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path, constants.F_OK);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the new name itself durable. Windows cannot open folders, and its journal does this. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some network file systems refuse to sync a folder; the file itself is complete.
    if (codeOf(error) !== 'EINVAL' && codeOf(error) !== 'ENOTSUP') throw error;
  } finally {
    await handle.close();
  }
}

const diskFull = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

function outputError(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (code === null || error instanceof HeirloomError) return error;
  const name = diskFull.has(code) ? 'output.disk-full' : 'output.not-writable';
  return new HeirloomError(name, { path }, { cause: error });
}

/** The code of a file system error (`EACCES`), null for anything else. */
function codeOf(error: unknown): string | null {
  const isSystemError = error instanceof Error && 'syscall' in error && 'code' in error;
  return isSystemError && typeof error.code === 'string' ? error.code : null;
}
