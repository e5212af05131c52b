// What must stay as it was is painted over: by mouse and by keyboard, undone, cleared, and found untouched in the
// exported picture, whatever fidelity the face has later.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fitView } from '../../src/renderer/viewer/view-transform.ts';
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
const waitMs = 90_000;
let folder: string;
let browser: Browser;
let host: RunningHost;
let studio: StudioPage;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heirloom-paint-'));
  if (executable === null) return;
  browser = await startChromium(executable);
  host = await startHost(join(folder, 'data'));
  studio = await openStudio(browser, host.url);
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
const steps = (page: Page) => page.getByRole('list', { name: /^Steps/ }).getByRole('listitem');
const layerOf = (page: Page) => page.getByRole('group', { name: /^Keep the original: paint/ });
/** Around both eyes of the first face of the sample, and around its mouth. */
const eyes = { left: 205, top: 214, width: 90, height: 24 };
const mouth = { left: 240, top: 290, width: 60, height: 26 };

/** Where a photo pixel lies in the window while the photo is fitted to it. */
async function placeOf(page: Page, x: number, y: number, layer = layerOf(page)): Promise<[number, number]> {
  const box = await layer.boundingBox();
  const { width = 0, height = 0 } = await sharp(samplePhoto).metadata();
  if (box === null) throw new Error('the layer has no size');
  const { scale, x: left, y: top } = fitView(box, { width, height });
  return [box.x + left + x * scale, box.y + top + y * scale];
}

/** A command's answer about the one photo there is. */
const ask = (page: Page, command: 'edits.history' | 'results.latest') =>
  page.evaluate(async (name) => {
    const call = async (asked: string, input: object) => {
      const response = await fetch(`/commands/${asked}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(input),
      });
      return (await response.json()).value;
    };
    const [photo] = await call('photos.list', {});
    return call(name, { photoId: photo.id });
  }, command);
/** Whether main has a result of the edits up to this one. */
const isRestored = async (page: Page, cursor: number): Promise<boolean> =>
  (await ask(page, 'edits.history')).cursor === cursor && (await ask(page, 'results.latest'))?.isCurrent;

let exported = 0;
async function restoreAndExport(page: Page, cursor: number): Promise<string> {
  const restore = page.getByRole('button', { name: /^(Restore|Update the result)$/ });
  // A face whose fidelity changes is restored by itself.
  await expect
    .poll(
      async () => {
        if (await restore.isVisible()) await restore.click({ timeout: 1000 }).catch(() => undefined);
        return isRestored(page, cursor);
      },
      { timeout: waitMs, interval: 300 },
    )
    .toBe(true);
  await button(page, 'Export').click();
  const dialog = page.getByRole('dialog', { name: 'Export the restored photo' });
  await dialog.getByRole('combobox', { name: 'Format' }).click();
  await page.getByRole('option', { name: 'PNG', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: waitMs }),
    button(page, 'Download').click(),
  ]);
  exported += 1;
  const path = join(folder, `exported-${exported}.png`);
  await download.saveAs(path);
  return path;
}
/** Mean absolute difference to the original, 0 to 255. */
async function differenceToOriginal(path: string, area: typeof eyes): Promise<number> {
  const [one, other] = await Promise.all(
    [path, samplePhoto].map((each) => sharp(each).extract(area).removeAlpha().raw().toBuffer()),
  );
  if (one === undefined || other?.length !== one.length) throw new Error('pictures of unlike size');
  return one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length;
}

describe('places that stay', { timeout: 300_000 }, () => {
  it('are painted, hold at every fidelity, and are given up by undo', async () => {
    const { page, problems } = studio;
    await dropFiles(page, [samplePhoto]);
    await page.getByText('6 faces found').waitFor({ timeout: waitMs });
    await page.getByText('1×', { exact: true }).click();
    const plain = await restoreAndExport(page, 1);
    expect(await differenceToOriginal(plain, eyes)).toBeGreaterThan(1);

    await button(page, 'Paint what stays').click();
    await layerOf(page).waitFor();
    await page.getByRole('slider', { name: 'Hardness' }).press('End');
    await page.mouse.move(...(await placeOf(page, eyes.left - 10, eyes.top + 12)));
    await page.mouse.down();
    await page.mouse.move(...(await placeOf(page, eyes.left + 45, eyes.top + 12)), { steps: 5 });
    await page.mouse.move(...(await placeOf(page, eyes.left + 100, eyes.top + 12)), { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => steps(page).count()).toBe(3);
    expect(await axeViolations(page)).toEqual([]);
    await button(page, 'Done').click();
    await page.getByText('One stroke keeps the photo as it was.').waitFor();
    const painted = await restoreAndExport(page, 2);
    expect(await differenceToOriginal(painted, eyes)).toBe(0);

    await button(page, 'Adjust face 1').click();
    const fidelity = page.getByRole('slider', { name: 'Fidelity of face 1', exact: true });
    await fidelity.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => fidelity.getAttribute('aria-valuenow')).toBe('0');
    const sharper = await restoreAndExport(page, 3);
    expect(await differenceToOriginal(sharper, eyes)).toBe(0);
    expect(await differenceToOriginal(sharper, mouth)).toBeGreaterThan(1);

    await page.locator('body').click({ position: { x: 5, y: 5 } });
    await page.keyboard.press('Control+z');
    await expect.poll(() => fidelity.getAttribute('aria-valuenow')).not.toBe('0');
    await page.keyboard.press('Control+z');
    await page.getByText(/^Paint over eyes/).waitFor();
    const without = await restoreAndExport(page, 1);
    expect(await differenceToOriginal(without, eyes)).toBeGreaterThan(1);
    expect(problems).toEqual([]);
  });

  it('by keyboard alone: dabs, the eraser, undone while painting, nothing kept', async () => {
    const { page, problems } = studio;
    await button(page, 'Paint what stays').focus();
    await page.keyboard.press('Enter');
    await layerOf(page).waitFor();
    await expect.poll(() => layerOf(page).evaluate((layer) => layer === document.activeElement)).toBe(true);
    await page.keyboard.press(']');
    await page.keyboard.press('Space');
    await expect.poll(() => steps(page).last().textContent()).toContain('Kept as it was');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Space');
    await page.keyboard.press('x');
    await page.keyboard.press('Space');
    await expect.poll(() => steps(page).count()).toBe(5);
    await page.keyboard.press('Control+z');
    await expect
      .poll(() => page.locator('ol button[aria-current="step"]').textContent())
      .toContain('Kept as it was');
    await button(page, 'Keep nothing').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => button(page, 'Keep nothing').isDisabled()).toBe(true);
    expect(await axeViolations(page)).toEqual([]);
    await layerOf(page).focus();
    await page.keyboard.press('Escape');
    await layerOf(page).waitFor({ state: 'detached' });
    await page.getByText(/^Paint over eyes/).waitFor();
    expect(problems).toEqual([]);
  });

  it('of one face: only what is painted is laid back; models that are missing are named', async () => {
    const { page, problems } = studio;
    if (!(await button(page, 'Paint, fill and colour').isVisible()))
      await button(page, 'Adjust face 1').click();
    await button(page, 'Paint, fill and colour').click();
    await page.getByText('This needs a model for damage repair.').waitFor();
    await page.getByText('Colouring a face needs a model for it.').waitFor();
    expect(await button(page, 'Paint what is missing').isDisabled()).toBe(true);

    const before = (await ask(page, 'edits.history')).cursor;
    await button(page, 'Paint the mask').click();
    const layer = page.getByRole('group', { name: /^Mask of face 1/ });
    await layer.waitFor();
    await page.getByRole('slider', { name: 'Hardness' }).press('End');
    const [x, y] = await placeOf(page, mouth.left + mouth.width / 2, mouth.top + mouth.height / 2, layer);
    await page.mouse.move(x, y);
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('[');
    await page.mouse.down();
    await page.mouse.move(x + 6, y, { steps: 2 });
    await page.mouse.up();
    await expect.poll(() => steps(page).last().textContent()).toContain('Face 1: painted what is laid back');
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await layer.waitFor({ state: 'detached' });
    await page.getByText('Laid back where 1 stroke goes.').waitFor();
    const painted = await restoreAndExport(page, before + 1);
    expect(await differenceToOriginal(painted, eyes)).toBe(0);
    expect(await differenceToOriginal(painted, mouth)).toBeGreaterThan(0.5);
    expect(problems).toEqual([]);
  });
});
