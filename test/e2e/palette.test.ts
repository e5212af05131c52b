// Everything by typing, a look around on the first day, and what the settings say about privacy and notifications.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { axeViolations } from '../helpers/axe-violations.ts';
import {
  dropFiles,
  findChromium,
  noChromium,
  openStudio,
  type RunningHost,
  type StudioPage,
  samplePhoto,
  startChromium,
  startHost,
} from '../helpers/open-studio.ts';

const executable = findChromium();
const waitMs = 60_000;
let dataFolder: string;
let browser: Browser;
let host: RunningHost;
let studio: StudioPage;

beforeAll(async () => {
  if (executable === null) return;
  dataFolder = mkdtempSync(join(tmpdir(), 'heirloom-palette-'));
  browser = await startChromium(executable);
  host = await startHost(dataFolder, [], {}, false);
  studio = await openStudio(browser, host.url);
  await studio.page.context().grantPermissions(['notifications'], { origin: new URL(host.url).origin });
});
afterAll(async () => {
  await browser?.close();
  await host?.stop();
  if (dataFolder !== undefined) rmSync(dataFolder, { recursive: true, force: true });
});
beforeEach((context) => {
  if (executable === null) context.skip(noChromium);
});

const tour = (page: Page) => page.getByRole('region', { name: /^A look around/ });
const palette = (page: Page) => page.getByRole('dialog', { name: 'What would you like to do?' });
const chosen = (page: Page) => palette(page).getByRole('option', { selected: true });

describe('finding the way', { timeout: 200_000 }, () => {
  it('people are shown around once, in four steps, and the window stays usable', async () => {
    const { page } = studio;
    await tour(page).getByRole('heading', { name: 'Welcome to Heirloom' }).waitFor({ timeout: waitMs });
    expect(await axeViolations(page)).toEqual([]);
    await dropFiles(page, [samplePhoto]);
    await page.getByText('6 faces found').waitFor({ timeout: waitMs });
    for (const heading of ['Every face is yours to judge', 'Before and after', 'When you are stuck']) {
      await tour(page).getByRole('button', { name: 'Next' }).click();
      await tour(page).getByRole('heading', { name: heading }).waitFor();
    }
    await tour(page).getByText('Ctrl+K finds everything').waitFor();
    await tour(page).getByRole('button', { name: 'Begin' }).click();
    await tour(page).waitFor({ state: 'detached' });
    await expect
      .poll(() => JSON.parse(readFileSync(join(dataFolder, 'settings.json'), 'utf8')).hasSeenTour)
      .toBe(true);
  });

  it('typing finds actions, pages and photos; the arrow keys choose, Enter does', async () => {
    const { page } = studio;
    await page.keyboard.press('Control+k');
    await palette(page).waitFor();
    await page.keyboard.type('models');
    await expect.poll(() => chosen(page).innerText()).toContain('Go to Models');
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Models', exact: true }).waitFor();

    await page.keyboard.press('Control+k');
    await palette(page).waitFor();
    await page.keyboard.type('album pg');
    await expect.poll(() => chosen(page).innerText()).toContain('album-page.jpg');
    await page.keyboard.press('Enter');
    await page.getByText('6 faces found').waitFor();

    await page.keyboard.press('Control+k');
    await palette(page).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => chosen(page).innerText()).toContain('Show me around');
    await page.keyboard.type('zzzz');
    await palette(page).getByText('Nothing fits.').waitFor();
    await page.keyboard.press('Escape');
    await palette(page).waitFor({ state: 'detached' });

    await page.keyboard.press('Control+k');
    await palette(page).waitFor();
    await page.keyboard.type('around');
    await expect.poll(() => chosen(page).innerText()).toContain('Show me around');
    await page.keyboard.press('Enter');
    await tour(page).waitFor();
    await page.keyboard.press('Escape');
    await tour(page).waitFor({ state: 'detached' });
  });

  it('the settings say what leaves the computer, and news are switched on there', async () => {
    const { page, problems } = studio;
    await page.keyboard.press('Control+,');
    const dialog = page.getByRole('dialog', { name: 'Settings' });
    await dialog.getByText(/Only models are asked for over the network/).waitFor();
    const news = dialog.getByRole('switch', { name: 'Tell me when long work ends' });
    await expect.poll(() => news.isChecked()).toBe(false);
    await news.focus();
    await page.keyboard.press('Space');
    await expect.poll(() => news.isChecked()).toBe(true);
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: /^Make room in/ }).click();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
