// The built desktop window in real Electron, where its binary and a display are there; elsewhere it says what is missing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron as electron } from 'playwright-core';
import { expect, it } from 'vitest';
import { hasDisplay } from '../../scripts/start/display.ts';
import { findElectron } from '../../scripts/start/electron-binary.ts';

const root = join(import.meta.dirname, '..', '..');
const samplePhoto = join(root, 'resources', 'samples', 'album-page.jpg');

/** In the page, through the preload alone: how many faces the first photo has, 0 while there is none. */
const facesOfFirstPhoto = `(async () => {
  const { value: photos } = await window.heirloom.invoke('photos.list', {});
  if (!photos?.length) return 0;
  const { value: faces } = await window.heirloom.invoke('faces.list', { photoId: photos[0].id });
  return faces?.length ?? 0;
})()`;

it('opens a sandboxed window that finds the faces of a photo', { timeout: 120_000 }, async (context) => {
  const binary = findElectron(join(root, 'node_modules', 'electron'), process.env);
  if (binary.kind !== 'found') return context.skip('Electron is not here: run npm start once with a network');
  if (!hasDisplay(process.platform, process.env)) return context.skip('there is no display');
  const dataFolder = mkdtempSync(join(tmpdir(), 'heirloom-electron-'));
  const application = await electron.launch({
    executablePath: binary.path,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, samplePhoto],
    env: { ...process.env, HEIRLOOM_DATA_DIR: dataFolder },
  });
  try {
    const page = await application.firstWindow();
    await page.waitForLoadState('domcontentloaded');
    expect(page.url()).toMatch(/^heirloom:/);
    expect(await page.evaluate('typeof require + typeof process + window.heirloom.host')).toBe(
      'undefinedundefinedelectron',
    );
    await expect.poll(() => page.evaluate(facesOfFirstPhoto), { timeout: 60_000 }).toBe(6);
    const windows = await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(windows).toBe(1);
  } finally {
    await application.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
});
