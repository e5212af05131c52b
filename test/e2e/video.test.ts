// An old film in the studio: dropped, previewed, its people found, options undone and redone, restored with a pause in
// between, played before and after in step, exported and probed; what is said where there is no ffmpeg.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { axeViolations } from '../helpers/axe-violations.ts';
import { cutFace, frameTimes, hasFfmpeg, makeFaceClip, streamsOf } from '../helpers/make-clips.ts';
import {
  dropFiles,
  findChromium,
  noChromium,
  openStudio,
  type RunningHost,
  type StudioPage,
  startChromium,
  startHost,
} from '../helpers/open-studio.ts';

const executable = findChromium();
const waitMs = 180_000;
/** A part is 120 frames: the face comes behind the first one, so that the run is slow where it is paused. */
const rate = 50;
const frameCount = 240;
const faceFrom = 2.3;
/** Two black frames: the face is seen in two scenes. */
const blackAt = { from: 3.49, to: 3.53 };
let folder: string;
let browser: Browser;
let host: RunningHost;
let studio: StudioPage;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heirloom-video-'));
  if (executable === null || !hasFfmpeg) return;
  await cutFace(join(folder, 'face.png'), 160);
  makeFaceClip({
    facePath: join(folder, 'face.png'),
    path: join(folder, 'garden 1962.mp4'),
    widthPx: 240,
    heightPx: 192,
    rate,
    seconds: frameCount / rate,
    x: '20+10*t',
    seenWhen: `gt(t,${faceFrom})`,
    noise: 10,
    filters: `drawbox=c=black:t=fill:enable='between(t,${blackAt.from},${blackAt.to})'`,
  });
  browser = await startChromium(executable);
  host = await startHost(join(folder, 'data'));
  studio = await openStudio(browser, host.url);
}, waitMs);
afterAll(async () => {
  await browser?.close();
  await host?.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach((context) => {
  if (executable === null) context.skip(noChromium);
  if (!hasFfmpeg) context.skip('needs ffmpeg');
});

const button = (page: Page, name: string | RegExp, exact = true) => page.getByRole('button', { name, exact });
const seen = (page: Page, words: string | RegExp) =>
  page.getByText(words).first().waitFor({ timeout: waitMs });

interface Playing {
  readonly seconds: number;
  readonly isPaused: boolean;
  readonly isReady: boolean;
}
const films = (page: Page): Promise<Playing[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('video')].map(({ currentTime, paused, readyState }) => ({
      seconds: currentTime,
      isPaused: paused,
      isReady: readyState >= 2,
    })),
  );
const areReady = async (page: Page, count: number) =>
  expect
    .poll(async () => (await films(page)).map(({ isReady }) => isReady), { timeout: waitMs })
    .toEqual(Array.from({ length: count }, () => true));
/** Plays until both have moved, then stops and compares. */
async function playsInStep(page: Page): Promise<void> {
  const start = (await films(page))[0]?.seconds ?? 0;
  await page.getByTestId('clock').click();
  await button(page, 'Play').click();
  await expect
    .poll(async () => (await films(page)).every(({ seconds }) => Math.abs(seconds - start) > 0.2), {
      timeout: waitMs,
    })
    .toBe(true);
  await button(page, 'Pause').first().click();
  await expect.poll(async () => (await films(page)).map(({ isPaused }) => isPaused)).toEqual([true, true]);
  await expect
    .poll(async () => {
      const [before, after] = await films(page);
      return Math.abs((before?.seconds ?? 0) - (after?.seconds ?? 9));
    })
    .toBeLessThan(1 / rate);
}

describe('a film in the studio', { timeout: 400_000 }, () => {
  it('is dropped anywhere, listed with what it is, and moved through by keys', async () => {
    const { page, problems } = studio;
    await page.getByText('Drop photos here').waitFor();
    await dropFiles(page, [join(folder, 'garden 1962.mp4')]);
    await page.getByRole('option', { name: /garden 1962\.mp4.*240 × 192.*New/ }).waitFor({ timeout: waitMs });
    await seen(page, 'H.264, 240 × 192, 8 bit');
    await seen(page, 'Sound copied as it is (AAC).');
    await areReady(page, 1);
    const position = page.getByRole('slider', { name: 'Position in the film' });
    await position.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('.');
    await expect.poll(() => position.getAttribute('aria-valuetext')).toContain('picture 2');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => position.getAttribute('aria-valuetext')).toContain('picture 152');
    await expect.poll(async () => (await films(page))[0]?.seconds).toBeCloseTo(152.5 / rate, 2);
    expect(await axeViolations(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('its options are edits with undo, redo and words', async () => {
    const { page, problems } = studio;
    const current = page.locator('ol button[aria-current="step"]');
    const fidelity = page.getByRole('slider', { name: 'Fidelity', exact: true });
    await fidelity.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => current.textContent()).toBe('All faces: fidelity 0.65');
    await page.keyboard.press('i');
    await expect.poll(() => current.textContent()).toBe('From 0:03.05 to the end');
    await page.getByText('2×', { exact: true }).click();
    await expect.poll(() => current.textContent()).toBe('Size: 2×');
    await seen(page, 'Result: 480 × 384 px');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect.poll(() => current.textContent()).toBe('All faces: fidelity 0.65');
    await seen(page, 'Result: 240 × 192 px');
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => current.textContent()).toBe('From 0:03.05 to the end');
    await page.keyboard.press('Control+z');
    await expect.poll(() => current.textContent()).toBe('All faces: fidelity 0.65');
    expect(problems).toEqual([]);
  });

  it('any moment is restored at once and plays before and after in step', async () => {
    const { page, problems } = studio;
    await page.getByRole('combobox', { name: 'Length of the preview' }).click();
    await page.getByRole('option', { name: '1 second' }).click();
    await button(page, 'Preview this moment').click();
    await seen(page, 'This is a preview.');
    await areReady(page, 2);
    await button(page, 'Pause').first().click();
    await playsInStep(page);
    await button(page, 'Back to the whole film').click();
    await areReady(page, 1);
    expect(problems).toEqual([]);
  });

  it('its people are found, each with a switch and a fidelity for all scenes', async () => {
    const { page, problems } = studio;
    await button(page, 'Find the people').click();
    await seen(page, '1 person found');
    await seen(page, '2 scenes');
    const portrait = page.locator('li img').first();
    await expect
      .poll(() => portrait.evaluate((image: HTMLImageElement) => image.naturalWidth), { timeout: waitMs })
      .toBeGreaterThan(20);
    // Where the preview stopped playing is chance.
    await page.getByRole('slider', { name: 'Position in the film' }).focus();
    await page.keyboard.press('Home');
    await expect.poll(async () => (await films(page))[0]?.seconds).toBeLessThan(1 / rate);
    // From scene to scene, and to the first one again.
    for (const from of [faceFrom, blackAt.to, faceFrom]) {
      await button(page, /^Go to person 1: 2 scenes/).click();
      await expect
        .poll(async () => Math.abs(((await films(page))[0]?.seconds ?? 0) - from))
        .toBeLessThan(0.3);
    }
    const person = page.getByRole('switch', { name: 'Restore person 1', exact: true });
    await person.focus();
    await page.keyboard.press('Space');
    await seen(page, 'Person 1 · left as it is');
    await page.keyboard.press('Control+z');
    await expect.poll(() => person.isChecked()).toBe(true);
    await button(page, 'Adjust person 1').click();
    await page.getByRole('switch', { name: /^Restore person 1 at 0:03/ }).focus();
    await page.keyboard.press('Space');
    await seen(page, 'Person 1 · 1 of 2');
    await page.keyboard.press('Control+z');
    expect(await axeViolations(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('who is who can be corrected by keys, and undone', async () => {
    const { page, problems } = studio;
    const current = page.locator('ol button[aria-current="step"]');
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await button(page, /^Say who is seen at 0:03/).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'This is somebody else' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await seen(page, '2 people found');
    await expect.poll(() => current.textContent()).toBe('1 scene is of somebody else: person 2');
    await expect.poll(focused).toMatch(/^Go to person 1: 0:02/);
    await button(page, 'Say who person 2 is').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'This is person 1' }).waitFor();
    await page.keyboard.press('Enter');
    await seen(page, '1 person found');
    await expect.poll(focused).toMatch(/^Go to person 1: 2 scenes/);
    await page.keyboard.press('Control+z');
    await seen(page, '2 people found');
    await page.keyboard.press('Control+z');
    await seen(page, '1 person found');
    await button(page, 'Adjust person 1').click();
    expect(problems).toEqual([]);
  });

  it('it is restored, paused and gone on with, played and exported', async () => {
    const { page, problems } = studio;
    await button(page, 'Restore').click();
    const numbers = page.getByTestId('run-numbers');
    const done = async () => Number(/^(\d+) of/.exec((await numbers.allInnerTexts())[0] ?? '')?.[1] ?? 0);
    await expect.poll(done, { timeout: waitMs, interval: 50 }).toBeGreaterThan(125);
    await page.locator('aside').getByRole('button', { name: 'Pause', exact: true }).click();
    await seen(page, /Paused\. \d finished part/);
    await button(page, 'Go on').click();
    await seen(page, 'The restored film is up to date.');
    await areReady(page, 2);
    await page.getByRole('slider', { name: 'Position in the film' }).focus();
    await page.keyboard.press('Home');
    await playsInStep(page);

    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: waitMs }),
      button(page, 'Export').click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^garden 1962 .*\.mp4$/);
    const exported = join(folder, 'exported.mp4');
    await download.saveAs(exported);
    expect(streamsOf(exported).map(({ codec_type, codec_name }) => [codec_type, codec_name])).toEqual([
      ['video', 'h264'],
      ['audio', 'aac'],
    ]);
    expect(frameTimes(exported)).toHaveLength(frameCount);
    expect(problems).toEqual([]);
  });

  it('is removed and put back', async () => {
    const { page, problems } = studio;
    await button(page, 'Remove from the project').click();
    await seen(page, 'Drop films here');
    await button(page, 'Put back').click();
    await page.getByRole('option', { name: /garden 1962\.mp4.*Restored/ }).waitFor({ timeout: waitMs });
    await page.setViewportSize({ width: 320, height: 800 });
    await areReady(page, 2);
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await expect.poll(overflow).toBeLessThanOrEqual(0);
    expect(await axeViolations(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('where there is no ffmpeg the page says how to get it', async () => {
    await host.stop();
    host = await startHost(join(folder, 'bare'), [], { PATH: '/nowhere', HEIRLOOM_FFMPEG: '' });
    const { page } = await openStudio(browser, host.url);
    await button(page, 'New project').click();
    await seen(page, 'No photos yet');
    await button(page, 'Films').click();
    await seen(page, 'Films need ffmpeg, and none was found.');
    await seen(page, /install ffmpeg/);
    expect(await axeViolations(page)).toEqual([]);
    await button(page, 'Name its place in the settings').click();
    await page.getByLabel('Place of ffmpeg').waitFor();
    await page.context().close();
  });
});
