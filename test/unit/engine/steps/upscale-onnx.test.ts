// Tiles through a real network in onnxruntime: a small convolution with a pixel shuffle, built here.
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelFile } from '#shared/contract/model-file.ts';
import { OnnxGraphWriter } from '../../../../src/engine/checkpoints/onnx-graph-writer.ts';
import type { LoadedModel } from '../../../../src/engine/onnx/loaded-model.ts';
import { openSession, type Session } from '../../../../src/engine/onnx/session.ts';
import { upscalePhoto } from '../../../../src/engine/steps/upscale-photo.ts';
import { psnr, seededRandom, waves } from '../../../helpers/test-pictures.ts';

const signal = new AbortController().signal;
let folder: string;
let session: Session;
let model: LoadedModel;

/** Two layers that see 5 x 5 pixels; the weights are noise around "copy the middle pixel". */
function smallUpscaler(): readonly Uint8Array[] {
  const random = seededRandom(8);
  const weights = (outputs: number, middle: (output: number) => number) =>
    Float32Array.from({ length: outputs * 3 * 9 }, (_, i) => {
      const output = Math.floor(i / 27);
      const isMiddle = Math.floor(i / 9) % 3 === middle(output) && i % 9 === 4;
      return (isMiddle ? 0.9 : 0) + (random() - 0.5) * 0.06;
    });
  const graph = new OnnxGraphWriter('upscaler');
  const image = graph.input('input', 'float32', [1, 3, 'height', 'width']);
  const same = { kernel_shape: { ints: [3, 3] }, pads: { ints: [1, 1, 1, 1] } };
  const first = graph.constant({ type: 'float32', data: weights(3, (i) => i), dims: [3, 3, 3, 3] });
  const second = graph.constant({
    type: 'float32',
    data: weights(12, (i) => Math.floor(i / 4)),
    dims: [12, 3, 3, 3],
  });
  const features = graph.node('Relu', [graph.node('Conv', [image, first], same)]);
  const planes = graph.node('Conv', [features, second], same);
  const enlarged = graph.node('DepthToSpace', [planes], { blocksize: { int: 2 }, mode: { string: 'CRD' } });
  graph.output(enlarged, 'output', 'float32', [1, 3, 'outHeight', 'outWidth']);
  return graph.finish({ producer: 'heirloom', documentation: 'test upscaler' });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heirloom-upscale-'));
  const path = join(folder, 'upscaler.onnx');
  const file = await open(path, 'w');
  for (const piece of smallUpscaler()) await file.write(piece);
  await file.close();
  session = await openSession(path, { provider: 'cpu', precision: 'fp32' });
  const contract = { interface: 'upscaler', scale: 2, sideMultiple: 2, range: 'zero-to-one' } as const;
  const modelFile = { modelId: 'test-upscaler', sha256: '0'.repeat(64), path, contract } as ModelFile;
  model = { ...session, file: modelFile };
});

afterAll(async () => {
  await session.release();
  await rm(folder, { recursive: true });
});

describe('upscalePhoto with onnxruntime', () => {
  it.each([8, 16] as const)('shows no trace of the tiles at %i bit', async (bits) => {
    const photo = waves(311, 205, 11, bits);
    const whole = await upscalePhoto(photo, model, { signal, tilePx: 4000 });
    const tiled = await upscalePhoto(photo, model, { signal, tilePx: 64 });
    expect([tiled.widthPx, tiled.heightPx]).toEqual([622, 410]);
    // Sums in another order differ in the last bits of a float, and rounding may tip over.
    expect(psnr(tiled, whole)).toBeGreaterThan(bits === 16 ? 90 : 70);
  });
});
