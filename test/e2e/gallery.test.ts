// The shoebox: two hundred photos at once, found again, chosen by keyboard, removed and put back, restored together with
// a broken one among them; and a project that comes back to where it was left.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { axeViolations } from '../helpers/axe-violations.ts';
import {
  findChromium,
  noChromium,
  openStudio,
  type RunningHost,
  samplePhoto,
  startChromium,
  startHost,
} from '../helpers/open-studio.ts';

const executable = findChromium();
const waitMs = 90_000;
const photoCount = 200;
/** More than ever fit into the test's window with what is kept ready around it; far fewer than there are. */
const mostCells = 120;
let dataFolder: string;
let scans: string;
let browser: Browser;
let host: RunningHost;

beforeAll(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'heirloom-gallery-'));
  if (executable === null) return;
  scans = join(dataFolder, 'scans');
  await makeScans(scans);
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

/** Two hundred different small pictures in two folders, one of them twice, and a letter that is no picture. */
async function makeScans(folder: string): Promise<void> {
  mkdirSync(join(folder, 'box 2'), { recursive: true });
  for (let index = 0; index < photoCount; index += 1) {
    const background = { r: (index * 37) % 256, g: (index * 71) % 256, b: index };
    const place = index < 150 ? folder : join(folder, 'box 2');
    await sharp({ create: { width: index % 3 === 0 ? 60 : 90, height: 75, channels: 3, background } })
      .jpeg()
      .toFile(join(place, `scan ${index + 1}.jpg`));
  }
  writeFileSync(join(folder, 'twice.jpg'), readFileSync(join(folder, 'scan 1.jpg')));
  writeFileSync(join(folder, 'letter.jpg'), 'Dear aunt, here are the photos.');
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
/** History rows say that a step was undone, too. */
const undo = (page: Page) => page.getByRole('button', { name: 'Undo', exact: true });
const redo = (page: Page) => page.getByRole('button', { name: 'Redo', exact: true });
const option = (page: Page, name: string | RegExp) => page.getByRole('option', { name });
const grid = (page: Page) => page.getByRole('listbox', { name: 'All photos of the project' });
const selected = (page: Page, count: number) =>
  page.getByText(`${count} selected`, { exact: true }).waitFor();

async function addFolder(page: Page, folder: string): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await button(page, 'Add photos').click();
  await page.getByRole('menuitem', { name: 'Choose a folder…' }).click();
  await (await choosing).setFiles(folder);
}

async function addPhotos(page: Page, paths: readonly string[]): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await button(page, 'Add photos').click();
  await page.getByRole('menuitem', { name: 'Choose photos…' }).click();
  await (await choosing).setFiles([...paths]);
}

describe('the gallery', { timeout: 240_000 }, () => {
  it('takes in a folder of 200, finds, chooses, removes and puts back, with the keyboard alone', async () => {
    const { page, problems } = await openStudio(browser, host.url);
    await button(page, 'Try a sample photo').click();
    await page.getByText('6 faces found').waitFor({ timeout: waitMs });
    await button(page, 'Gallery').click();
    await option(page, /^album-page\.jpg/).waitFor();

    await addFolder(page, scans);
    await page.getByText('Adding photos').waitFor();
    await page.getByText('1 photo was already in the project').waitFor({ timeout: waitMs });
    await page.getByText('letter.jpg was not added').waitFor();
    await page.getByText('201 photos', { exact: true }).waitFor();
    expect(await axeViolations(page)).toEqual([]);

    // What is out of sight is not drawn, wherever one is.
    const cells = async () => grid(page).getByRole('option').count();
    expect(await cells()).toBeLessThan(mostCells);
    await grid(page).focus();
    await page.keyboard.press('End');
    await option(page, /^scan 150\.jpg/).waitFor();
    expect(await cells()).toBeLessThan(mostCells);
    expect(await option(page, /^scan 150\.jpg/).getAttribute('aria-selected')).toBe('true');
    for (const fraction of [0.2, 0.5, 0.8]) {
      await grid(page).evaluate(
        (element, part) => element.scrollTo(0, element.scrollHeight * part),
        fraction,
      );
      await expect.poll(cells).toBeGreaterThan(10);
      expect(await cells()).toBeLessThan(mostCells);
    }
    await page.keyboard.press('Home');
    await option(page, /^album-page\.jpg/).waitFor();

    // A range, one more, all, none.
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await selected(page, 3);
    await page.keyboard.press('Control+ArrowRight');
    await page.keyboard.press('Space');
    await selected(page, 4);
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Control+a');
    await selected(page, 201);
    await page.keyboard.press('Escape');
    await page.getByText('201 selected').waitFor({ state: 'detached' });

    // Search leaves what has the name; what is hidden is not selected.
    await page.getByRole('textbox', { name: 'Search by name or date' }).fill('scan 19');
    await page.getByText('12 of 201').waitFor();
    await grid(page).focus();
    await page.keyboard.press('Control+a');
    await selected(page, 12);
    await page.keyboard.press('Delete');
    await page.getByText('No photo matches').waitFor();
    await page.getByText('12 photos were removed from the project').waitFor();
    await button(page, 'Show all photos').click();
    await page.getByText('189 photos', { exact: true }).waitFor();
    expect(readdirSync(join(scans, 'box 2'))).toHaveLength(50);
    await grid(page).focus();
    await page.keyboard.press('Control+z');
    await page.getByText('201 photos', { exact: true }).waitFor();

    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('restores a selection with a preset, and one broken file never stops the rest', async () => {
    const second = await startHost(mkdtempSync(join(dataFolder, 'batch-')));
    try {
      const folder = join(dataFolder, 'to restore');
      mkdirSync(folder);
      const sample = readFileSync(samplePhoto);
      writeFileSync(join(folder, 'a group.jpg'), sample);
      // Its header is whole, its picture is cut off: it comes in, and fails when somebody works on it.
      writeFileSync(join(folder, 'broken.jpg'), sample.subarray(0, 20_000));
      await sharp(samplePhoto)
        .extract({ left: 0, top: 0, width: 500, height: 500 })
        .toFile(join(folder, 'c part.jpg'));
      const { page } = await openStudio(browser, second.url);
      await button(page, 'New project').click();
      await button(page, 'Gallery').click();
      const choosing = page.waitForEvent('filechooser');
      await button(page, 'Open photos').click();
      await (await choosing).setFiles(readdirSync(folder).map((name) => join(folder, name)));
      await page.getByText('3 photos', { exact: true }).waitFor({ timeout: waitMs });

      await grid(page).focus();
      await page.keyboard.press('Control+a');
      await selected(page, 3);
      await page
        .getByRole('combobox', { name: 'How to restore' })
        .selectOption({ label: 'More like the photo' });
      await button(page, 'Restore').click();
      await option(page, /^a group\.jpg.*Restored/).waitFor({ timeout: waitMs });
      await option(page, /^c part\.jpg.*Restored/).waitFor({ timeout: waitMs });
      await option(page, /^broken\.jpg.*Failed/).waitFor({ timeout: waitMs });

      // The pointer wipes between the original on its left and the result on its right.
      const cell = option(page, /^a group\.jpg/);
      const box = await cell.boundingBox();
      if (box === null) throw new Error('no cell');
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 3);
      await expect.poll(() => cell.locator('img').count()).toBe(2);
      const addresses = await cell
        .locator('img')
        .evaluateAll((all) => all.map((each) => each.getAttribute('src')));
      expect(addresses.map((address) => address?.split('/')[2])).toEqual(['result', 'photo']);

      // The filter knows the states.
      await button(page, 'Failed 1').click();
      await page.getByText('1 of 3').waitFor();
      expect(await grid(page).getByRole('option').count()).toBe(1);
      await page.context().close();
    } finally {
      await second.stop();
    }
  });

  it('comes back to photo, zoom, selection and undo position; says what happened to an original', async () => {
    const data = mkdtempSync(join(dataFolder, 'reopened-'));
    let running = await startHost(data);
    const { page } = await openStudio(browser, running.url);
    await button(page, 'Try a sample photo').click();
    await page.getByText('6 faces found').waitFor({ timeout: waitMs });
    await button(page, 'Gallery').click();
    await addPhotos(
      page,
      ['scan 20.jpg', 'scan 21.jpg', 'scan 31.jpg'].map((name) => join(scans, name)),
    );
    await page.getByText('4 photos', { exact: true }).waitFor({ timeout: waitMs });
    await page.getByRole('textbox', { name: 'Search by name or date' }).fill('scan 2');
    await option(page, /^scan 20\.jpg/).click();
    await option(page, /^scan 21\.jpg/).click({ modifiers: ['Control'] });
    await selected(page, 2);
    await button(page, 'Clear the search').click();
    await grid(page).focus();
    await page.keyboard.press('Home');
    await option(page, /^album-page\.jpg/).dblclick();
    await page.getByText('6 faces found').waitFor();
    await page.getByRole('switch').first().press('Space');
    await undo(page).click();
    await expect.poll(() => redo(page).isEnabled()).toBe(true);
    await button(page, /^Zoom in/).click();
    await button(page, /^Zoom in/).click();
    const zoom = page.getByText(/^\d+ %$/).first();
    const zoomed = await zoom.textContent();
    await page.waitForTimeout(500);
    await page.context().close();

    await running.stop();
    running = await startHost(data);
    const { page: again } = await openStudio(browser, running.url);
    await again
      .getByRole('list')
      .filter({ has: again.getByRole('button') })
      .getByRole('button')
      .first()
      .click();
    await again.getByText('6 faces found').waitFor({ timeout: waitMs });
    await expect
      .poll(() =>
        again
          .getByText(/^\d+ %$/)
          .first()
          .textContent(),
      )
      .toBe(zoomed);
    expect(await redo(again).isEnabled()).toBe(true);
    expect(await undo(again).isEnabled()).toBe(false);

    // Somebody tidies up outside.
    const project = readdirSync(join(data, 'projects'))[0];
    if (project === undefined) throw new Error('no project');
    const originals = join(data, 'projects', project, 'originals');
    const lost = readdirSync(originals).find((name) => readFileSync(join(originals, name)).length > 100_000);
    if (lost === undefined) throw new Error('no original of the sample');
    rmSync(join(originals, lost));
    await button(again, 'Gallery').click();
    await selected(again, 1);
    await again.getByText('1 original is no longer in the project: album-page.jpg').waitFor();
    expect(await axeViolations(again)).toEqual([]);
    await addPhotos(again, [samplePhoto]);
    await again.getByText('1 original is no longer').waitFor({ state: 'detached', timeout: waitMs });
    await again.context().close();
    await running.stop();
  });
});
