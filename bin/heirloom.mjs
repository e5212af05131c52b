#!/usr/bin/env node
// Entry of the `heirloom` command. Makes sure that Node is recent enough and the application is built,
// then hands over to out/main/cli.js. Plain JavaScript: an older Node must be able to read it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cli = join(root, 'out', 'main', 'cli.js');
const neededMajor = 24;

function nodeToUse() {
  if (Number(process.versions.node.split('.')[0]) >= neededMajor) return process.execPath;
  const bundled = join(
    root,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  return existsSync(bundled) ? bundled : null;
}

const node = nodeToUse();
if (node === null) {
  console.error('Heirloom needs Node 24, which was not installed with it. Run npm ci.');
  process.exit(1);
}
if (!existsSync(cli)) {
  const built = spawnSync(node, [join(root, 'scripts', 'build.ts')], { stdio: ['ignore', 2, 2], cwd: root });
  if (built.status !== 0) process.exit(built.status ?? 1);
}
if (node === process.execPath) {
  await import(cli);
} else {
  const { spawn } = await import('node:child_process');
  const child = spawn(node, [cli, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
