// npm run build: bundled models and icons, then main, preload and renderer into out/. `--if-stale`: only when needed.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildIsStale, markBuilt } from './build-freshness.ts';
import { buildModels } from './build-models/index.ts';
import { makeIcons } from './make-icons.ts';

const root = join(import.meta.dirname, '..');

if (!process.argv.includes('--if-stale') || buildIsStale(root)) {
  const beganAt = new Date();
  process.chdir(root);
  const { build } = await import('electron-vite');
  try {
    const [models] = await Promise.all([
      buildModels(join(root, 'out', 'models')),
      build({ root, logLevel: 'warn' }),
      makeIcons(join(root, 'out', 'icons')),
    ]);
    // What a browser asks for on its own, to show in the tab.
    copyFileSync(join(root, 'out', 'icons', 'icon.ico'), join(root, 'out', 'renderer', 'favicon.ico'));
    markBuilt(root, beganAt);
    const seconds = ((Date.now() - beganAt.getTime()) / 1000).toFixed(1);
    console.log(`Built out/ in ${seconds} s, with ${models.length} bundled models.`);
  } catch (error) {
    // The bundler's message names file and line; its stack is only its own.
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
