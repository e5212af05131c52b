// Makes the pictures of README.md in docs/pictures, by using the built studio as a person would.
// Run by hand after npm run build: node scripts/make-readme-pictures.ts. Needs Chromium.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import {
  dropFiles,
  findChromium,
  noChromium,
  openStudio,
  samplePhoto,
  startChromium,
  startHost,
} from '../test/helpers/open-studio.ts';

const pictures = join(import.meta.dirname, '../docs/pictures');
mkdirSync(pictures, { recursive: true });

async function photographStudio(browser: Browser, look: 'light' | 'dark', language: string): Promise<void> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'heirloom-pictures-'));
  const host = await startHost(dataFolder);
  try {
    const { page } = await openStudio(browser, host.url, { colorScheme: look, locale: language });
    await dropFiles(page, [samplePhoto]);
    await page.getByRole('button', { name: /^(Restore|修复)$/ }).click();
    await page.getByRole('slider', { name: /^(Before and after|修复前后)/ }).waitFor({ timeout: 60_000 });
    // Notices leave, tiles arrive.
    await page.waitForTimeout(8000);
    await page.screenshot({ path: join(pictures, `studio-${look}-${language.split('-')[0]}.png`) });
    const exported = join(dataFolder, 'restored.jpg');
    await page.getByRole('button', { name: /^(Export|导出)$/ }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('dialog')
        .getByRole('button', { name: /^(Download|下载)$/ })
        .click(),
    ]);
    await download.saveAs(exported);
    if (look === 'light') await cutBeforeAndAfter(exported);
    await page.context().close();
  } finally {
    await host.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

/** Two prints of the sample, at the size a page shows them. */
async function cutBeforeAndAfter(restored: string): Promise<void> {
  for (const [name, path] of [
    ['before', samplePhoto],
    ['after', restored],
  ] as const) {
    const { width } = await sharp(path).metadata();
    const scale = width / 1560;
    await sharp(path)
      .extract({
        left: Math.round(40 * scale),
        top: Math.round(620 * scale),
        width: Math.round(980 * scale),
        height: Math.round(520 * scale),
      })
      .resize(980)
      .jpeg({ quality: 85 })
      .toFile(join(pictures, `sample-${name}.jpg`));
  }
}

const executable = findChromium();
if (executable === null) {
  process.stderr.write(`${noChromium}\n`);
  process.exit(1);
}
const browser = await startChromium(executable);
await photographStudio(browser, 'light', 'en-US');
await photographStudio(browser, 'dark', 'zh-CN');
await browser.close();
