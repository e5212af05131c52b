// Crashes of any of our processes, as lines of a file in the user's data folder. Runs in Electron's main process.
// Nothing is ever sent anywhere.
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const limitBytes = 1024 * 1024;

export interface CrashLog {
  readonly path: string;
  write(line: string): void;
}

/** Appends at once: the process may be about to end. One older file is kept beside it. */
export function createCrashLog(path: string): CrashLog {
  return {
    path,
    write(line) {
      try {
        mkdirSync(dirname(path), { recursive: true });
        if (byteSizeOf(path) > limitBytes) renameSync(path, `${path}.old`);
        appendFileSync(path, `${new Date().toISOString()} ${line}\n`);
      } catch {
        // A log that cannot be written must not end the program it reports on.
      }
    },
  };
}

function byteSizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
