// npm run bench -- NAME: runs bench/NAME.ts; without a name, lists what there is.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', 'bench');
const [name, ...rest] = process.argv.slice(2);
const file = name === undefined ? null : join(folder, `${name}.ts`);
if (file === null || !existsSync(file)) {
  const names = readdirSync(folder)
    .filter((entry) => entry.endsWith('.ts'))
    .map((entry) => entry.slice(0, -3));
  console.log(`Benchmarks: ${names.join(', ')}`);
  process.exit(name === undefined ? 0 : 2);
}
process.exit(spawnSync(process.execPath, ['--expose-gc', file, ...rest], { stdio: 'inherit' }).status ?? 1);
