// Type-checks every environment with its own globals: a DOM type in main is a compile error.
import { spawnSync } from 'node:child_process';

const environments = ['shared', 'engine', 'main', 'preload', 'renderer', 'cli', 'tooling'];
let failed = false;
for (const environment of environments) {
  const { status } = spawnSync('tsc', ['-p', `tsconfig.${environment}.json`], {
    stdio: 'inherit',
    shell: true,
  });
  if (status !== 0) failed = true;
}
process.exit(failed ? 1 : 0);
