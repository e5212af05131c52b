// The photo viewer in a real browser: faces zoomed to, pictures side by side, the view turned, single pixels, tiles of a
// large scan, any two versions compared. By mouse and by keyboard.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
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
  if (executable !== null) browser = await startChromium(executable);
});
afterAll(async () => {
  await browser?.close();
});
beforeEach(async (context) => {
  if (executable === null) return context.skip(noChromium);
  dataFolder = mkdtempSync(join(tmpdir(), 'heirloom-viewer-'));
  // The address works once: each story has a host of its own.
  host = await startHost(dataFolder);
  return async () => {
    await host.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
});

const stage = (page: Page): Locator => page.getByTestId('stage');
const zoom = (page: Page) => async (): Promise<number> =>
  Number.parseInt((await page.getByRole('status', { name: /^Zoom \d+ %$/ }).textContent()) ?? '', 10);

async function restored(page: Page): Promise<void> {
  await dropFiles(page, [samplePhoto]);
  await page.getByText('6 faces found').waitFor({ timeout: waitMs });
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await page.getByText('Restored in').waitFor({ timeout: waitMs });
}

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('not in sight');
  return box;
}
const middleOf = (box: { x: number; y: number; width: number; height: number }) => ({
  x: box.x + box.width / 2,
  y: box.y + box.height / 2,
});
const rounded = async (locator: Locator) => {
  const { x, y, width, height } = await boxOf(locator);
  return [x, y, width, height].map(Math.round);
};

describe('the viewer', { timeout: 180_000 }, () => {
  it('zooms to faces by key and by double click, one after the other', async () => {
    const { page, problems } = await openStudio(browser, host.url);
    await dropFiles(page, [samplePhoto]);
    await page.getByText('6 faces found').waitFor({ timeout: waitMs });
    const mark = (number: number) =>
      stage(page)
        .locator('g')
        .filter({ hasText: String(number) })
        .locator('rect')
        .nth(1);
    const isFramed = (number: number) => async (): Promise<boolean> => {
      const around = await boxOf(stage(page));
      const face = await boxOf(mark(number));
      const [a, b] = [middleOf(around), middleOf(face)];
      return (
        Math.hypot(a.x - b.x, a.y - b.y) < 80 &&
        face.height > around.height / 3 &&
        face.height < around.height
      );
    };
    expect(await isFramed(1)()).toBe(false);
    await stage(page).focus();
    await page.keyboard.press('n');
    await expect.poll(isFramed(1)).toBe(true);
    await page.keyboard.press('n');
    await expect.poll(isFramed(2)).toBe(true);
    await page.getByText('Zoomed to face 2 of 6').waitFor({ state: 'attached' });
    await page.keyboard.press('p');
    await expect.poll(isFramed(1)).toBe(true);
    await page.keyboard.press('p');
    await expect.poll(isFramed(6)).toBe(true);
    await page.keyboard.press('0');
    await expect.poll(isFramed(6)).toBe(false);
    await page.getByRole('button', { name: 'Zoom to a face' }).click();
    await expect.poll(isFramed(6)).toBe(true);

    // A click on a face chooses it, a double click frames it, in the picture and in the list.
    await stage(page).press('0');
    await expect.poll(isFramed(6)).toBe(false);
    await mark(3).click();
    await page.getByRole('slider', { name: 'Strength of face 3' }).waitFor();
    await mark(4).dblclick();
    await expect.poll(isFramed(4)).toBe(true);
    await page.getByText('Face 5', { exact: true }).dblclick();
    await expect.poll(isFramed(5)).toBe(true);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('shows both pictures side by side, moved together, and one above the other in a narrow window', async () => {
    const { page, problems } = await openStudio(browser, host.url);
    await restored(page);
    await page.getByText('Side by side', { exact: true }).click();
    const original = page.getByRole('img', { name: 'Original of album-page.jpg' });
    const result = page.getByRole('img', { name: 'Restored picture of album-page.jpg' });
    await result.waitFor();
    const apart = async () => {
      const [a, b] = [await rounded(original), await rounded(result)];
      return a.map((value, index) => (b[index] ?? 0) - value);
    };
    const around = await boxOf(stage(page));
    const half = Math.round(around.width / 2);
    const isBeside = async () => {
      const [dx = 0, dy, dw, dh] = await apart();
      return [Math.abs(dx - half) <= 2, dy, dw, dh];
    };
    await expect.poll(isBeside).toEqual([true, 0, 0, 0]);
    // Each says which it is, in a line of its own size.
    for (const name of ['Original', 'Restored'])
      expect((await boxOf(stage(page).getByText(name, { exact: true }))).height).toBeLessThan(40);
    // By wheel over the right picture and by keys, both move.
    const fitted = await boxOf(original);
    await page.mouse.move(around.x + around.width * 0.75, around.y + around.height / 2);
    await page.mouse.wheel(0, -600);
    await expect.poll(async () => (await boxOf(original)).width).toBeGreaterThan(fitted.width * 1.5);
    await expect.poll(isBeside).toEqual([true, 0, 0, 0]);
    const wheeled = await rounded(original);
    await stage(page).focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(async () => (await rounded(original))[0]).not.toBe(wheeled[0]);
    await expect.poll(isBeside).toEqual([true, 0, 0, 0]);
    expect(await axeViolations(page)).toEqual([]);

    await page.setViewportSize({ width: 400, height: 900 });
    await page.keyboard.press('0');
    const isBelow = async () => {
      const [dx, dy = 0, dw, dh] = await apart();
      return [dx, dy > 50, dw, dh];
    };
    await expect.poll(isBelow).toEqual([0, true, 0, 0]);
    expect(await axeViolations(page)).toEqual([]);
    // C goes on through what can be shown.
    await page.keyboard.press('c');
    await expect
      .poll(() => page.getByRole('combobox', { name: 'What is shown' }).inputValue())
      .toBe('restored');
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('turns the view, marks included, and remembers it with the project', async () => {
    const { page, problems } = await openStudio(browser, host.url);
    await dropFiles(page, [samplePhoto]);
    await page.getByText('6 faces found').waitFor({ timeout: waitMs });
    const picture = page.getByRole('img', { name: 'Original of album-page.jpg' });
    const mark = stage(page).locator('g').first().locator('rect').first();
    /** Where the middle of the first face lies on the picture, 0 to 1 each way. */
    const spot = async () => {
      const [face, whole] = [middleOf(await boxOf(mark)), await boxOf(picture)];
      return [(face.x - whole.x) / whole.width, (face.y - whole.y) / whole.height].map(
        (part) => Math.round(part * 100) / 100,
      );
    };
    const [x = 0, y = 0] = await spot();
    const near = (a: number) => expect.closeTo(a, 1.5);
    await page.getByRole('button', { name: 'Turn the view' }).click();
    await expect.poll(spot).toEqual([near(1 - y), near(x)]);
    await stage(page).focus();
    await page.keyboard.press('r');
    await expect.poll(spot).toEqual([near(1 - x), near(1 - y)]);
    await page.keyboard.press('Shift+R');
    await expect.poll(spot).toEqual([near(1 - y), near(x)]);
    expect(await axeViolations(page)).toEqual([]);

    // Marking by hand on the turned view puts the face where it was drawn.
    await page.getByRole('button', { name: 'Mark a face' }).click();
    const layer = await boxOf(page.getByRole('group', { name: /^Mark a face by hand/ }));
    await page.mouse.move(layer.x + layer.width / 2, layer.y + 60);
    await page.mouse.down();
    await page.mouse.move(layer.x + layer.width / 2 + 60, layer.y + 150, { steps: 4 });
    await page.mouse.up();
    await page.getByRole('button', { name: 'Add this face' }).click();
    await page.getByText('7 faces found').waitFor();
    const added = stage(page).locator('g').last().locator('rect').first();
    await expect
      .poll(async () => {
        const face = await boxOf(added);
        return Math.hypot(face.x - layer.x - layer.width / 2, face.y - layer.y - 60) < 8;
      })
      .toBe(true);

    // Kept with the project: a window that opens again shows the photo as it was looked at.
    const isUpright = async () => {
      const { width, height } = await boxOf(picture);
      return width > height;
    };
    expect(await isUpright()).toBe(false);
    await page.waitForTimeout(1000);
    await page.reload();
    await page.getByText('7 faces found').waitFor({ timeout: waitMs });
    await expect.poll(isUpright).toBe(false);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('shows a grid between single pixels from 800 % on', async () => {
    const { page, problems } = await openStudio(browser, host.url, { colorScheme: 'dark' });
    await dropFiles(page, [samplePhoto]);
    await page.getByText('6 faces found').waitFor({ timeout: waitMs });
    const grid = page.getByTestId('pixel-grid');
    await stage(page).focus();
    await page.keyboard.press('2');
    await expect.poll(zoom(page)).toBe(200);
    expect(await grid.count()).toBe(0);
    for (let press = 0; press < 8; press += 1) await page.keyboard.press('+');
    await expect.poll(zoom(page)).toBeGreaterThan(1000);
    await grid.waitFor();
    await page.keyboard.press('g');
    await grid.waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await grid.waitFor();
    for (let press = 0; press < 12; press += 1) await page.keyboard.press('+');
    await expect.poll(zoom(page)).toBe(3200);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('compares any two versions; what has no picture can be restored without going there', async () => {
    const { page, problems } = await openStudio(browser, host.url);
    await restored(page);
    const size = (name: string) => page.getByRole('radiogroup').getByText(name, { exact: true });
    await size('4×').click();
    const history = page.getByRole('region', { name: 'History' });
    await history.getByRole('button', { name: 'Size: 4×', exact: true }).waitFor();
    await history.getByRole('textbox', { name: 'Name of this version' }).fill('Large print');
    await history.getByRole('button', { name: 'Keep version' }).click();
    await history.getByRole('button', { name: 'Go to version Large print' }).waitFor();
    await history.getByRole('button', { name: 'As it came in' }).click();

    await page.getByText('Side by side', { exact: true }).click();
    await page.getByRole('button', { name: 'Choose what is compared' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Right', exact: true }).selectOption({
      label: 'Large print (not restored yet)',
    });
    await page.getByText('There is no picture of this version yet.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Restore this version' }).click();
    await page
      .getByRole('img', { name: 'Large print, a version of album-page.jpg' })
      .waitFor({ timeout: waitMs });
    await page.getByRole('combobox', { name: 'Left', exact: true }).selectOption({ label: 'Current result' });
    await page.getByRole('img', { name: 'Restored picture of album-page.jpg' }).waitFor();
    expect(await page.getByRole('img', { name: 'Original of album-page.jpg' }).count()).toBe(0);
    // Where the history stands has not changed.
    expect(await history.locator('[aria-current="step"]').textContent()).toBe('As it came in');
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('shows a large scan sharply by the tiles in sight, never whole', async () => {
    const scan = join(dataFolder, 'scan.jpg');
    await sharp(samplePhoto).resize(7200, 5400, { fit: 'fill' }).jpeg().toFile(scan);
    const { page, problems } = await openStudio(browser, host.url);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await dropFiles(page, [scan]);
    await page.getByRole('img', { name: 'Original of scan.jpg' }).waitFor({ timeout: waitMs });
    expect(asked.filter((path) => path.includes('/tiles/'))).toEqual([]);
    await stage(page).press('1');
    await expect.poll(zoom(page)).toBe(100);
    const tiles = stage(page).locator('canvas[data-tile-level="4"]');
    const areSharp = () =>
      tiles.evaluateAll(
        (canvases) => canvases.length > 0 && canvases.every((canvas) => canvas.hasAttribute('data-drawn')),
      );
    await expect.poll(areSharp, { timeout: waitMs }).toBe(true);
    expect(await tiles.count()).toBeLessThan(20);
    // Neighbours touch: no seam, no overlap.
    const [first, second] = [await boxOf(tiles.nth(0)), await boxOf(tiles.nth(1))];
    expect(first.x + first.width).toBeCloseTo(second.x, 3);
    const before = await tiles.first().getAttribute('data-address');
    for (let press = 0; press < 10; press += 1) await stage(page).press('ArrowRight');
    await expect.poll(() => tiles.first().getAttribute('data-address')).not.toBe(before);
    await stage(page).press('r');
    await expect.poll(areSharp, { timeout: waitMs }).toBe(true);
    expect(asked.filter((path) => path.endsWith('/full'))).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
