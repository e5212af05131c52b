// npm test: builds when needed, runs every test that can run here, and ends with what was skipped and why.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

function run(command: string, args: string[]): number {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
}

const built = run(process.execPath, [join('scripts', 'build.ts'), '--if-stale']);
if (built !== 0) process.exit(built);
process.exit(
  run(process.execPath, [join('node_modules', 'vitest', 'vitest.mjs'), 'run', ...process.argv.slice(2)]),
);
