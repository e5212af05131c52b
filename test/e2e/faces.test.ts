// A missed face marked by hand, a wrong one taken away, one face's fidelity changed; everything undone and redone.
import { mkdtempSync, rmSync } from 'node:fs';
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
  dataFolder = mkdtempSync(join(tmpdir(), 'heirloom-faces-'));
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
const count = (page: Page, faces: number) =>
  page.getByText(`${faces} faces found`).waitFor({ timeout: waitMs });

describe('faces by hand', { timeout: 180_000 }, () => {
  it('one is taken away, marked again with mouse and keys, undone, redone, restored', async () => {
    const { page, problems } = await openStudio(browser, host.url);
    await dropFiles(page, [samplePhoto]);
    await count(page, 6);
    await button(page, 'Adjust face 1').click();
    await button(page, 'This is not a face').click();
    await count(page, 5);

    await button(page, 'Mark a face').click();
    const layer = page.getByRole('group', { name: /^Mark a face by hand/ });
    const place = await layer.boundingBox();
    if (place === null) throw new Error('the layer has no size');
    const [x, y] = [place.x + place.width * 0.2, place.y + place.height * 0.2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y + 70, { steps: 4 });
    await page.mouse.up();
    const nose = button(page, 'Tip of the nose');
    const before = await nose.boundingBox();
    await nose.focus();
    await page.keyboard.press('Shift+ArrowRight');
    const movedPx = async () => (((await nose.boundingBox())?.x ?? 0) - (before?.x ?? 0)).toFixed(0);
    await expect.poll(movedPx).toBe('10');
    await page.getByText('The face as it will be cut out').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await button(page, 'Add this face').click();
    await count(page, 6);
    await page.getByText('marked by hand').waitFor();

    await button(page, /^Undo/).click();
    await count(page, 5);
    await button(page, /^Undo/).click();
    await count(page, 6);
    await button(page, /^Redo/).click();
    await button(page, /^Redo/).click();
    await count(page, 6);
    await page.getByText('marked by hand').waitFor();

    await button(page, /^Restore$/).click();
    await page.getByText('Restored in').waitFor({ timeout: waitMs });
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('by keyboard alone, and given up with Escape', async () => {
    const { page, problems } = await openStudio(browser, await freshHost());
    await dropFiles(page, [samplePhoto]);
    await count(page, 6);
    await button(page, 'Mark a face').focus();
    await page.keyboard.press('Enter');
    await page.getByText('Draw a box over the face').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Move the points').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Move the points').waitFor({ state: 'detached' });
    await count(page, 6);
    await button(page, 'Mark a face').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await button(page, 'Add this face').focus();
    await page.keyboard.press('Enter');
    await count(page, 7);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

/** The address works once: another window needs another host. */
async function freshHost(): Promise<string> {
  await host.stop();
  rmSync(dataFolder, { recursive: true, force: true });
  host = await startHost(dataFolder);
  return host.url;
}
