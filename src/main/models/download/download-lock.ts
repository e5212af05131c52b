// Keeps two processes (the studio and the command line) from writing one unfinished file at the same time.
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Takes <file>.lock, which holds the number of the process; one left by a process that is gone is taken over.
 * @returns how to give it back, or null when another process has it. Errors: the file system's own.
 */
export async function takeDownloadLock(finalPath: string): Promise<(() => Promise<void>) | null> {
  const path = `${finalPath}.lock`;
  await mkdir(dirname(path), { recursive: true });
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (await isHeld(path)) return null;
      await rm(path, { force: true });
    }
  }
  return null;
}

async function isHeld(path: string): Promise<boolean> {
  const pid = Number(await readFile(path, 'utf8').catch(() => ''));
  // Our own number is from an earlier life of it: this process asks only when it has no such download.
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not allowed to ask means that it lives.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
