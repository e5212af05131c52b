// npm run bench -- viewer-tiles: a 100-megapixel scan looked at at 100 % in Chromium, by tiles against one full picture.
// Needs a built studio and Chromium (CHROMIUM_PATH). Both ways start from an empty cache, in one run.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import {
  dropFiles,
  findChromium,
  openStudio,
  samplePhoto,
  startChromium,
  startHost,
} from '../test/helpers/open-studio.ts';
import { reportRow, rowAtMost, rowShown } from './report-row.ts';

interface PageTile {
  readonly dataset: Readonly<Record<string, string | undefined>>;
  readonly width: number;
  readonly height: number;
}

/** What the page's own script sees of an image. */
interface PageImage {
  readonly src: string;
  readonly complete: boolean;
  readonly naturalWidth: number;
  readonly naturalHeight: number;
}

const bytesPerPixel = 4;
const megabyte = 2 ** 20;
const executable = findChromium();
if (executable === null) throw new Error('needs Chromium (set CHROMIUM_PATH to its program)');
const dataFolder = mkdtempSync(join(tmpdir(), 'heirloom-bench-tiles-'));
const browser = await startChromium(executable);
const host = await startHost(dataFolder);
try {
  const scan = join(dataFolder, 'scan.jpg');
  await sharp(samplePhoto).resize(11_600, 8700, { fit: 'fill' }).jpeg({ quality: 92 }).toFile(scan);
  const { page } = await openStudio(browser, host.url);
  await dropFiles(page, [scan]);
  const original = page.getByRole('img', { name: 'Original of scan.jpg' });
  await original.waitFor({ timeout: 120_000 });
  // Finding faces must not run meanwhile.
  await page
    .getByText(/faces? found|No face/)
    .first()
    .waitFor({ timeout: 120_000 });
  const address = (await original.getAttribute('src')) ?? '';

  const tiles = page.locator('canvas[data-tile-level]');
  const startedAt = performance.now();
  await page.getByTestId('stage').press('1');
  let sizes: number[] = [];
  for (;;) {
    const images = await tiles.evaluateAll((all) =>
      (all as unknown as PageTile[]).map(({ dataset, width, height }) => [
        dataset['drawn'] === undefined ? 0 : width,
        height,
      ]),
    );
    sizes = images.map(([width = 0, height = 0]) => width * height);
    if (sizes.length > 0 && sizes.every((pixels) => pixels > 0)) break;
    await page.waitForTimeout(20);
  }
  const tilesMs = performance.now() - startedAt;
  await page.getByTestId('stage').press('0');

  const whole = await page.evaluate(
    async (full) => {
      const began = performance.now();
      const image = new (
        globalThis as unknown as { Image: new () => PageImage & { src: string; decode(): Promise<void> } }
      ).Image();
      image.src = full;
      await image.decode();
      return { ms: performance.now() - began, pixels: image.naturalWidth * image.naturalHeight };
    },
    address.replace(/\/[a-z]+$/, '/full'),
  );

  const tilesBytes = sizes.reduce((sum, pixels) => sum + pixels, 0) * bytesPerPixel;
  const wholeBytes = whole.pixels * bytesPerPixel;
  reportRow(rowShown('viewer-tiles', 'first sharp view, one full picture', whole.ms, 'ms'));
  reportRow(
    rowAtMost('viewer-tiles', 'first sharp view, tiles (cut for the first time)', tilesMs, 'ms', whole.ms),
  );
  reportRow(rowShown('viewer-tiles', 'decoded pixels, one full picture', wholeBytes / megabyte, 'MiB'));
  reportRow(rowAtMost('viewer-tiles', 'decoded pixels, tiles in sight', tilesBytes / megabyte, 'MiB', 64));
} finally {
  await browser.close();
  await host.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}
