// npm run bench -- fidelity-slider: one face's slider dragged in Chromium. How long from the hand to the changed face,
// and whether anything else shows between letting go and the exact picture: every frame the browser painted is looked
// at, and held against a flash of the old face. Needs a built studio and Chromium (CHROMIUM_PATH).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp, { type Region } from 'sharp';
import {
  dropFiles,
  findChromium,
  openStudio,
  samplePhoto,
  startChromium,
  startHost,
} from '../test/helpers/open-studio.ts';
import { reportRow, rowAtMost, rowShown } from './report-row.ts';

const bench = 'fidelity-slider';
const waitMs = 60_000;
const moves = 120;
const executable = findChromium();
if (executable === null) throw new Error('needs Chromium (set CHROMIUM_PATH to its program)');
const dataFolder = mkdtempSync(join(tmpdir(), 'heirloom-bench-slider-'));
const browser = await startChromium(executable);
const host = await startHost(dataFolder);
try {
  const { page } = await openStudio(browser, host.url);
  await dropFiles(page, [samplePhoto]);
  await page.getByText('6 faces found').waitFor({ timeout: waitMs });
  await page.getByRole('button', { name: /^Restore$/ }).click();
  await page.getByText('Restored in').waitFor({ timeout: waitMs });
  await page.getByText('Restored', { exact: true }).first().click();
  await page.getByRole('button', { name: 'Adjust face 1' }).click();
  // Closer, as somebody looks who moves this slider; then nothing else moves.
  await page.waitForTimeout(3000);

  const face = await faceOnScreen(page);
  const before = await samplesOf(await page.screenshot(), face);
  const latencies = await drag(page);
  const frames = await paintedFramesUntilExact(page);
  const pictures = await Promise.all(frames.map((png) => samplesOf(png, face)));
  const live = pictures[0] as number[];
  const exact = await samplesOf(await page.screenshot(), face);
  const flash = Math.min(distance(before, live), distance(before, exact));
  const departures = pictures.map((each) => Math.min(distance(each, live), distance(each, exact)));

  latencies.sort((a, b) => a - b);
  reportRow(rowShown(bench, 'moves that changed the face', latencies.length, ''));
  reportRow(
    rowShown(bench, 'hand to painted face, median', latencies[latencies.length >> 1] ?? Number.NaN, 'ms'),
  );
  reportRow(rowAtMost(bench, 'hand to painted face, longest', latencies.at(-1) ?? Number.NaN, 'ms', 50));
  reportRow(rowShown(bench, 'frames painted between letting go and the exact picture', frames.length, ''));
  reportRow(rowShown(bench, 'a flash of the old face would depart by', flash, 'levels'));
  reportRow(rowAtMost(bench, 'the furthest frame departs by', Math.max(...departures), 'levels', flash / 4));
} finally {
  await browser.close();
  await host.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}

/** The middle of the first face, in screen pixels. */
async function faceOnScreen(page: Page): Promise<Region> {
  const picture = await page.getByRole('img', { name: /^Restored picture of/ }).boundingBox();
  if (picture === null) throw new Error('the picture is not on the screen');
  const { width } = await sharp(samplePhoto).metadata();
  const scale = picture.width / width;
  return {
    left: Math.round(picture.x + 205 * scale),
    top: Math.round(picture.y + 205 * scale),
    width: Math.round(125 * scale),
    height: Math.round(125 * scale),
  };
}

/** Gray levels. */
async function samplesOf(png: Buffer, region: Region): Promise<number[]> {
  return [...(await sharp(png).extract(region).greyscale().raw().toBuffer())];
}

function distance(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length;
}

/** Drags the thumb to and fro; per move, the time from the event until a frame with the drawn face is on its way. */
async function drag(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const view = globalThis as unknown as {
      latencies: number[];
      addEventListener(
        type: string,
        listener: (event: { timeStamp: number }) => void,
        capture: boolean,
      ): void;
      requestAnimationFrame(callback: () => void): void;
      CanvasRenderingContext2D: { prototype: { putImageData(...given: unknown[]): void } };
    };
    view.latencies = [];
    let movedAt: number | null = null;
    view.addEventListener(
      'pointermove',
      ({ timeStamp }) => {
        movedAt ??= timeStamp;
      },
      true,
    );
    const { putImageData } = view.CanvasRenderingContext2D.prototype;
    view.CanvasRenderingContext2D.prototype.putImageData = function (...given) {
      putImageData.apply(this, given);
      const began = movedAt;
      movedAt = null;
      if (began === null) return;
      // What is drawn before a frame is painted with it; the next one begins when it is on its way.
      view.requestAnimationFrame(() => view.latencies.push(performance.now() - began));
    };
  });
  const thumb = page.getByRole('slider', { name: 'Fidelity of face 1' });
  await thumb.hover();
  const place = await thumb.boundingBox();
  if (place === null) throw new Error('the slider has no size');
  const y = place.y + place.height / 2;
  await page.mouse.down();
  // The faces of the keyframes are made while the thumb is held.
  const live = page.locator('[data-testid="live-face"][data-live]');
  for (let wait = 0; (await live.count()) === 0; wait += 1) {
    if (wait > 300) throw new Error('no live face');
    await page.mouse.move(place.x - 100 - (wait % 2) * 10, y);
    await page.waitForTimeout(100);
  }
  await page.waitForTimeout(1000);
  await page.evaluate(() => {
    (globalThis as unknown as { latencies: number[] }).latencies.length = 0;
  });
  for (let move = 0; move < moves; move += 1) {
    await page.mouse.move(place.x - 110 + 100 * Math.sin(move / 8), y);
    await page.waitForTimeout(16);
  }
  // The other end from where it began: what is exact afterwards is far from what was there before.
  await page.mouse.move(place.x - 210, y, { steps: 5 });
  await page.waitForTimeout(300);
  return page.evaluate(() => (globalThis as unknown as { latencies: number[] }).latencies);
}

/** Lets go; every painted frame, the one with the live face first, until the exact picture has been there for a second. */
async function paintedFramesUntilExact(page: Page): Promise<Buffer[]> {
  const frames: Buffer[] = [await page.screenshot()];
  const session = await page.context().newCDPSession(page);
  session.on('Page.screencastFrame', ({ data, sessionId }) => {
    frames.push(Buffer.from(data, 'base64'));
    void session.send('Page.screencastFrameAck', { sessionId });
  });
  await session.send('Page.startScreencast', { format: 'png', everyNthFrame: 1 });
  await page.mouse.up();
  const live = page.locator('[data-testid="live-face"][data-live]');
  const stopAt = performance.now() + waitMs;
  while ((await live.count()) > 0 && performance.now() < stopAt) await page.waitForTimeout(20);
  await page.waitForTimeout(1500);
  await session.send('Page.stopScreencast');
  return frames;
}
