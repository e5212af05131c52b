// One face at a time: advice taken, fidelity live and by eye, edge and colour, copied to the others, reset; by mouse
// and by keyboard, and seen in the restored picture.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
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
  if (executable === null) return;
  browser = await startChromium(executable);
});
beforeEach(async (context) => {
  if (executable === null) return context.skip(noChromium);
  dataFolder = mkdtempSync(join(tmpdir(), 'heirloom-face-settings-'));
  host = await startHost(dataFolder);
  return async () => {
    await host.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
});
afterAll(() => browser?.close());

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const slider = (page: Page, name: string) => page.getByRole('slider', { name, exact: true });
const liveFaces = (page: Page) => page.locator('[data-testid="live-face"][data-live]');
const history = (page: Page) => page.getByRole('list', { name: /^Steps/ }).getByRole('listitem');
const numberOf = (thumb: Locator) => async () => Number(await thumb.getAttribute('aria-valuenow'));
const restored = async (page: Page): Promise<void> => {
  await page.getByText('Restored in').waitFor({ timeout: waitMs });
};

async function openSample(): Promise<{ page: Page; problems: string[] }> {
  const opened = await openStudio(browser, host.url);
  await dropFiles(opened.page, [samplePhoto]);
  await opened.page.getByText('6 faces found').waitFor({ timeout: waitMs });
  return opened;
}

/** The newest result in a rectangle of photo pixels, as 64 by 64 samples: many more take long to hand over. */
async function resultSamples(page: Page, box: { x: number; y: number; width: number; height: number }) {
  return page.evaluate(async (wanted) => {
    const call = async (name: string, input: object) => {
      const response = await fetch(`/commands/${name}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(input),
      });
      return (await response.json()).value;
    };
    const [photo] = await call('photos.list', {});
    const { result } = await call('results.latest', { photoId: photo.id });
    const response = await fetch(`/pictures/result/${result.id}/full`);
    const picture = await createImageBitmap(await response.blob());
    const scale = picture.width / photo.widthPx;
    const canvas = new OffscreenCanvas(64, 64);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    const { x, y, width, height } = wanted;
    context.drawImage(picture, x * scale, y * scale, width * scale, height * scale, 0, 0, 64, 64);
    return [...context.getImageData(0, 0, 64, 64).data];
  }, box);
}
const difference = (one: number[], other: number[]): number =>
  one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length;

/** Of the sample: around the first face, and around another one. */
const firstFace = { x: 175, y: 175, width: 185, height: 185 };
const thirdPrint = { x: 1080, y: 640, width: 420, height: 480 };

describe('settings of one face', { timeout: 240_000 }, () => {
  it('a slider shows the face live, the exact one follows, and nothing else changes', async () => {
    const { page, problems } = await openSample();
    // Small, so that even a busy machine restores it quickly enough to do it again by itself.
    await page.getByText('1×', { exact: true }).click();
    await button(page, /^Restore$/).click();
    await restored(page);
    await button(page, 'Adjust face 1').click();
    const before = [await resultSamples(page, firstFace), await resultSamples(page, thirdPrint)] as const;

    const thumb = slider(page, 'Fidelity of face 1');
    await thumb.hover();
    const place = await thumb.boundingBox();
    if (place === null) throw new Error('the slider has no size');
    await page.mouse.down();
    // The live picture is made while the thumb is held: any later move shows it.
    await expect
      .poll(
        async () => {
          await page.mouse.move(place.x - 150, place.y + 8, { steps: 3 });
          await page.mouse.move(place.x - 200, place.y + 8, { steps: 3 });
          return liveFaces(page).count();
        },
        { timeout: waitMs },
      )
      .toBe(1);
    await page.mouse.up();
    await expect
      .poll(async () => difference(before[0], await resultSamples(page, firstFace)), {
        timeout: waitMs,
        interval: 500,
      })
      .toBeGreaterThan(0.5);
    await restored(page);
    await expect.poll(() => liveFaces(page).count(), { timeout: waitMs }).toBe(0);
    await expect.poll(numberOf(thumb)).toBeLessThan(0.3);
    // The start, the size and one drag.
    await expect.poll(() => history(page).count()).toBe(3);
    expect(difference(before[1], await resultSamples(page, thirdPrint))).toBe(0);
    expect(await axeViolations(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('five looks to choose from: arrow keys try, Enter takes, a click takes at once', async () => {
    const { page, problems } = await openSample();
    await button(page, 'Adjust face 2').click();
    await button(page, 'Choose by eye').focus();
    await page.keyboard.press('Enter');
    const look = (value: string) => page.getByRole('radio', { name: `Fidelity ${value}` });
    await look('0.50').waitFor({ timeout: waitMs });
    await page.getByRole('img', { name: 'Original', exact: true }).waitFor();
    expect(await page.getByRole('radio', { name: /^Fidelity/ }).count()).toBe(5);
    expect(await axeViolations(page)).toEqual([]);

    await look('0.50').focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => look('0.25').isChecked()).toBe(true);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => look('0.00').isChecked()).toBe(true);
    expect(await history(page).count(), 'trying is no step').toBeLessThan(2);
    await page.keyboard.press('Enter');
    const thumb = slider(page, 'Fidelity of face 2');
    await expect.poll(numberOf(thumb)).toBe(0);
    await expect.poll(() => history(page).count()).toBe(2);

    await page
      .locator('label')
      .filter({ has: look('0.75') })
      .click();
    await expect.poll(numberOf(thumb)).toBe(0.75);
    await expect.poll(() => history(page).count()).toBe(3);
    await button(page, /^Undo/).click();
    await expect.poll(numberOf(thumb)).toBe(0);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('advice is taken for one face and for all, settings are copied and reset', async () => {
    const { page, problems } = await openSample();
    await button(page, 'Adjust face 1').click();
    await page.getByText('What was seen:').waitFor();
    await button(page, 'Use the suggestion for face 1').click();
    await page.getByText('In use.').waitFor();
    const suggested = await numberOf(slider(page, 'Fidelity of face 1'))();
    expect(suggested).toBeLessThan(0.7);
    await button(page, 'Use suggestions for all faces').click();
    await page.getByText('All suggestions are in use.').waitFor();
    await expect.poll(() => history(page).count()).toBe(3);

    await button(page, 'Edge, size and colour').click();
    await page.getByText('A soft oval is used.').waitFor();
    const edge = slider(page, 'Edge of face 1');
    await edge.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(numberOf(edge)).toBe(4);
    await page.getByRole('switch', { name: 'Match the colours of the photo' }).focus();
    await page.keyboard.press('Space');
    await page.getByText('Face 1: colours of the photo').waitFor();
    expect(await axeViolations(page)).toEqual([]);

    await button(page, 'Copy to the other faces').click();
    await page.getByText('All faces: same settings').waitFor();
    await button(page, 'Adjust face 4').click();
    await expect.poll(numberOf(slider(page, 'Fidelity of face 4'))).toBe(suggested);
    await button(page, 'Edge, size and colour').click();
    await expect.poll(numberOf(slider(page, 'Edge of face 4'))).toBe(4);
    await button(page, 'Reset this face').click();
    await expect.poll(numberOf(slider(page, 'Edge of face 4'))).toBe(0);
    await expect.poll(numberOf(slider(page, 'Fidelity of face 4'))).toBe(0.7);

    await button(page, 'Copy to all photos …').click();
    const dialog = page.getByRole('dialog', { name: /^Copy the settings of face 4/ });
    await dialog.getByText('Each photo is then restored again').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Copy and restore 1 photo' }).click();
    await restored(page);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('blurred faces are left alone as an option, and come back with undo', async () => {
    const { page, problems } = await openSample();
    const on = () => page.getByRole('switch', { name: /^Restore face/, checked: true });
    await expect.poll(() => on().count()).toBe(6);
    await button(page, 'Faces to leave alone').focus();
    await page.keyboard.press('Enter');
    const choice = page.getByRole('combobox', { name: 'Blurred faces' });
    await choice.click();
    await page.getByRole('option', { name: 'Left alone below 256 px of detail' }).click();
    await expect.poll(() => on().count()).toBe(0);
    await page.getByRole('switch', { name: 'Restore face 3' }).focus();
    await page.keyboard.press('Space');
    await expect.poll(() => on().count()).toBe(1);
    expect(await axeViolations(page)).toEqual([]);
    await button(page, /^Undo/).click();
    await button(page, /^Undo/).click();
    await expect.poll(() => on().count()).toBe(6);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
