// A film is being restored, and somebody opens a photo: its faces are found and restored at once, while the film waits.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { cutFace, hasFfmpeg, makeFaceClip } from '../helpers/make-clips.ts';
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
const waitMs = 180_000;
let folder: string;
let browser: Browser;
let host: RunningHost;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heirloom-makes-way-'));
  if (executable === null || !hasFfmpeg) return;
  await cutFace(join(folder, 'face.png'), 160);
  const facePath = join(folder, 'face.png');
  // Long enough that it cannot be done before the photo is.
  makeFaceClip({
    facePath,
    path: join(folder, 'garden.mp4'),
    widthPx: 480,
    heightPx: 360,
    seconds: 20,
    x: '20+10*t',
  });
  browser = await startChromium(executable);
  host = await startHost(join(folder, 'data'));
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

it('a photo is restored while a film is, and the film goes on', { timeout: 300_000 }, async () => {
  const { page, events, problems } = await openStudio(browser, host.url);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const jobsDone = () =>
    events.flatMap((event) =>
      event.type === 'job.changed' && event.job.state === 'done' ? [event.job.kind] : [],
    );
  const told = () =>
    events.flatMap((event) => (event.type === 'clip.progressed' ? [event.clip.progress] : []));

  await dropFiles(page, [join(folder, 'garden.mp4')]);
  await page.getByText('garden.mp4').first().waitFor({ timeout: waitMs });
  await button('Restore').click();
  await expect.poll(() => told().length, { timeout: waitMs }).toBeGreaterThan(2);

  await dropFiles(page, [samplePhoto]);
  await page.getByText('6 faces found').waitFor({ timeout: waitMs });
  await button('Restore').click();
  await page.getByText('Restored in').waitFor({ timeout: waitMs });
  expect(jobsDone()).toEqual(['find-faces', 'restore-photo']);
  expect(told().some(({ isHeld }) => isHeld)).toBe(true);

  // A poster needs no network: it comes beside the film.
  await button('Films').click();
  const poster = page.getByRole('option').first().locator('img');
  await expect
    .poll(() => poster.evaluate((image: HTMLImageElement) => image.naturalWidth), { timeout: waitMs })
    .toBeGreaterThan(0);
  const before = told().at(-1)?.doneFrames ?? 0;
  await expect.poll(() => told().at(-1)?.doneFrames ?? 0, { timeout: waitMs }).toBeGreaterThan(before);
  expect(jobsDone()).toEqual(['find-faces', 'restore-photo']);
  expect(problems).toEqual([]);
  await page.context().close();
});
