// One photo's way through the studio, in a real browser: dropped, faces found, restored, compared, exported, and still
// there after closing and opening again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { axeViolations } from '../helpers/axe-violations.ts';
import {
  dropFiles,
  findChromium,
  noChromium,
  openStudio,
  type RunningHost,
  samplePhoto,
  startChromium,
  startHost,
} from '../helpers/open-studio.ts';

const executable = findChromium();
const waitMs = 60_000;
let dataFolder: string;
let browser: Browser;
let host: RunningHost;

beforeAll(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'heirloom-studio-'));
  if (executable === null) return;
  browser = await startChromium(executable);
  host = await startHost(dataFolder);
});

afterAll(async () => {
  await browser?.close();
  await host?.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

beforeEach((context) => {
  if (executable === null) context.skip(noChromium);
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

describe('the studio', { timeout: 180_000 }, () => {
  it('drop, faces, restore with progress, cancel, compare, export, close, reopen', async () => {
    const { page, problems } = await openStudio(browser, host.url);
    await page.getByText('Bring old photos back to life').waitFor();
    expect(await axeViolations(page)).toEqual([]);

    await dropFiles(page, [samplePhoto]);
    await page.getByText('6 faces found').waitFor({ timeout: waitMs });
    expect(await axeViolations(page)).toEqual([]);

    // Cancelled at once, then for good.
    await button(page, /^Restore$/).click();
    await button(page, 'Cancel').first().click();
    await button(page, /^Restore$/).waitFor({ timeout: waitMs });
    await button(page, /^Restore$/).click();
    await page.getByRole('progressbar').first().waitFor();
    const slider = page.getByRole('slider', { name: 'Before and after' });
    await slider.waitFor({ timeout: waitMs });
    await page.getByText('Restored in').waitFor();

    // The slider moves by keyboard, and both pictures are really there.
    await slider.focus();
    const before = await slider.getAttribute('aria-valuenow');
    await page.keyboard.press('ArrowLeft');
    expect(await slider.getAttribute('aria-valuenow')).not.toBe(before);
    for (const name of ['Original of album-page.jpg', 'Restored picture of album-page.jpg']) {
      const picture = page.getByRole('img', { name });
      await expect
        .poll(() => picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth))
        .toBeGreaterThan(500);
    }
    expect(await axeViolations(page)).toEqual([]);

    await button(page, 'Export').click();
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: waitMs }),
      page.getByRole('dialog').getByRole('button', { name: 'Download' }).click(),
    ]);
    const exported = join(dataFolder, 'exported.jpg');
    await download.saveAs(exported);
    const { width, height, xmp } = await sharp(exported).metadata();
    const original = await sharp(samplePhoto).metadata();
    expect([width, height]).toEqual([original.width * 2, original.height * 2]);
    expect(xmp?.toString()).toContain('compositeWithTrainedAlgorithmicMedia');

    expect(problems).toEqual([]);
    await page.context().close();

    // Another process, as on another day.
    await host.stop();
    host = await startHost(dataFolder);
    const again = await openStudio(browser, host.url);
    await again.page.getByText('Recent projects').waitFor();
    await again.page
      .getByRole('list')
      .filter({ has: again.page.getByRole('button') })
      .getByRole('button')
      .first()
      .click();
    await again.page.getByRole('slider', { name: 'Before and after' }).waitFor({ timeout: waitMs });
    await again.page.getByText('6 faces found').waitFor();
    await again.page.getByText('Restored in').waitFor();
    expect(again.problems).toEqual([]);
    await again.page.context().close();
  });

  it('keeps a press of Restore while faces are still looked for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'heirloom-early-'));
    const another = await startHost(folder);
    try {
      const { page, problems } = await openStudio(browser, another.url);
      await dropFiles(page, [samplePhoto]);
      await page.getByText('Looking for faces first').waitFor({ timeout: waitMs });
      await button(page, /^Restore$/).click();
      await page.getByRole('slider', { name: 'Before and after' }).waitFor({ timeout: waitMs });
      expect(problems).toEqual([]);
      await page.context().close();
    } finally {
      await another.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
