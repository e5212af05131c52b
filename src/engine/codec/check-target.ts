// Whether a result can be written where it is wanted, asked before minutes of work. Looks only; writes nothing.
import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { EncodeTarget } from '#shared/contract/engine.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';

/**
 * Errors: output.is-input and output.exists (both unless `overwrite`), output.not-writable. A full disk shows itself
 * only in writing.
 */
export async function checkTarget(
  target: Pick<EncodeTarget, 'path' | 'overwrite'>,
  originalPath: string,
): Promise<void> {
  if (!target.overwrite) await assertNotTheOriginal(target.path, originalPath);
  const existing = await stat(target.path).catch(() => null);
  if (existing?.isDirectory()) throw new HeirloomError('output.not-writable', { path: target.path });
  if (existing !== null && !target.overwrite) throw new HeirloomError('output.exists', { path: target.path });
  const folder = await nearestFolder(path.dirname(path.resolve(target.path)));
  try {
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw new HeirloomError('output.not-writable', { path: target.path }, { cause });
  }
}

/** Compares what the names lead to: links and other spellings of the same file count as the same. */
export async function assertNotTheOriginal(outputPath: string, originalPath: string): Promise<void> {
  try {
    const [output, input] = await Promise.all([stat(outputPath), stat(originalPath)]);
    const sameFile = output.ino !== 0 && output.ino === input.ino && output.dev === input.dev;
    if (sameFile || (await realpath(outputPath)) === (await realpath(originalPath))) {
      throw new HeirloomError('output.is-input', { path: outputPath });
    }
  } catch (error) {
    // No file there yet, or not to be looked at: writing will tell.
    if (error instanceof HeirloomError) throw error;
  }
}

/** Missing folders are made when the result is written; what counts is the one they are made in. */
async function nearestFolder(folder: string): Promise<string> {
  for (let candidate = folder; ; candidate = path.dirname(candidate)) {
    const found = await stat(candidate).catch(() => null);
    if (found?.isDirectory() || candidate === path.dirname(candidate)) return candidate;
    // A file where a folder should be.
    if (found !== null) throw new HeirloomError('output.not-writable', { path: folder });
  }
}
