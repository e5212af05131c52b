// What goes wrong in real life: the program dies in the middle of a job, the disk is full, a project's file is
// damaged. Nothing is lost, and each time the window says in words what happened and what to do.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
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
const waitMs = 120_000;
let dataFolder: string;
let browser: Browser;
let host: RunningHost;

beforeAll(async () => {
  if (executable === null) return;
  browser = await startChromium(executable);
});
beforeEach(async (context) => {
  if (executable === null) return context.skip(noChromium);
  dataFolder = mkdtempSync(join(tmpdir(), 'heirloom-mishaps-'));
  host = await startHost(dataFolder);
  return async () => {
    await host.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
});
afterAll(() => browser?.close());

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const sha256Of = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** The one project of the data folder: its document and its original. */
function projectFiles(): { document: string; original: string; name: string } {
  const [name = ''] = readdirSync(join(dataFolder, 'projects'));
  const folder = join(dataFolder, 'projects', name);
  const document = readdirSync(folder).find((file) => file.endsWith('.heirloom')) ?? '';
  const [original = ''] = readdirSync(join(folder, 'originals'));
  return { document: join(folder, document), original: join(folder, 'originals', original), name };
}

async function openSample(): Promise<{ page: Page; problems: string[] }> {
  const opened = await openStudio(browser, host.url);
  await dropFiles(opened.page, [samplePhoto]);
  await opened.page.getByText('6 faces found').waitFor({ timeout: waitMs });
  return opened;
}

/** Large enough that a restore takes its time. */
async function beginLongRestore(page: Page): Promise<void> {
  await page.getByText('4×', { exact: true }).click();
  await button(page, 'Restore').click();
  await isRestoring(page);
}
const isRestoring = (page: Page): Promise<void> =>
  expect
    .poll(
      async () => (await jobs(page)).some(({ state, step }) => state === 'running' && step !== 'waiting'),
      {
        timeout: waitMs,
        interval: 30,
      },
    )
    .toBe(true);

interface ToldJob {
  readonly kind: string;
  readonly state: string;
  readonly step: string | null;
}
/** Restores only, as main tells them. */
const jobs = (page: Page): Promise<ToldJob[]> =>
  page.evaluate(async () => {
    const response = await fetch('/commands/jobs.list', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    });
    const all: ToldJob[] = (await response.json()).value;
    return all.filter(({ kind }) => kind === 'restore-photo');
  });

const hasProcFiles = existsSync(`/proc/${process.pid}/task/${process.pid}/children`);

describe('mishaps', { timeout: 400_000 }, () => {
  it('the program dies in the middle of a job: reopened, the job goes on by itself', async () => {
    const { page } = await openSample();
    await beginLongRestore(page);
    const dead = new Promise((resolve) => host.process.once('exit', resolve));
    host.process.kill('SIGKILL');
    await dead;
    await page.context().close();

    host = await startHost(dataFolder);
    const { page: again, problems } = await openStudio(browser, host.url);
    await button(again, new RegExp(`^${projectFiles().name}`))
      .first()
      .click();
    await again.getByText('Restored in').waitFor({ timeout: waitMs });
    await again.getByText('6 faces found').waitFor();
    const current = again.locator('ol button[aria-current="step"]');
    await expect.poll(() => current.textContent()).toBe('Size: 4×');
    // The dead program's lock does not hold anybody up.
    await again.getByText('2×', { exact: true }).click();
    await expect.poll(() => current.textContent()).toBe('Size: 2×');
    expect(problems).toEqual([]);
    await again.context().close();
  });

  it('there is no room: said in words, nothing half-written stays, and it works when there is', async (context) => {
    if (process.platform !== 'linux') return context.skip('needs a limit on the size of files');
    const { page, problems } = await openSample();
    await page.getByText('4×', { exact: true }).click();
    // To every write beyond the limit the system answers as if nothing more fitted.
    const limit = (bytes: string, who: 'both' | 'engine' | 'host' = 'both') => {
      const pid = String(host.process.pid);
      const engines = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
      const limited = { both: [pid, ...engines], engine: engines, host: [pid] }[who];
      return limited.every(
        (each) => spawnSync('prlimit', ['--pid', each, `--fsize=${bytes}:unlimited`]).status === 0,
      );
    };
    if (!hasProcFiles || !limit('4000000')) {
      await page.context().close();
      return context.skip('needs prlimit');
    }
    const original = sha256Of(projectFiles().original);
    await button(page, 'Restore').click();
    await expect.poll(async () => (await jobs(page))[0]?.state, { timeout: waitMs }).toBe('failed');
    await page
      .getByText(/no room|is full|not enough space/i)
      .first()
      .waitFor();
    const { document } = projectFiles();
    const left = readdirSync(join(document, '..'), { recursive: true, withFileTypes: true });
    expect(left.filter(({ name }) => /\.(part|tmp|temporary)/.test(name))).toEqual([]);
    expect(limit('unlimited')).toBe(true);
    await button(page, 'Restore').click();
    await page.getByText('Restored in').waitFor({ timeout: waitMs });

    // An export likewise; tried again, it is the same job that succeeds.
    expect(limit('500000', 'engine')).toBe(true);
    await button(page, 'Export').click();
    await button(page, 'Download').click();
    const failure = page.getByRole('alert').filter({ hasText: 'Export did not finish: album-page.jpg' });
    await failure.getByText('The disk is full').waitFor({ timeout: waitMs });
    expect(limit('unlimited')).toBe(true);
    await button(page, 'Tasks').click();
    const download = page.waitForEvent('download', { timeout: waitMs });
    await button(page, 'Try again: Export, album-page.jpg').click();
    expect(statSync(await (await download).path()).size).toBeGreaterThan(500_000);
    await failure.waitFor({ state: 'detached' });
    expect(sha256Of(projectFiles().original)).toBe(original);

    // Not even an edit can be kept: it is taken back, and made once there is room.
    const current = page.locator('ol button[aria-current="step"]');
    await page.keyboard.press('Escape');
    expect(limit('4096', 'host')).toBe(true);
    await page.getByText('2×', { exact: true }).click();
    await page
      .getByText(/^(The disk is full|Nothing can be written)/)
      .last()
      .waitFor({ timeout: waitMs });
    await expect.poll(() => current.textContent()).toBe('Size: 4×');
    expect(limit('unlimited', 'host')).toBe(true);
    await page.getByText('2×', { exact: true }).click();
    await expect.poll(() => current.textContent()).toBe('Size: 2×');
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('a damaged project is refused with the place of an untouched copy, and an intact one opens', async () => {
    const { page } = await openSample();
    await page.getByText('1×', { exact: true }).click();
    await expect.poll(() => page.locator('ol button[aria-current="step"]').textContent()).toBe('Size: 1×');
    await page.context().close();
    await host.stop();
    const { document, name } = projectFiles();
    const intact = join(dataFolder, 'intact copy');
    copyFileSync(document, intact);
    const bytes = readFileSync(document);
    bytes.fill(0xa5, 4096, Math.floor(bytes.length * 0.8));
    writeFileSync(document, bytes);
    const damaged = sha256Of(document);

    host = await startHost(dataFolder);
    const { page: again } = await openStudio(browser, host.url);
    await button(again, new RegExp(`^${name}`))
      .first()
      .click();
    await again
      .getByText(/is damaged and was not changed\./)
      .first()
      .waitFor({ timeout: waitMs });
    const words =
      (await again
        .getByText(/An untouched copy is kept at/)
        .first()
        .textContent()) ?? '';
    const copyPath = /kept at (.+?\.heirloom[^ ]*)/.exec(words)?.[1]?.replace(/\.$/, '') ?? '';
    expect(sha256Of(copyPath)).toBe(damaged);
    expect(sha256Of(document)).toBe(damaged);
    expect(await axeViolations(again)).toEqual([]);

    copyFileSync(intact, document);
    await button(again, new RegExp(`^${name}`))
      .first()
      .click();
    await again.getByText('6 faces found').waitFor({ timeout: waitMs });
    await expect.poll(() => again.locator('ol button[aria-current="step"]').textContent()).toBe('Size: 1×');
    await again.context().close();
  });
});
