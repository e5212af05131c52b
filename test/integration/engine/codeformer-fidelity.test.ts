// What the fidelity means can only be seen with the authors' own weights: runs where they are installed
// (HEIRLOOM_MODELS_DIR=… with codeformer-pth/codeformer.pth), and says that it was skipped elsewhere.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import type { Raster } from '../../../src/engine/pixels/raster.ts';
import { restoreFace } from '../../../src/engine/steps/restore-face.ts';
import { loadConvertedForTest } from '../../helpers/load-converted.ts';

const samplePhoto = join(import.meta.dirname, '../../../resources/samples/album-page.jpg');
const checkpointPath = join(process.env['HEIRLOOM_MODELS_DIR'] ?? '', 'codeformer-pth', 'codeformer.pth');

/** A face of the sample page, framed about as the networks want it, with a seventh of its detail left. */
async function degradedFace(): Promise<Raster> {
  const small = await sharp(samplePhoto)
    .extract({ left: 142, top: 115, width: 260, height: 260 })
    .resize(72, 72)
    .jpeg({ quality: 40 })
    .toBuffer();
  const data = await sharp(small).resize(512, 512).toColourspace('srgb').removeAlpha().raw().toBuffer();
  return { widthPx: 512, heightPx: 512, data: new Uint8Array(data) };
}

function meanDifference(left: Raster, right: Raster): number {
  let sum = 0;
  for (const [index, sample] of left.data.entries())
    sum += Math.abs(sample - (right.data[index] ?? Number.NaN));
  return sum / left.data.length;
}

it('comes nearer to a degraded face with every step of fidelity', { timeout: 300_000 }, async (context) => {
  if (!existsSync(checkpointPath))
    return context.skip("the authors' codeformer.pth is not installed: set HEIRLOOM_MODELS_DIR");
  const face = await degradedFace();
  const converted = await loadConvertedForTest(checkpointPath);
  try {
    const model = await converted.loader.load(converted.file);
    const answers: Raster[] = [];
    for (const fidelity of [0, 0.25, 0.5, 0.75, 1]) answers.push(await restoreFace(face, model, fidelity));
    const distances = answers.map((answer) => meanDifference(answer, face));
    for (const [index, distance] of distances.entries())
      if (index > 0) expect(distance).toBeLessThan(distances[index - 1] as number);
    expect(meanDifference(answers[0] as Raster, answers[4] as Raster)).toBeGreaterThan(1);
  } finally {
    await converted.remove();
  }
});
