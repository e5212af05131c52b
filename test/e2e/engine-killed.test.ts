// The engine dies while a photo is restored: once, and the job is done again by itself; twice, and the job fails with
// why and what was kept, and trying again works.
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

beforeAll(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'heirloom-killed-'));
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

/** From now on each engine is killed once it has begun with a restoration, until `times` of them are dead. */
function killEngines({ events, onEvent }: StudioPage, times: number): number[] {
  const killed: number[] = [];
  onEvent((event) => {
    if (event.type !== 'job.progressed' || killed.length === times) return;
    const job = events.findLast((each) => each.type === 'job.changed' && each.job.state === 'running');
    if (job?.type !== 'job.changed' || job.job.kind !== 'restore-photo') return;
    if (event.progress.jobId !== job.job.id) return;
    const engine = events.findLast((each) => each.type === 'engine.changed');
    if (engine?.type !== 'engine.changed' || engine.status.pid === null) return;
    if (killed.includes(engine.status.pid)) return;
    killed.push(engine.status.pid);
    process.kill(engine.status.pid, 'SIGKILL');
  });
  return killed;
}

it('killed once the job is done again; killed twice it fails in words and can be tried again', {
  timeout: 180_000,
}, async () => {
  const studio = await openStudio(browser, host.url);
  const { page, problems } = studio;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await dropFiles(page, [samplePhoto]);
  await page.getByText('6 faces found').waitFor({ timeout: waitMs });

  const first = killEngines(studio, 1);
  await button('Restore').click();
  const notice = page.getByRole('status').filter({ hasText: 'The picture engine was started again' });
  await notice.getByText('nothing was lost').waitFor({ timeout: waitMs });
  expect(await axeViolations(page)).toEqual([]);
  await page.getByText('Restored in').waitFor({ timeout: waitMs });
  expect(first).toHaveLength(1);
  expect(await page.getByRole('alert').count()).toBe(0);

  // Another size, so that there is something to do.
  await page.getByRole('radiogroup').getByText('1×', { exact: true }).click();
  const both = killEngines(studio, 2);
  await button('Update the result').click();
  const alert = page.getByRole('alert').filter({ hasText: 'Restore did not finish: album-page.jpg' });
  await alert.getByText('stopped unexpectedly, twice').waitFor({ timeout: waitMs });
  expect(new Set(both).size).toBe(2);
  expect(await axeViolations(page)).toEqual([]);

  // What was made before is still there, and so is the edit.
  await page.getByRole('img', { name: 'Restored picture of album-page.jpg' }).waitFor();
  await page.getByText('Settings were changed since this result').waitFor();
  await button('Tasks').click();
  const tasks = page.getByRole('dialog', { name: 'Tasks' });
  await tasks.getByText('The photo, its settings and earlier results are kept.').waitFor();
  await tasks.getByText('Originals and edits are safe.').waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await tasks.getByRole('button', { name: 'Try again: Restore, album-page.jpg' }).click();
  await page.getByText('Restored in').waitFor({ timeout: waitMs });
  await alert.waitFor({ state: 'detached' });
  // A picture asked for while no engine lived is asked for again.
  expect(problems.filter((problem) => !/404 .*\/pictures\//.test(problem))).toEqual([]);
  await page.context().close();
});
