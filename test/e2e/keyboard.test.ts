// The whole story without a mouse: the sample opened, its photo found in the gallery, one face chosen and changed, restored,
// compared, exported. Then many kinds of edits, all undone and all redone by keys: the same recipe as before.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askStudio } from '../helpers/ask-studio.ts';
import {
  findChromium,
  noChromium,
  openStudio,
  type RunningHost,
  samplePhoto,
  startChromium,
  startHost,
} from '../helpers/open-studio.ts';
import { tabTo } from '../helpers/tab-to.ts';

const executable = findChromium();
const waitMs = 60_000;
let dataFolder: string;
let browser: Browser;
let host: RunningHost;

beforeAll(async () => {
  if (executable !== null) browser = await startChromium(executable);
});
beforeEach(async (context) => {
  if (executable === null) return context.skip(noChromium);
  dataFolder = mkdtempSync(join(tmpdir(), 'heirloom-keyboard-'));
  host = await startHost(dataFolder);
  return async () => {
    await host.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
});
afterAll(() => browser?.close());

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const slider = (page: Page, name: string) => page.getByRole('slider', { name, exact: true });

async function press(page: Page, name: string): Promise<void> {
  await tabTo(page, button(page, name));
  await page.keyboard.press('Enter');
}

describe('by keyboard alone', { timeout: 240_000 }, () => {
  it('sample, gallery, photo, one face, restore, compare, export', async () => {
    const { page, problems } = await openStudio(browser, host.url);
    await press(page, 'Try a sample photo');
    await page.getByText('6 faces found').waitFor({ timeout: waitMs });

    await press(page, 'Gallery');
    const photo = page.getByRole('option', { name: /^album-page\.jpg/ });
    await photo.waitFor();
    await tabTo(page, page.getByRole('listbox', { name: 'All photos of the project' }));
    await page.keyboard.press('Home');
    await expect.poll(() => photo.getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Enter');
    await page.getByText('6 faces found').waitFor();

    await press(page, 'Adjust face 2');
    await tabTo(page, slider(page, 'Fidelity of face 2'));
    await page.keyboard.press('ArrowRight');
    const step = page.locator('[aria-current="step"]');
    await expect.poll(() => step.textContent()).toMatch(/^Face 2: fidelity/);

    await page.keyboard.press('Control+Enter');
    await page.getByText('Restored in').waitFor({ timeout: waitMs });

    const wipe = slider(page, 'Before and after');
    await tabTo(page, wipe);
    const before = await wipe.getAttribute('aria-valuenow');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => wipe.getAttribute('aria-valuenow')).not.toBe(before);
    await page.keyboard.press('c');
    await expect.poll(() => page.getByRole('radio', { name: 'Side by side' }).isChecked()).toBe(true);
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await page.keyboard.press('Control+e');
    const dialog = page.getByRole('dialog', { name: 'Export the restored photo' });
    await dialog.waitFor();
    const download = page.waitForEvent('download', { timeout: waitMs });
    await press(page, 'Download');
    const exported = join(dataFolder, 'exported.jpg');
    await (await download).saveAs(exported);
    expect((await sharp(exported).metadata()).width).toBe(
      ((await sharp(samplePhoto).metadata()).width ?? 0) * 2,
    );
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('many kinds of edits, everything undone and everything redone: the same recipe', async () => {
    const { page, problems } = await openStudio(browser, host.url);
    await press(page, 'Try a sample photo');
    await page.getByText('6 faces found').waitFor({ timeout: waitMs });
    const [photo] = await askStudio(page, 'photos.list', {});
    if (photo === undefined) throw new Error('no photo');
    const photoId = photo.id;
    const recipe = () => askStudio(page, 'edits.recipe', { photoId });
    const history = page.getByRole('region', { name: 'History' }).locator('ol button');
    const steps = (count: number) => expect.poll(() => history.count()).toBe(count + 1);
    const untouched = await recipe();

    // A face off, one changed in four ways, one that is none, one added by hand; then the whole picture.
    await tabTo(page, page.getByRole('switch', { name: 'Restore face 1', exact: true }));
    await page.keyboard.press('Space');
    await steps(1);
    await press(page, 'Adjust face 2');
    await tabTo(page, slider(page, 'Fidelity of face 2'));
    await page.keyboard.press('ArrowLeft');
    await steps(2);
    await tabTo(page, slider(page, 'Strength of face 2'));
    await page.keyboard.press('ArrowLeft');
    await steps(3);
    await press(page, 'Edge, size and colour');
    await tabTo(page, slider(page, 'Edge of face 2'));
    await page.keyboard.press('ArrowRight');
    await steps(4);
    await tabTo(page, slider(page, 'Softness of the edge of face 2'));
    await page.keyboard.press('ArrowRight');
    await steps(5);
    await tabTo(page, page.getByRole('switch', { name: 'Match the colours of the photo' }));
    await page.keyboard.press('Space');
    await steps(6);
    await press(page, 'Adjust face 3');
    await press(page, 'This is not a face');
    await steps(7);
    await press(page, 'Mark a face');
    await page.keyboard.press('Enter');
    await press(page, 'Add this face');
    await steps(8);
    await press(page, 'Paint what stays');
    await page.getByText('Esc ends').waitFor();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await steps(10);
    await tabTo(page, slider(page, 'Fidelity'));
    await page.keyboard.press('ArrowRight');
    await steps(11);
    await tabTo(page, page.getByRole('radiogroup', { name: 'Size' }).getByRole('radio', { checked: true }));
    await page.keyboard.press('ArrowRight');
    await steps(12);
    const count = 12;

    const edited = await recipe();
    expect(edited).not.toEqual(untouched);
    await page.keyboard.press('Control+Enter');
    await page.getByText('Restored in').waitFor({ timeout: waitMs });
    const newest = () => askStudio(page, 'results.latest', { photoId });
    const key = (await newest())?.result.key;

    const current = page.locator('[aria-current="step"]');
    for (let step = 0; step < count; step += 1) await page.keyboard.press('Control+z');
    await expect.poll(() => current.textContent()).toBe('As it came in');
    await expect.poll(recipe).toEqual(untouched);
    await expect.poll(async () => (await newest())?.isCurrent).toBe(false);
    for (let step = 0; step < count; step += 1) await page.keyboard.press('Control+Shift+z');
    await expect.poll(recipe).toEqual(edited);
    await expect.poll(async () => (await newest())?.isCurrent).toBe(true);
    expect((await newest())?.result.key).toBe(key);
    // Nothing was computed again for it.
    await page.getByText('Restored in').waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
