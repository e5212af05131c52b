// How much room a disk has. Runs in main and the command line.
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Bytes this user may still write on the disk of `path`; the path need not exist yet. Null where that cannot be told. */
export async function freeBytesAt(path: string): Promise<number | null> {
  let folder = path;
  for (;;) {
    try {
      const disk = await statfs(folder);
      return disk.bavail * disk.bsize;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return null;
      const parent = dirname(folder);
      if (parent === folder) return null;
      folder = parent;
    }
  }
}

/** True for the errors a full disk or an exhausted quota gives. */
export function isDiskFull(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === 'ENOSPC' || code === 'EDQUOT';
}
