// How much room a disk has, and how much of it a folder takes. Runs in main and the command line.
import { readdir, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';

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

/** Bytes of all files in a folder and those below it; 0 where there is none. Links are not followed. */
export async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    // One that went away meanwhile takes no room.
    .map(({ parentPath, name }) =>
      stat(join(parentPath, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** True for the errors a full disk or an exhausted quota gives. */
export function isDiskFull(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === 'ENOSPC' || code === 'EDQUOT';
}
