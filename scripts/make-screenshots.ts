// Makes docs/screens: every page and dialog, light and dark, in both languages, as the end-to-end test that visits them
// all sees them. Run by hand after npm run build: node scripts/make-screenshots.ts. Needs Chromium.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { findChromium, noChromium } from '../test/helpers/open-studio.ts';

const root = join(import.meta.dirname, '..');
const screens = join(root, 'docs/screens');
const widthPx = 1080;

if (findChromium() === null) {
  process.stderr.write(`${noChromium}\n`);
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), 'heirloom-screens-'));
try {
  const visit = ['run', '--project', 'e2e', 'test/e2e/every-page.test.ts'];
  const { status } = spawnSync(join(root, 'node_modules/.bin/vitest'), visit, {
    cwd: root,
    env: { ...process.env, HEIRLOOM_SCREENSHOTS: folder },
    stdio: 'inherit',
  });
  const usual = readdirSync(folder).filter((name) => /-(light|dark)\.png$/.test(name));
  if (status !== 0 || usual.length === 0) process.exit(1);
  rmSync(screens, { recursive: true, force: true });
  mkdirSync(screens, { recursive: true });
  for (const name of usual)
    await sharp(join(folder, name))
      .resize(widthPx)
      .webp({ quality: 72, effort: 6 })
      .toFile(join(screens, `${basename(name, '.png')}.webp`));
  writeFileSync(join(screens, 'README.md'), indexOf(usual.map((name) => basename(name, '.png'))));
  process.stdout.write(`${usual.length} pictures in docs/screens\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A page of all pictures: a row for each page and language, light beside dark. */
function indexOf(names: readonly string[]): string {
  const rows = names
    .filter((name) => name.endsWith('-light'))
    .sort()
    .map((name) => {
      const cell = (look: string) =>
        `![${name.replace(/light$/, look)}](${name.replace(/light$/, look)}.webp)`;
      return `| ${name.replace(/-light$/, '')} | ${cell('light')} | ${cell('dark')} |`;
    });
  return [
    '# Every page, light and dark, in English and Chinese',
    '',
    'Made by `node scripts/make-screenshots.ts` after `npm run build`.',
    '',
    '| | light | dark |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
