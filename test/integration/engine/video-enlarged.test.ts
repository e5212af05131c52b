// A film that a network enlarges: twice the size, the background as that network makes it, the faces where they were.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ModelFile, modelFileSchema } from '#shared/contract/model-file.ts';
import type { LoadedModel, ModelLoader } from '../../../src/engine/onnx/loaded-model.ts';
import {
  cutFace,
  frameTimes,
  grayFrames,
  hasFfmpeg,
  makeFaceClip,
  meanDifference,
  streamsOf,
} from '../../helpers/make-clips.ts';
import { contextWith, models, restoreClip } from '../../helpers/restore-clip.ts';

let folder: string;
const at = (name: string) => join(folder, name);
const upscaler: ModelFile = modelFileSchema.parse({
  modelId: 'each-pixel-twice',
  sha256: '2'.repeat(64),
  path: 'none',
  contract: { interface: 'upscaler', imageInput: 'in', output: 'out', range: 'zero-to-one', scale: 2 },
});

/** Repeats each pixel: seen anywhere in the film, it can only be the upscaler's. */
const eachPixelTwice: LoadedModel = {
  file: upscaler,
  inputNames: ['in'],
  outputNames: ['out'],
  inputDims: { in: [1, 3, null, null] },
  async run(feeds) {
    const input = feeds['in'];
    if (input?.type !== 'float32') throw new Error('float32 expected');
    const [, , heightPx = 0, widthPx = 0] = input.dims;
    const data = new Float32Array(input.data.length * 4);
    for (let index = 0; index < data.length; index++) {
      const [row, column] = [Math.floor(index / (2 * widthPx)), index % (2 * widthPx)];
      // Planes lie below one another, and their heights are even.
      data[index] = input.data[(row >> 1) * widthPx + (column >> 1)] ?? Number.NaN;
    }
    return { out: { type: 'float32', data, dims: [1, 3, 2 * heightPx, 2 * widthPx] } };
  },
};
const withUpscaler: ModelLoader = {
  load: async (file, part) => (file.modelId === upscaler.modelId ? eachPixelTwice : models.load(file, part)),
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heirloom-enlarged-'));
  if (hasFfmpeg) await cutFace(at('face.png'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.skipIf(!hasFfmpeg)('a film is enlarged by a network, with its faces in place (needs ffmpeg)', async () => {
  const [input, byNetwork, plainly] = [at('small.mp4'), at('by-network.mp4'), at('plainly.mp4')];
  makeFaceClip({
    facePath: at('face.png'),
    path: input,
    seconds: 0.24,
    x: '20+40*t',
    noise: 4,
    hasSound: false,
  });
  // Two segments: what is given back of one frame must not be missing in another.
  const options = { scale: 2, segmentFrames: 3, steadiness: 0.8 } as const;
  const { frameCount, widthPx, heightPx, tracks } = await restoreClip(
    input,
    byNetwork,
    options,
    { upscaler },
    contextWith({ models: withUpscaler }),
  );
  expect([frameCount, widthPx, heightPx]).toEqual([6, 640, 512]);
  expect(tracks).toHaveLength(1);
  expect(streamsOf(byNetwork)[0]).toMatchObject({ width: 640, height: 512 });
  expect(frameTimes(byNetwork)).toEqual(frameTimes(input).map((seconds) => expect.closeTo(seconds, 3)));
  await restoreClip(input, plainly, options);

  const reduced = 'scale=320:256:flags=area';
  const wall = 'crop=80:80:236:170';
  expect(meanDifference(grayFrames(input, wall), grayFrames(byNetwork, `${reduced},${wall}`))).toBeLessThan(
    1.5,
  );
  // Grain between two equal pixels is the encoder's; enlarged plainly, neighbours differ.
  const unlikeNeighbour = (path: string): number => {
    const lines = 'crop=160:160:472:340';
    return meanDifference(
      grayFrames(path, `${lines},crop=159:160:0:0:exact=1`),
      grayFrames(path, `${lines},crop=159:160:1:0:exact=1`),
    );
  };
  expect(unlikeNeighbour(byNetwork)).toBeLessThan(0.8 * unlikeNeighbour(plainly));

  const face = 'crop=60:70:85:55';
  const restored = grayFrames(byNetwork, `${reduced},${face}`);
  const change = meanDifference(grayFrames(input, face), restored);
  expect(change).toBeGreaterThan(4);
  // 0.15 of it; half of it where the face lies one pixel of the small film aside.
  expect(meanDifference(grayFrames(plainly, `${reduced},${face}`), restored)).toBeLessThan(0.25 * change);
});
