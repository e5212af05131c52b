// The folder of a converted model: it appears whole or not at all, and nothing else is ever left beside it.
// Engine process. Knows nothing of networks.
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import {
  networkManifestFileName,
  processOfTemporaryFolder,
  temporaryFolderName,
} from '#shared/domain/converted-network.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';

/**
 * Lets `write` fill a temporary folder beside `folder`, makes it durable and gives it its name. With `overwrite` an
 * earlier conversion there is replaced; anything else is never touched (output.exists).
 * Errors: output.exists, output.disk-full, output.not-writable; what else `write` throws passes through.
 */
export async function writeFolderAtomically(
  folder: string,
  overwrite: boolean,
  write: (temporaryFolder: string) => Promise<void>,
): Promise<void> {
  const parent = path.dirname(folder);
  const temporary = path.join(parent, freshName());
  try {
    await mkdir(parent, { recursive: true });
    await sweepTemporaries(parent);
    await refuseToReplace(folder, overwrite);
    try {
      await mkdir(temporary);
      await write(temporary);
      await syncFolder(temporary);
      await replaceFolder(temporary, folder);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
    await syncFolder(parent);
  } catch (error) {
    throw outputError(error, folder);
  }
}

function freshName(): string {
  return temporaryFolderName(process.pid, randomUUID().slice(0, 8));
}

/** Removes what conversions left here whose process is gone. */
export async function sweepTemporaries(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const processId = processOfTemporaryFolder(name);
    if (processId === null || isAlive(processId)) continue;
    await rm(path.join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // Someone else's process is one, too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function refuseToReplace(folder: string, overwrite: boolean): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    if (error.code === 'ENOTDIR') throw new HeirloomError('output.exists', { path: folder });
    throw error;
  });
  const isReplaceable = names.length === 0 || (overwrite && names.includes(networkManifestFileName));
  if (!isReplaceable) throw new HeirloomError('output.exists', { path: folder });
}

/** A folder cannot be renamed onto a filled one: the old one steps aside first, and comes back when that fails. */
async function replaceFolder(temporary: string, folder: string): Promise<void> {
  const aside = path.join(path.dirname(folder), freshName());
  const hadOne = await rename(folder, aside).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
  try {
    await rename(temporary, folder);
  } catch (error) {
    if (hadOne) await rename(aside, folder);
    throw error;
  }
  if (hadOne) await rm(aside, { recursive: true, force: true });
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some network file systems refuse to sync a folder; the files in it are complete.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EINVAL' && code !== 'ENOTSUP') throw error;
  } finally {
    await handle.close();
  }
}

const diskFull = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

function outputError(error: unknown, folder: string): unknown {
  if (error instanceof HeirloomError || !(error instanceof Error) || !('syscall' in error)) return error;
  const code = diskFull.has(String((error as NodeJS.ErrnoException).code))
    ? 'output.disk-full'
    : 'output.not-writable';
  return new HeirloomError(code, { path: folder }, { cause: error });
}
