// The whole way of a face beside the official helper: aligned, restored, matched when gray, pasted back at three scales,
// with the square mask and with a parsing mask. Golden values: test/parity/make-whole-path-golden.py.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OnnxGraphWriter } from '../../../src/engine/checkpoints/onnx-graph-writer.ts';
import type { LoadedModel } from '../../../src/engine/onnx/loaded-model.ts';
import type { Raster } from '../../../src/engine/pixels/raster.ts';
import { resizeRaster } from '../../../src/engine/pixels/resize.ts';
import { alignFace } from '../../../src/engine/steps/align-face.ts';
import { keepTint, tintOfFace } from '../../../src/engine/steps/monochrome/keep-tint.ts';
import { parseFace } from '../../../src/engine/steps/parse-face.ts';
import { pasteBack } from '../../../src/engine/steps/paste-back.ts';
import { restoreFace } from '../../../src/engine/steps/restore-face.ts';
import type { Landmarks } from '../../../src/shared/domain/geometry.ts';
import { loadModelForTest } from '../../helpers/load-model.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/whole-path');
const golden: { surroundings: [number, number, number, number]; landmarks: Landmarks[] } = JSON.parse(
  readFileSync(join(fixtures, 'landmarks.json'), 'utf8'),
);
const [left, top, width, height] = golden.surroundings;
const { signal } = new AbortController();
let folder: string;
let restorer: LoadedModel;

/** The sharpening convolution of the script. */
async function makeRestorer(): Promise<LoadedModel> {
  const graph = new OnnxGraphWriter('sharpen');
  const dims = [1, 3, 512, 512] as const;
  const kernel = new Float32Array(27).fill(-0.1);
  for (const centre of [4, 13, 22]) kernel[centre] = 1.8;
  const weights = graph.constant({ type: 'float32', data: kernel, dims: [3, 1, 3, 3] });
  const sharpened = graph.node('Conv', [graph.input('face', 'float32', dims), weights], {
    kernel_shape: { ints: [3, 3] },
    pads: { ints: [1, 1, 1, 1] },
    group: { int: 3 },
  });
  graph.output(sharpened, 'restored', 'float32', dims);
  const path = join(folder, 'sharpen.onnx');
  writeFileSync(path, Buffer.concat(graph.finish({ producer: 'test', documentation: 'sharpen' })));
  return loadModelForTest(path, { interface: 'face-restorer', imageInput: 'face', output: 'restored' });
}

/** Classes by position, as the script's parser answers: see `parse` there. */
function makeParser(): LoadedModel {
  const logits = new Float32Array(19 * 512 * 512);
  for (let y = 0; y < 512; y += 1) {
    for (let x = 0; x < 512; x += 1) {
      const oval = ((x - 256) / 150) ** 2 + ((y - 270) / 190) ** 2;
      let label = oval < 1.5 ? 13 : 0;
      if (y > 400 && Math.abs(x - 256) < 110) label = 17;
      if (oval < 1) label = 1;
      logits[(label * 512 + y) * 512 + x] = 1;
    }
  }
  const output = { type: 'float32' as const, data: logits, dims: [1, 19, 512, 512] };
  return {
    file: { contract: { interface: 'parser-19-classes', classOrder: 'parsenet' } } as LoadedModel['file'],
    inputNames: ['face'],
    outputNames: ['classes'],
    inputDims: {},
    run: async () => ({ classes: output }),
  };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heirloom-golden-'));
  restorer = await makeRestorer();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function readRaster(name: string, isGray = false): Promise<Raster> {
  const picture = sharp(join(fixtures, name)).toColourspace('srgb').removeAlpha();
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const raster = { widthPx: info.width, heightPx: info.height, data: new Uint8Array(data) };
  if (!isGray) return raster;
  // OpenCV's weights, as the script makes its gray photo.
  const gray = raster.data.slice();
  for (let at = 0; at < gray.length; at += 3) {
    const [red = 0, green = 0, blue = 0] = gray.subarray(at, at + 3);
    gray.fill(Math.round(0.299 * red + 0.587 * green + 0.114 * blue), at, at + 3);
  }
  return { ...raster, data: gray };
}

interface Difference {
  /** Decibels inside the middle of the face, where only the face counts. */
  readonly face: number;
  /** Decibels over everything, the soft borders and the enlarged background included. */
  readonly everything: number;
}

function compare(canvas: Raster, expected: Raster, scale: number): Difference {
  let [faceSum, faceCount, sum, count] = [0, 0, 0, 0];
  const middle = [135 - left, 130 - top].map((position) => position * scale) as [number, number];
  for (let y = 0; y < height * scale; y += 1) {
    for (let x = 0; x < width * scale; x += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        const got = canvas.data[((top * scale + y) * canvas.widthPx + left * scale + x) * 3 + channel] ?? 0;
        const error = (got - (expected.data[(y * expected.widthPx + x) * 3 + channel] ?? 0)) ** 2;
        sum += error;
        count += 1;
        if (Math.hypot(x - middle[0], y - middle[1]) > 38 * scale) continue;
        faceSum += error;
        faceCount += 1;
      }
    }
  }
  const decibels = (meanSquare: number): number => 10 * Math.log10(255 ** 2 / Math.max(meanSquare, 1e-9));
  return { face: decibels(faceSum / faceCount), everything: decibels(sum / count) };
}

const cases = (['colour', 'gray'] as const).flatMap((tone) =>
  ([1, 2, 4] as const).flatMap((scale) =>
    (['square', 'parsed'] as const).map((mask) => [tone, scale, mask] as const),
  ),
);

describe('the whole way of a face', { timeout: 30_000 }, () => {
  it.each(cases)('%s, enlarged %d times, %s mask: as the official helper', async (tone, scale, mask) => {
    const photo = await readRaster('photo.png', tone === 'gray');
    const canvas =
      scale === 1
        ? { ...photo, data: photo.data.slice() }
        : resizeRaster(photo, photo.widthPx * scale, photo.heightPx * scale, 'bilinear');
    const background = canvas.data.slice();
    for (const landmarks of golden.landmarks) {
      const { face, photoToFace } = alignFace(photo, landmarks);
      const answer = await restoreFace(face, restorer, 0.5);
      const restored = tone === 'gray' ? keepTint(answer, face, tintOfFace(face, 'gray')) : answer;
      const parsing = mask === 'square' ? null : await parseFace(answer, makeParser());
      const paste = { face: restored, photoToFace, alignedSizePx: 512, mask: parsing, strength: 1 };
      pasteBack(canvas, [paste], { scale, signal });
    }
    const { face, everything } = compare(canvas, await readRaster(`${tone}-${scale}-${mask}.png`), scale);
    expect(face).toBeGreaterThan(45);
    expect(everything).toBeGreaterThan(45);
    // Far from both faces nothing was touched.
    const corner = (canvas.widthPx * 3 * 20 + 3 * 300) * scale;
    expect(canvas.data.subarray(corner, corner + 300)).toEqual(background.subarray(corner, corner + 300));
  });
});
