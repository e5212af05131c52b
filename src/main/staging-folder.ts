// A folder for files that live no longer than this studio: uploads, downloads, private copies. Main process.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { systemCodeOf } from './file-system/file-errors.ts';

export interface StagingFolder {
  readonly path: string;
  remove(): void;
}

/** Makes `<parent>/<pid>-<number>` and removes what studios that are gone left behind. */
export function makeStagingFolder(parent: string): StagingFolder {
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent)) {
    const pid = Number.parseInt(name, 10);
    if (Number.isInteger(pid) && !isAlive(pid))
      rmSync(path.join(parent, name), { recursive: true, force: true });
  }
  for (let number = 1; ; number += 1) {
    const folder = path.join(parent, `${process.pid}-${number}`);
    try {
      mkdirSync(folder);
      return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
    } catch (error) {
      if (systemCodeOf(error) !== 'EEXIST') throw error;
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return systemCodeOf(error) === 'EPERM';
  }
}
