// Whether out/ still matches the sources. Used by build and start; looks at time stamps only, reads no file.
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the build reads, relative to the project. node_modules is covered by the lock file. */
const sources = [
  'src',
  'models',
  'resources/icon.svg',
  'scripts/build.ts',
  'scripts/build-models',
  'electron.vite.config.ts',
  'package-lock.json',
];
const stampName = 'built-at';

/** True when nothing was built yet or any source is newer than the last complete build. */
export function buildIsStale(projectFolder: string): boolean {
  const stamp = statSync(join(projectFolder, 'out', stampName), { throwIfNoEntry: false });
  if (stamp === undefined) return true;
  return sources.some((source) => newestMs(join(projectFolder, source)) > stamp.mtimeMs);
}

/** Written last, with the time the build began: a file changed meanwhile counts as newer. */
export function markBuilt(projectFolder: string, beganAt: Date): void {
  const path = join(projectFolder, 'out', stampName);
  writeFileSync(path, `${beganAt.toISOString()}\n`);
  utimesSync(path, beganAt, beganAt);
}

function newestMs(path: string): number {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) return 0;
  if (!facts.isDirectory()) return facts.mtimeMs;
  // A folder's own time tells of files that were added, renamed or removed.
  return readdirSync(path).reduce(
    (newest, name) => Math.max(newest, newestMs(join(path, name))),
    facts.mtimeMs,
  );
}
