// npm run bench -- restore: a 12-megapixel photo with ten faces through the whole pipeline with what ships inside,
// step by step. The same photo twice: the first run also loads the models.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { createServices } from '../src/main/create-services.ts';
import { spawnForkedEngine } from '../src/main/hosts/spawn-forked-engine.ts';
import { reportRow, rowShown } from './report-row.ts';

const { values } = parseArgs({ options: { scale: { type: 'string', default: '1' } } });
const scale = Number(values.scale);
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'heirloom-bench-'));
const photo = join(folder, 'ten-faces.jpg');

/** Ten prints of the sample page on one sheet of 4000 x 3000, three rows. */
async function makePhoto(): Promise<void> {
  const page = join(root, 'resources/samples/album-page.jpg');
  const prints = await Promise.all(
    Array.from({ length: 10 }, async (_, index) => {
      const [column, row] = [index % 3, Math.floor(index / 3) % 2];
      const cell = { left: 20 + column * 513, top: 20 + row * 590, width: 490, height: 560 };
      const input = await sharp(page).extract(cell).resize({ width: 780 }).toBuffer();
      return { input, left: 40 + (index % 4) * 990, top: 40 + Math.floor(index / 4) * 980 };
    }),
  );
  await sharp({ create: { width: 4000, height: 3000, channels: 3, background: '#38332e' } })
    .composite(prints)
    .jpeg({ quality: 92 })
    .toFile(photo);
}

const show = (metric: string, value: number, unit: string): void =>
  reportRow(rowShown('restore', metric, value, unit));

await makePhoto();
const { models, engine } = createServices({
  appRoot: root,
  dataFolder: folder,
  environment: { ...process.env, HEIRLOOM_MODELS_DIR: join(folder, 'models') },
  spawnEngine: spawnForkedEngine,
  log: () => undefined,
});
try {
  const [detector, landmarks, restorer] = await Promise.all([
    models.bestFor('face-detection'),
    models.bestFor('face-landmarks'),
    models.bestFor('face-restoration'),
  ]);
  if (detector === null || restorer === null)
    throw new Error('the bundled models are missing: npm run build');
  let peakBytes = 0;
  engine.onStatus(({ rssBytes }) => {
    peakBytes = Math.max(peakBytes, rssBytes ?? 0);
  });
  for (const run of ['first', 'second']) {
    const startedAt = performance.now();
    const answer = await engine.run({
      kind: 'restore-file',
      path: photo,
      pageIndex: 0,
      detection: { detector, landmarks },
      restorer,
      parser: null,
      upscaler: null,
      backgroundStrength: 1,
      fidelity: 0.7,
      strength: 1,
      scale,
      monochrome: 'auto',
      software: 'bench',
      target: {
        path: join(folder, `${run}.jpg`),
        overwrite: false,
        settings: {
          format: 'jpeg',
          quality: 95,
          bitDepth: 'same',
          metadata: 'keep',
          restorationRecord: true,
        },
      },
    });
    show(`${run} run, faces`, answer.faces.length, 'faces');
    for (const { step, elapsedMs } of answer.timings) show(`${run} run, ${step}`, elapsedMs, 'ms');
    show(`${run} run, everything`, performance.now() - startedAt, 'ms');
    show(`${run} run, file`, statSync(answer.path).size / 1e6, 'MB');
  }
  show('engine memory after the jobs', peakBytes / 1e6, 'MB');
} finally {
  await engine.close();
  await models.close();
  rmSync(folder, { recursive: true, force: true });
}
