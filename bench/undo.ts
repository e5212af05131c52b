// npm run bench -- undo: a photo with 1,000 edits taken back step by step, beside making them: by command after command,
// and in the window by a key that is held down. Needs a built studio and Chromium (CHROMIUM_PATH).
// node bench/undo.ts [--steps N]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { askStudio } from '../test/helpers/ask-studio.ts';
import {
  dropFiles,
  findChromium,
  openStudio,
  samplePhoto,
  startChromium,
  startHost,
} from '../test/helpers/open-studio.ts';
import { reportRow, rowAtMost, rowShown } from './report-row.ts';

const args = process.argv.slice(2);
const stepCount = args.includes('--steps') ? Number(args[args.indexOf('--steps') + 1]) : 1000;
const steps = stepCount.toLocaleString('en');
const executable = findChromium();
if (executable === null) throw new Error('needs Chromium (set CHROMIUM_PATH to its program)');
const root = mkdtempSync(join(tmpdir(), 'heirloom-bench-undo-'));
const browser = await startChromium(executable);
const host = await startHost(join(root, 'data'));
try {
  const { page } = await openStudio(browser, host.url);
  await dropFiles(page, [samplePhoto]);
  await page.getByText('6 faces found').waitFor({ timeout: 60_000 });
  const [photo] = await askStudio(page, 'photos.list', {});
  if (photo === undefined) throw new Error('no photo');
  const faces = await askStudio(page, 'faces.list', { photoId: photo.id });

  const edits = Array.from({ length: stepCount }, (_, index) => ({
    photoId: photo.id,
    edit: {
      kind: 'face.set-fidelity',
      faceId: faces[index % faces.length]?.id,
      fidelity: (1 + (index % 97)) / 100,
    },
  }));
  // The window away: main alone.
  await page.goto('about:blank');
  const making = await inARow(page, 'edits.apply', edits);
  reportRow(rowShown('undo', `${steps} edits made, by command`, making, 'ms'));
  const nothing = edits.map(({ photoId }) => ({ photoId }));
  const undoing = await inARow(page, 'edits.undo', nothing);
  reportRow(rowAtMost('undo', `${steps} steps undone, by command`, undoing, 'ms', 2000));
  const redoing = await inARow(page, 'edits.redo', nothing);
  reportRow(rowShown('undo', `${steps} steps redone, by command`, redoing, 'ms'));
  await page.goto(new URL('/', host.url).href);
  const held = await heldDown(page);
  reportRow(rowAtMost('undo', `${steps} steps undone, Ctrl+Z held down`, held, 'ms', 2000));
} finally {
  await browser.close();
  await host.stop();
  rmSync(root, { recursive: true, force: true });
}

/** Each command once the one before was answered. */
async function inARow(page: Page, name: string, inputs: readonly unknown[]): Promise<number> {
  const cookies = await page.context().cookies(host.url);
  const headers = {
    'Content-Type': 'application/json',
    Origin: new URL(host.url).origin,
    Cookie: cookies.map((cookie) => `${cookie.name}=${cookie.value}`).join('; '),
  };
  const address = new URL(`/commands/${name}`, host.url);
  const startedAt = performance.now();
  for (const input of inputs) {
    const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(input) });
    const { ok } = (await response.json()) as { ok: boolean };
    if (!ok) throw new Error(`${name} was refused`);
  }
  return performance.now() - startedAt;
}

/** From the first press until the window shows the photo as it came in. */
async function heldDown(page: Page): Promise<number> {
  const current = page.getByRole('region', { name: 'History' }).locator('[aria-current="step"]');
  await current.filter({ hasNotText: 'As it came in' }).waitFor();
  await page.getByTestId('stage').focus();
  const startedAt = performance.now();
  await page.evaluate(async (count) => {
    interface Target {
      dispatchEvent(event: Event): boolean;
    }
    const { document, KeyboardEvent } = globalThis as unknown as {
      document: { activeElement: Target };
      KeyboardEvent: new (type: string, options: object) => Event;
    };
    for (let press = 0; press < count; press += 1) {
      const key = { key: 'z', code: 'KeyZ', ctrlKey: true, bubbles: true, cancelable: true };
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', key));
      // Each in a task of its own, as soon as the window is free: quicker than any keyboard.
      await new Promise<void>((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve();
        port2.postMessage(null);
      });
    }
  }, stepCount);
  await current.filter({ hasText: 'As it came in' }).waitFor({ timeout: 600_000 });
  return performance.now() - startedAt;
}
