// The drawn face recognition network against PyTorch's answers; test/parity/make-face-recognition-golden.py made them.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { LoadedModel } from '../../../../src/engine/onnx/loaded-model.ts';
import { rasterToTensor } from '../../../../src/engine/onnx/raster-tensor.ts';
import { openFaceRecognition } from '../../../helpers/open-face-recognition.ts';
import { seededRandom } from '../../../helpers/seeded-random.ts';

const folder = join(import.meta.dirname, '../../../fixtures/face-recognition');
/** Of numbers up to 0.4: what single precision differs by in another order of summing. Measured: 4e-6. */
const tolerance = 5e-5;

const goldenSchema = z.object({
  noise: z.object({
    input: z.object({ dims: z.array(z.int()), seed: z.int(), low: z.number(), high: z.number() }),
    descriptor: z.array(z.number()).length(128),
  }),
  chip: z.object({ descriptor: z.array(z.number()).length(128) }),
});

let model: LoadedModel;
let golden: z.infer<typeof goldenSchema>;
beforeAll(async () => {
  model = await openFaceRecognition();
  golden = goldenSchema.parse(JSON.parse(await readFile(join(folder, 'golden.json'), 'utf8')));
});

async function worstError(image: Float32Array, expected: readonly number[]): Promise<number> {
  const answers = await model.run({ image: { type: 'float32', data: image, dims: [1, 3, 150, 150] } });
  const descriptor = answers['descriptor'];
  expect(descriptor?.dims).toEqual([1, 128]);
  return Math.max(...expected.map((value, index) => Math.abs(value - (descriptor?.data[index] ?? 9))));
}

describe('the face recognition network', () => {
  it('answers to random numbers as PyTorch does', async () => {
    const { input, descriptor } = golden.noise;
    const random = seededRandom(input.seed);
    const length = input.dims.reduce((product, size) => product * size, 1);
    const image = Float32Array.from({ length }, () => input.low + (input.high - input.low) * random());
    expect(await worstError(image, descriptor)).toBeLessThan(tolerance);
  });

  it('answers to a face as PyTorch does', async () => {
    const { data, info } = await sharp(join(folder, 'chip.png'))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const raster = { widthPx: info.width, heightPx: info.height, data };
    const { data: image } = rasterToTensor(raster, { range: 'raw', colour: 'rgb' });
    expect(await worstError(image, golden.chip.descriptor)).toBeLessThan(tolerance);
    const reversed = rasterToTensor(raster, { range: 'raw', colour: 'bgr' }).data;
    expect(await worstError(reversed, golden.chip.descriptor)).toBeGreaterThan(tolerance);
  });
});
