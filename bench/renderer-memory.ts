// npm run bench -- renderer-memory: what the window's process holds while a 100-megapixel scan is looked at, zoomed and
// panned before and after its restoration, beside a small photo in the same run. Linux: reads /proc. Needs a built
// studio and Chromium (CHROMIUM_PATH).
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import {
  findChromium,
  openStudio,
  samplePhoto,
  startChromium,
  startHost,
} from '../test/helpers/open-studio.ts';
import { reportRow, rowAtMost, rowShown } from './report-row.ts';

const bench = 'renderer-memory';
const waitMs = 300_000;
const executable = findChromium();
if (executable === null) throw new Error('needs Chromium (set CHROMIUM_PATH to its program)');
if (process.platform !== 'linux') throw new Error('needs Linux: it reads /proc');
const root = mkdtempSync(join(tmpdir(), 'heirloom-bench-memory-'));
try {
  const scan = join(root, 'scan.jpg');
  await sharp(samplePhoto).resize(11_600, 8700, { fit: 'fill' }).jpeg({ quality: 92 }).toFile(scan);
  const small = await peakOf(samplePhoto);
  const large = await peakOf(scan);
  reportRow(rowShown(bench, 'peak with 2 megapixels', small, 'MB'));
  reportRow(rowAtMost(bench, 'peak with 100 megapixels', large, 'MB', 400));
} finally {
  rmSync(root, { recursive: true, force: true });
}

/** Megabytes at the peak of one photo's way: found, restored at its own size, compared, zoomed, panned. */
async function peakOf(photo: string): Promise<number> {
  const dataFolder = mkdtempSync(join(root, 'data-'));
  const browser = await startChromium(executable as string);
  // By its path, as from the desktop: the window itself never holds the file.
  const host = await startHost(dataFolder, [photo]);
  const watch = { peak: 0, isOver: false };
  try {
    const { page } = await openStudio(browser, host.url);
    const watching = watchRenderer(browser, watch);
    await page.getByText('6 faces found').waitFor({ timeout: waitMs });
    await page.getByText('1×', { exact: true }).click();
    await page.getByRole('button', { name: /^Restore$/ }).click();
    await page.getByText('Restored in').waitFor({ timeout: waitMs });
    await lookAround(page, basename(photo));
    watch.isOver = true;
    await watching;
    return watch.peak;
  } finally {
    await browser.close();
    await host.stop();
  }
}

async function lookAround(page: Page, name: string): Promise<void> {
  await page.getByRole('img', { name: `Restored picture of ${name}` }).waitFor({ timeout: waitMs });
  const stage = page.getByTestId('stage');
  const box = await stage.boundingBox();
  if (box === null) throw new Error('no picture');
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  for (const zoom of ['1', '2', '0', '1']) {
    await stage.press(zoom);
    await page.waitForTimeout(1500);
  }
  // Along a spiral, so that tiles of many places come and go. The line between before and after is in the middle.
  const grip = { x: middle.x - box.width / 4, y: middle.y - box.height / 4 };
  for (let turn = 0; turn < 24; turn += 1) {
    await page.mouse.move(grip.x, grip.y);
    await page.mouse.down();
    await page.mouse.move(grip.x + 300 * Math.cos(turn / 3), grip.y + 200 * Math.sin(turn / 3), { steps: 6 });
    await page.mouse.up();
    await page.waitForTimeout(250);
  }
  await stage.press('0');
  await page.waitForTimeout(2000);
}

/** Proportional share of memory, so that the browser's own libraries count once for all of its processes. */
async function watchRenderer(browser: Browser, watch: { peak: number; isOver: boolean }): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  while (!watch.isOver) {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const sizes = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => megabytesOf(id));
    watch.peak = Math.max(watch.peak, ...sizes);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function megabytesOf(processId: number): number {
  try {
    const found = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${processId}/smaps_rollup`, 'utf8'));
    return found === null ? Number.NaN : Number(found[1]) / 1024;
  } catch {
    // It ended meanwhile.
    return 0;
  }
}
