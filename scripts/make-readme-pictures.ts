// Makes the pictures of README.md in docs/pictures, by using the built studio as a person would.
// Run by hand after npm run build: node scripts/make-readme-pictures.ts. Needs Chromium.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { ffmpeg, hasFfmpeg } from '../test/helpers/make-clips.ts';
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

/** Two prints of the sample as a home movie of long ago: sepia, grain, a gate that jumps, light that flickers. */
async function makeOldFilm(path: string, folder: string): Promise<void> {
  const still = join(folder, 'prints.png');
  const { width } = await sharp(samplePhoto).metadata();
  const scale = width / 1560;
  await sharp(samplePhoto)
    .extract({
      left: Math.round(40 * scale),
      top: Math.round(620 * scale),
      width: Math.round(980 * scale),
      height: Math.round(520 * scale),
    })
    .resize(760)
    .png()
    .toFile(still);
  const filters = [
    `crop=640:360:x='14+10*sin(t*0.8)+2*sin(n*2.3)':y='20+1.5*cos(n*3.1)'`,
    'hue=s=0',
    'colorchannelmixer=rr=1.05:gg=0.93:bb=0.76',
    `eq=brightness='0.03*sin(n*1.7)':eval=frame`,
    'gblur=sigma=0.9',
    'vignette=PI/5',
    'noise=all_seed=3:c0s=16:c0f=t',
    'format=yuv420p',
  ];
  ffmpeg(
    ...['-loop', '1', '-framerate', '18', '-t', '4', '-i', still],
    ...['-f', 'lavfi', '-i', 'anoisesrc=color=brown:amplitude=0.02:duration=4', '-vf', filters.join(',')],
    ...['-shortest', '-c:v', 'libx264', '-crf', '18', '-c:a', 'aac', path],
  );
}

async function photographFilms(browser: Browser): Promise<void> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'heirloom-pictures-'));
  const host = await startHost(dataFolder);
  try {
    const film = join(dataFolder, 'Garden party 1931.mp4');
    await makeOldFilm(film, dataFolder);
    const { page } = await openStudio(browser, host.url, { colorScheme: 'dark' });
    await page.getByText('Drop photos here').waitFor();
    await dropFiles(page, [film]);
    await page.getByRole('button', { name: 'Find the people' }).click({ timeout: 60_000 });
    await page.getByText(/(person|people) found/).waitFor({ timeout: 300_000 });
    await page.getByRole('button', { name: 'Restore', exact: true }).click();
    await page.getByText('The restored film is up to date.').waitFor({ timeout: 600_000 });
    const position = page.getByRole('slider', { name: 'Position in the film' });
    await position.focus();
    for (let second = 0; second < 2; second += 1) await page.keyboard.press('Shift+ArrowRight');
    // A third of the way, the line goes through a face of the left print.
    const line = page.getByRole('slider', { name: /^Before and after/ });
    await line.focus();
    for (let step = 0; step < 2; step += 1) await page.keyboard.press('PageDown');
    // Notices leave, pictures arrive.
    await page.waitForTimeout(8000);
    await page.locator('body').click({ position: { x: 700, y: 8 } });
    await page.screenshot({ path: join(pictures, 'films-dark-en.png') });
    await page.context().close();
  } finally {
    await host.stop();
    rmSync(dataFolder, { recursive: true, force: true });
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
if (hasFfmpeg) await photographFilms(browser);
else process.stderr.write('The picture of the films is left as it is: it needs ffmpeg.\n');
await browser.close();
