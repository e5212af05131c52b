// A host whose answers come late: what was told in the meantime stays, and a broken line is made up for.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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
const lateMs = 1500;
const waitMs = 60_000;
let folder: string;
let browser: Browser;
let host: RunningHost;
let studio: StudioPage;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heirloom-late-'));
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

describe('answers that come late', () => {
  it('do not undo what the page was told while they were on their way', async () => {
    const { page, events, problems } = studio;
    await page.route('**/commands/*.list', async (route) => {
      const answer = await route.fetch();
      await new Promise((resolve) => setTimeout(resolve, lateMs));
      await route.fulfill({ response: answer });
    });
    const path = join(folder, 'plain.jpg');
    await sharp({ create: { width: 300, height: 200, channels: 3, background: { r: 230, g: 90, b: 60 } } })
      .jpeg()
      .toFile(path);
    await dropFiles(page, [path]);
    await page.getByText('No face found').waitFor({ timeout: waitMs });
    // The faces were looked for before the list that was asked for first had come.
    const isDone = events.some((event) => event.type === 'job.changed' && event.job.state === 'done');
    expect(isDone).toBe(true);
    await page.getByText('plain.jpg').first().waitFor();
    expect(problems).toEqual([]);
    await page.unrouteAll({ behavior: 'wait' });
  });

  it('and a line that was cut: what happened meanwhile is asked for when it is whole again', async () => {
    const { page } = studio;
    let isCut = false;
    let cutLine = async (): Promise<void> => undefined;
    await page.routeWebSocket('**/events', async (line) => {
      if (isCut) return line.close();
      line.connectToServer();
      cutLine = () => line.close();
    });
    await page.reload();
    const undo = page.getByRole('button', { name: /^Undo/ });
    await page.getByText('No face found').waitFor({ timeout: waitMs });
    expect(await undo.isDisabled()).toBe(true);
    isCut = true;
    await cutLine();
    // Somebody in another window, for example.
    const isEdited = await page.evaluate(async () => {
      const ask = async (command: string, input: unknown) => {
        const headers = { 'Content-Type': 'application/json' };
        const reply = await fetch(`/commands/${command}`, {
          method: 'POST',
          headers,
          body: JSON.stringify(input),
        });
        return reply.json();
      };
      const { value } = await ask('photos.list', {});
      const edit = { kind: 'photo.set-scale', scale: 3 };
      return (await ask('edits.apply', { photoId: value[0].id, edit })).ok;
    });
    expect(isEdited).toBe(true);
    expect(await undo.isDisabled()).toBe(true);
    isCut = false;
    await expect.poll(() => undo.isEnabled(), { timeout: waitMs }).toBe(true);
  });
});
