// Votes on whether a photo stands on its head, with a real network that likes what is bright above and dark below.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Point } from '#shared/domain/geometry.ts';
import { OnnxGraphWriter } from '../../../../../src/engine/checkpoints/onnx-graph-writer.ts';
import type { LoadedModel } from '../../../../../src/engine/onnx/loaded-model.ts';
import type { Raster } from '../../../../../src/engine/pixels/raster.ts';
import type { FaceCandidate } from '../../../../../src/engine/steps/detect/face-candidate.ts';
import { outputNamed } from '../../../../../src/engine/steps/detect/model-outputs.ts';
import { buildPyramid } from '../../../../../src/engine/steps/detect/photo-pyramid.ts';
import type { TileDetector } from '../../../../../src/engine/steps/detect/tile-detector.ts';
import { looksUpsideDown } from '../../../../../src/engine/steps/detect/upside-down.ts';
import { loadModelForTest } from '../../../../helpers/load-model.ts';

const sidePx = 32;
const folder = mkdtempSync(join(tmpdir(), 'upside-down-'));
afterAll(() => rm(folder, { recursive: true }));
let model: LoadedModel;

beforeAll(async () => {
  const graph = new OnnxGraphWriter('bright-above');
  const image = graph.input('image', 'float32', [1, 3, sidePx, sidePx]);
  const rows = graph.node('ReduceMean', [image], { axes: { ints: [1, 3] }, keepdims: { int: 0 } });
  graph.output(rows, 'rows', 'float32', [1, sidePx]);
  const path = join(folder, 'bright-above.onnx');
  writeFileSync(path, Buffer.concat(graph.finish({ producer: 'test', documentation: 'brightness by row' })));
  model = await loadModelForTest(path, { interface: 'none' });
});

/** Answers in the middle of the tile, or `away` from it; surer the brighter the upper half is than the lower. */
const detectorAnswering = (away = 0): TileDetector => ({
  inputName: 'image',
  tileSidePx: sidePx,
  encoding: { order: 'rgb', mean: [0, 0, 0], factor: 1 / 255 },
  smallestFacePx: 8,
  sureScore: 0.75,
  possibleScore: 0.5,
  decode(outputs): FaceCandidate[] {
    const { data } = outputNamed('bright-above', outputs, 'rows', [1, sidePx]);
    const half = (from: number) =>
      data.subarray(from, from + sidePx / 2).reduce((sum, value) => sum + value, 0) / (sidePx / 2);
    const at: Point = [sidePx / 2 + away, sidePx / 2];
    const box = { x: at[0] - 6, y: at[1] - 6, width: 12, height: 12 };
    return [{ box, landmarks: [at, at, at, at, at], score: 0.5 + (half(0) - half(sidePx / 2)) / 2 }];
  },
});

/** Bands of 100 x 100, bright above (true) or bright below (false), side by side. */
function bands(brightAbove: readonly boolean[]): { photo: Raster; candidates: FaceCandidate[] } {
  const widthPx = brightAbove.length * 100;
  const data = new Uint8Array(widthPx * 100 * 3);
  for (const [index, above] of brightAbove.entries()) {
    for (let row = above ? 0 : 50; row < (above ? 50 : 100); row++)
      data.fill(255, (row * widthPx + index * 100) * 3, (row * widthPx + (index + 1) * 100) * 3);
  }
  const candidates = brightAbove.map((_, index): FaceCandidate => {
    const at: Point = [index * 100 + 50, 50];
    const box = { x: at[0] - 15, y: 35, width: 30, height: 30 };
    return { box, landmarks: [at, at, at, at, at], score: 0.9 - index * 0.01 };
  });
  return { photo: { widthPx, heightPx: 100, data }, candidates };
}

const ask = (brightAbove: readonly boolean[], detector = detectorAnswering()) => {
  const { photo, candidates } = bands(brightAbove);
  return looksUpsideDown(model, detector, buildPyramid(photo), candidates);
};

describe('looksUpsideDown', () => {
  it.each([
    [[true], false],
    [[false], true],
    [[false, false, true], true],
    [[true, false, true], false],
    // As many votes for as against: the photo stays as it is.
    [[true, false], false],
    [[], false],
  ] as const)('of faces upright as %j says %s', async (brightAbove, expected) => {
    expect(await ask(brightAbove)).toBe(expected);
  });

  it('asks the three surest faces and no more', async () => {
    expect(await ask([false, false, true, true, true, true])).toBe(true);
  });

  it('does not count an answer about a face beside the one asked for', async () => {
    expect(await ask([false], detectorAnswering(9))).toBe(false);
    expect(await ask([false], detectorAnswering(3))).toBe(true);
  });
});
