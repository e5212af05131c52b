// A shoebox goes to the printer: the selection as one export, at print size, under names from a pattern, with a photo
// among them whose file is gone; then one photo as a sheet of before and after.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
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
  startChromium,
  startHost,
} from '../helpers/open-studio.ts';

const executable = findChromium();
const waitMs = 90_000;
let folder: string;
let browser: Browser;
let host: RunningHost;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heirloom-export-'));
  if (executable === null) return;
  browser = await startChromium(executable);
  host = await startHost(join(folder, 'data'));
});
afterAll(async () => {
  await browser?.close();
  await host?.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach((context) => {
  if (executable === null) context.skip(noChromium);
});

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function makeScan(name: string, hue: number): Promise<string> {
  const path = join(folder, name);
  await sharp({ create: { width: 300, height: 200, channels: 3, background: { r: hue, g: 90, b: 60 } } })
    .withExif({ IFD0: { Copyright: 'The family', Artist: 'Aunt Ada' } })
    .jpeg()
    .toFile(path);
  return path;
}

describe('exports', { timeout: 240_000 }, () => {
  it('a selection, one of them broken, at print size, named by a pattern; private details left out', async () => {
    const { page, problems } = await openStudio(browser, host.url);
    await dropFiles(page, [
      await makeScan('one.jpg', 20),
      await makeScan('two.jpg', 90),
      await makeScan('three.jpg', 160),
    ]);
    await page.keyboard.press('g');
    const grid = page.getByRole('listbox', { name: 'All photos of the project' });
    await grid.waitFor();
    await expect.poll(() => grid.getByRole('option').count(), { timeout: waitMs }).toBe(3);
    await grid.getByRole('option').first().click();
    await page.keyboard.press('Control+a');
    await page.getByText('3 selected', { exact: true }).waitFor();

    // All are looked at: what fails from here on is the export.
    const lookedAt = () =>
      page.evaluate(async () => {
        const headers = { 'Content-Type': 'application/json' };
        const response = await fetch('/commands/photos.list', { method: 'POST', headers, body: '{}' });
        const photos: { facesFoundAt: string | null }[] = (await response.json()).value;
        return photos.filter(({ facesFoundAt }) => facesFoundAt !== null).length;
      });
    await expect.poll(lookedAt, { timeout: waitMs }).toBe(3);
    // Somebody tidied up in the project's folder.
    const projects = join(folder, 'data', 'projects');
    const originals = join(projects, readdirSync(projects)[0] ?? '', 'originals');
    rmSync(join(originals, readdirSync(originals)[0] ?? ''), { force: true });

    const out = join(folder, 'to the printer');
    await button(page, 'Export').click();
    const dialog = page.getByRole('dialog', { name: 'Export 3 photos' });
    await dialog.waitFor();
    await dialog.getByRole('combobox', { name: 'Size' }).click();
    await page.getByRole('option', { name: 'For print', exact: true }).click();
    await dialog.getByRole('textbox', { name: 'Longest side on paper' }).fill('2.54');
    await dialog.getByRole('textbox', { name: 'Pixels per inch' }).fill('200');
    await dialog.getByRole('radio', { name: /without place, names/ }).check();
    await dialog.getByRole('textbox', { name: 'Names' }).fill('print {number} - {name}');
    await dialog.getByText('For example print 1 - one, print 2 - two').waitFor();
    await dialog.getByRole('textbox', { name: 'Folder on this computer' }).fill(out);
    expect(await axeViolations(page)).toEqual([]);
    await button(page, 'Export').last().click();
    await page.getByText('3 photos are being exported.').waitFor();
    await expect
      .poll(() => (existsSync(out) ? readdirSync(out).filter((name) => name.endsWith('.jpg')).length : 0), {
        timeout: waitMs,
      })
      .toBe(2);
    await page
      .getByText(/^Export did not finish: (one|two|three)/)
      .first()
      .waitFor({ timeout: waitMs });
    const [first = ''] = readdirSync(out).toSorted();
    expect(first).toMatch(/^print [123] - (one|two|three)\.jpg$/);
    const facts = await sharp(join(out, first)).metadata();
    expect(facts).toMatchObject({ width: 200, height: 133, density: 200 });
    const exif = facts.exif?.toString('latin1') ?? '';
    expect(exif).toContain('The family');
    expect(exif).not.toContain('Aunt Ada');
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('one photo as a sheet of before and after, said beforehand how large it comes out', async () => {
    const fresh = await startHost(join(folder, 'other data'));
    const { page, problems } = await openStudio(browser, fresh.url, { width: 320 });
    mkdirSync(join(folder, 'sheet'), { recursive: true });
    await dropFiles(page, [await makeScan('four.jpg', 230)]);
    // The panel moves while faces are looked for, and a button under the pointer with it.
    await page.getByText('No face found').waitFor({ timeout: waitMs });
    await button(page, 'Restore').click();
    await page.getByText('Restored in').waitFor({ timeout: waitMs });
    await button(page, 'Export').click();
    const dialog = page.getByRole('dialog', { name: 'Export the restored photo' });
    await dialog.getByText('Comes out at 600 × 400 px').waitFor();
    await dialog.getByRole('switch', { name: 'Before and after on one sheet' }).check();
    expect(await axeViolations(page)).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: waitMs }),
      button(page, 'Download').click(),
    ]);
    const path = join(folder, 'sheet', 'four.jpg');
    await download.saveAs(path);
    const { width, height = 0 } = await sharp(path).metadata();
    expect(width).toBe(600);
    expect(height).toBeGreaterThan(800);
    expect(problems).toEqual([]);
    await page.context().close();
    await fresh.stop();
  });

  it('restored for paper: the size follows from centimetres, and the export is printed at it', async () => {
    const fresh = await startHost(join(folder, 'paper data'));
    const { page, problems } = await openStudio(browser, fresh.url);
    await dropFiles(page, [await makeScan('five.jpg', 120)]);
    await page.getByText('No face found').waitFor({ timeout: waitMs });
    await page.getByText('On paper', { exact: true }).click();
    await page.getByText('Result: 1,772 × 1,181 px').waitFor();
    const length = page.getByRole('textbox', { name: 'Longest side on paper' });
    await length.fill('7.62');
    await length.press('Enter');
    await page.getByText('Result: 900 × 600 px · 3.00× the photo').waitFor();
    const current = page.locator('ol button[aria-current="step"]');
    await expect.poll(() => current.textContent()).toBe('Size: 7.62 cm at 300 per inch');
    const grain = page.getByRole('slider', { name: 'Grain on faces' });
    await grain.focus();
    await page.keyboard.press('End');
    await expect.poll(() => current.textContent()).toBe('Grain on faces: 100%');
    expect(await axeViolations(page)).toEqual([]);
    await button(page, 'Restore').click();
    await page.getByText('Restored in').waitFor({ timeout: waitMs });
    await button(page, 'Export').click();
    await page.getByText('Comes out at 900 × 600 px, 300 per inch.').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: waitMs }),
      button(page, 'Download').click(),
    ]);
    const path = join(folder, 'five printed.jpg');
    await download.saveAs(path);
    expect(await sharp(path).metadata()).toMatchObject({ width: 900, height: 600, density: 300 });
    expect(problems).toEqual([]);
    await page.context().close();
    await fresh.stop();
  });
});
