// npm run bench -- gallery: a project of 10,000 photos beside one of 100, opened from the list of recent projects and
// scrolled through in Chromium. Needs a built studio and Chromium (CHROMIUM_PATH).
// node bench/gallery.ts [--photos N]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { askStudio } from '../test/helpers/ask-studio.ts';
import {
  dropFiles,
  findChromium,
  openStudio,
  samplePhoto,
  startChromium,
  startHost,
} from '../test/helpers/open-studio.ts';
import { multiplyPhoto } from './gallery/many-photos.ts';
import { reportRow, rowAtMost, rowShown } from './report-row.ts';

/** What the page's own scripts see. */
interface PageWindow {
  frames: number[];
  shownAt: number;
  requestAnimationFrame(callback: (time: number) => void): void;
  document: { querySelectorAll(selector: string): { length: number } };
}

const args = process.argv.slice(2);
const many = args.includes('--photos') ? Number(args[args.indexOf('--photos') + 1]) : 10_000;
const few = 100;
const scanCount = 40;
const executable = findChromium();
if (executable === null) throw new Error('needs Chromium (set CHROMIUM_PATH to its program)');
const root = mkdtempSync(join(tmpdir(), 'heirloom-bench-gallery-'));
const browser = await startChromium(executable);
try {
  const scans = await makeScans();
  for (const count of [few, many]) await measure(browser, scans, count);
} finally {
  await browser.close();
  rmSync(root, { recursive: true, force: true });
}

/** Prints of different looks, as a scanner leaves them. */
async function makeScans(): Promise<string[]> {
  const folder = join(root, 'scans');
  mkdirSync(folder);
  const paths: string[] = [];
  for (let index = 0; index < scanCount; index += 1) {
    const path = join(folder, `${index}.jpg`);
    await sharp(samplePhoto)
      .modulate({ brightness: 0.7 + (index % 7) / 10, hue: index * 9 })
      .jpeg({ quality: 90 })
      .toFile(path);
    paths.push(path);
  }
  return paths;
}

async function measure(chromium: Browser, scans: readonly string[], count: number): Promise<void> {
  const dataFolder = join(root, `${count}`);
  await makeProject(chromium, dataFolder, scans, count);
  const host = await startHost(dataFolder);
  try {
    const { page } = await openStudio(chromium, host.url);
    const recent = page
      .getByRole('list')
      .filter({ has: page.getByRole('button') })
      .getByRole('button')
      .first();
    await recent.waitFor();
    await page.waitForTimeout(500);
    const openMs = await timeToFirstPhoto(page, () => recent.click());
    report('first photo painted after the click', openMs, 'ms', 1000);
    await scrollThrough(page, 'thumbnails made on the way', null);
    await scrollThrough(page, 'thumbnails there', 50);
    await page.context().close();
  } finally {
    await host.stop();
  }

  function report(metric: string, value: number, unit: string, target: number | null): void {
    const name = `${metric}, ${count.toLocaleString('en')} photos`;
    reportRow(
      target === null
        ? rowShown('gallery', name, value, unit)
        : rowAtMost('gallery', name, value, unit, target),
    );
  }

  /** Down and up again, a notch of the wheel every sixtieth of a second. */
  async function scrollThrough(page: Page, how: string, targetMs: number | null): Promise<void> {
    await page.getByRole('listbox', { name: 'All photos of the project' }).hover();
    await page.evaluate(() => {
      const view = globalThis as unknown as PageWindow;
      const frames: number[] = [];
      view.frames = frames;
      let last: number | null = null;
      const note = (time: number) => {
        if (view.frames !== frames) return;
        if (last !== null) frames.push(time - last);
        last = time;
        view.requestAnimationFrame(note);
      };
      view.requestAnimationFrame(note);
    });
    for (const direction of [1, -1])
      for (let notch = 0; notch < 120; notch += 1) {
        await page.mouse.wheel(0, direction * 120);
        await page.waitForTimeout(16);
      }
    const frames = await page.evaluate(() => (globalThis as unknown as PageWindow).frames);
    frames.sort((a, b) => a - b);
    report(`longest frame while scrolling, ${how}`, frames.at(-1) ?? Number.NaN, 'ms', targetMs);
    report(`frames over 50 ms of ${frames.length}, ${how}`, frames.filter((ms) => ms > 50).length, '', null);
    report(`median frame, ${how}`, frames[frames.length >> 1] ?? Number.NaN, 'ms', null);
  }
}

async function makeProject(
  chromium: Browser,
  dataFolder: string,
  scans: readonly string[],
  count: number,
): Promise<void> {
  const host = await startHost(dataFolder);
  const { page } = await openStudio(chromium, host.url);
  await dropFiles(page, [samplePhoto]);
  await page.getByText('6 faces found').waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Gallery' }).click();
  await page.locator('[role=option]').first().waitFor();
  // The page is remembered a moment after it was turned to.
  await page.waitForTimeout(1500);
  const project = await askStudio(page, 'project.current', {});
  if (project === null) throw new Error('no project');
  await page.context().close();
  await host.stop();
  multiplyPhoto(project.documentPath, scans, count);
}

/** From the press until a frame with the first photos has been handed to the screen. */
async function timeToFirstPhoto(page: Page, press: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const view = globalThis as unknown as PageWindow & {
      addEventListener(
        type: string,
        listener: () => void,
        options: { capture: boolean; once: boolean },
      ): void;
    };
    view.addEventListener(
      'click',
      () => {
        const pressedAt = performance.now();
        const look = () => {
          if (view.document.querySelectorAll('[role=option] img').length === 0)
            return view.requestAnimationFrame(look);
          // What this frame draws is on its way to the screen when the next begins.
          view.requestAnimationFrame(() => {
            view.shownAt = performance.now() - pressedAt;
          });
        };
        view.requestAnimationFrame(look);
      },
      { capture: true, once: true },
    );
  });
  await press();
  for (;;) {
    const shownAt = await page.evaluate(() => (globalThis as unknown as PageWindow).shownAt);
    if (typeof shownAt === 'number') return shownAt;
    await page.waitForTimeout(50);
  }
}
