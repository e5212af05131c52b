// The history of one photo, in a real browser: steps in words, back and forth by click and key, versions with a name,
// and all of it still there after opening again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
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
  dataFolder = mkdtempSync(join(tmpdir(), 'heirloom-history-'));
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

it('steps in words, back by click, on by key, versions that bring a dropped step back', {
  timeout: 120_000,
}, async () => {
  const { page, problems } = await openStudio(browser, host.url, { colorScheme: 'dark' });
  await page.getByText('Bring old photos back to life').waitFor();
  await dropFiles(page, [samplePhoto]);
  await page.getByText('6 faces found').waitFor({ timeout: waitMs });
  const history = page.getByRole('region', { name: 'History' });
  const step = (name: string) => history.getByRole('button', { name, exact: true });
  const current = history.locator('[aria-current="step"]');
  const size = (name: string) => page.getByRole('radiogroup').getByText(name, { exact: true });

  await size('4×').click();
  await step('Size: 4×').waitFor();
  await history.getByRole('textbox', { name: 'Name of this version' }).fill('Large print');
  await history.getByRole('button', { name: 'Keep version' }).click();
  await history.getByRole('button', { name: 'Go to version Large print' }).waitFor();

  await step('As it came in').click();
  await expect.poll(() => current.textContent()).toBe('As it came in');
  await step('Size: 4× (undone)').waitFor();
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(() => current.textContent()).toBe('Size: 4×');
  await page.keyboard.press('Control+z');
  await expect.poll(() => current.textContent()).toBe('As it came in');
  // By keyboard alone: one stop for Tab, arrows inside.
  await current.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => current.textContent()).toBe('Size: 4×');
  await step('As it came in').click();

  // A key that is held down presses faster than it can be answered: each press is one step.
  for (const value of ['1×', '2×', '1×', '2×', '1×']) {
    await size(value).click();
    await expect.poll(() => current.textContent()).toBe(`Size: ${value}`);
  }
  await page.getByTestId('stage').focus();
  await page.keyboard.down('Control');
  for (let press = 0; press < 4; press += 1) await page.keyboard.down('z');
  await page.keyboard.up('z');
  await page.keyboard.up('Control');
  await expect.poll(() => history.locator('[data-undone]').count()).toBe(4);
  await step('As it came in').click();

  // Another way from here on: the old step leaves the history, not the version.
  await size('1×').click();
  await step('Size: 1×').waitFor();
  expect(await history.getByRole('button', { name: 'Size: 4×' }).count()).toBe(0);
  await history.getByRole('button', { name: 'Go to version Large print' }).click();
  await expect.poll(() => current.textContent()).toBe('Size: 4×');
  await history.getByRole('button', { name: 'Go to version Before “Large print”' }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await history.scrollIntoViewIfNeeded();
  const pictures = process.env['HEIRLOOM_SCREENSHOTS'];
  if (pictures !== undefined) {
    await page.screenshot({ path: join(pictures, 'history-dark.png') });
    await page.emulateMedia({ colorScheme: 'light' });
    await page.screenshot({ path: join(pictures, 'history-light.png') });
  }

  // Paused, a restore waits; going on, it runs.
  await page.getByRole('button', { name: /^Tasks/ }).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('button', { name: 'Go on' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await page.getByRole('button', { name: 'Tasks: 1 in progress' }).click();
  await page.getByRole('button', { name: 'Do next: Restore, album-page.jpg' }).click();
  expect(await axeViolations(page)).toEqual([]);
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, 'tasks-light.png') });
  await page.getByRole('button', { name: 'Cancel: Restore, album-page.jpg' }).click();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
  await page.keyboard.press('Escape');

  // Restored as it is, the difference of both pictures can be seen; going back shows what exists, without work.
  await page.getByRole('radiogroup').getByText('1×', { exact: true }).click();
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await page.getByText('Restored in').waitFor({ timeout: waitMs });
  await page.getByText('Difference', { exact: true }).click();
  const restored = page.getByRole('img', { name: 'Restored picture of album-page.jpg' });
  await expect
    .poll(() =>
      restored.evaluate(
        (image) =>
          (image as unknown as { closest(selector: string): unknown }).closest(
            '[style*="mix-blend-mode: difference"]',
          ) !== null,
      ),
    )
    .toBe(true);
  await page.waitForTimeout(300);
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, 'difference-light.png') });
  await page.getByRole('button', { name: 'Show at 200 %' }).click();
  await page.getByText('200 %', { exact: true }).first().waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await history.getByRole('button', { name: 'Go to version Large print' }).click();
  await expect.poll(() => current.textContent()).toBe('Size: 4×');

  await page.reload();
  await history.getByRole('button', { name: 'Go to version Large print' }).waitFor();
  expect(await current.textContent()).toBe('Size: 4×');
  expect(problems).toEqual([]);
});
