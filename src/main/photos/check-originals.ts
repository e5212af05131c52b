// Looks whether the originals of a project are still what was imported. Main process, reads only.
import { stat } from 'node:fs/promises';
import type { OriginalProblem } from '#shared/contract/commands.ts';
import { sha256OfFile } from '../file-system/file-digest.ts';

export interface CheckedOriginal extends Omit<OriginalProblem, 'problem'> {
  readonly path: string;
  readonly sha256: string;
  readonly byteSize: number;
  readonly importedAt: string;
}

/** A copy is finished within this time of its row, with room for clocks of file systems that count in steps of 2 s. */
const settledMs = 10_000;

/**
 * One line per photo whose original is missing or has other bytes. The size is compared first; the digest is computed
 * only where the file was written after its import, so that looking at 10,000 untouched originals costs 10,000 stats.
 */
export async function checkOriginals(originals: readonly CheckedOriginal[]): Promise<OriginalProblem[]> {
  const problems: OriginalProblem[] = [];
  const looked = new Map<string, Promise<OriginalProblem['problem'] | null>>();
  for (const original of originals) {
    const looking = looked.get(original.path) ?? problemOf(original);
    looked.set(original.path, looking);
    const problem = await looking;
    const { photoId, fileName } = original;
    if (problem !== null) problems.push({ photoId, fileName, problem });
  }
  return problems;
}

async function problemOf(original: CheckedOriginal): Promise<OriginalProblem['problem'] | null> {
  try {
    const { size, mtimeMs } = await stat(original.path);
    if (size !== original.byteSize) return 'changed';
    if (mtimeMs <= Date.parse(original.importedAt) + settledMs) return null;
    return (await sha256OfFile(original.path)) === original.sha256 ? null : 'changed';
  } catch {
    // Not there, or not readable: either way the photo cannot be worked on.
    return 'missing';
  }
}
