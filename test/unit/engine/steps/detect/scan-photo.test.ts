// Scanning with a real network: it marks what is white, so a white square stands for a face.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Point } from '#shared/domain/geometry.ts';
import { OnnxGraphWriter } from '../../../../../src/engine/checkpoints/onnx-graph-writer.ts';
import type { LoadedModel } from '../../../../../src/engine/onnx/loaded-model.ts';
import type { Raster } from '../../../../../src/engine/pixels/raster.ts';
import { boxAround, type FaceCandidate } from '../../../../../src/engine/steps/detect/face-candidate.ts';
import { outputNamed } from '../../../../../src/engine/steps/detect/model-outputs.ts';
import { buildPyramid } from '../../../../../src/engine/steps/detect/photo-pyramid.ts';
import { scanPhoto } from '../../../../../src/engine/steps/detect/scan-photo.ts';
import type { TileDetector } from '../../../../../src/engine/steps/detect/tile-detector.ts';
import { loadModelForTest } from '../../../../helpers/load-model.ts';

const sidePx = 64;
const folder = mkdtempSync(join(tmpdir(), 'scan-photo-'));
afterAll(() => rm(folder, { recursive: true }));
let model: LoadedModel;

beforeAll(async () => {
  const graph = new OnnxGraphWriter('white-things');
  const image = graph.input('image', 'float32', [1, 3, sidePx, sidePx]);
  const gray = graph.node('ReduceMean', [image], { axes: { ints: [1] }, keepdims: { int: 1 } });
  graph.output(gray, 'gray', 'float32', [1, 1, sidePx, sidePx]);
  const path = join(folder, 'white-things.onnx');
  writeFileSync(
    path,
    Buffer.concat(graph.finish({ producer: 'test', documentation: 'mean of the colours' })),
  );
  model = await loadModelForTest(path, { interface: 'none' });
});

/** One answer around all that is white. A pixel of margin: like a real detector it reaches beyond an edge that cuts. */
const detector: TileDetector = {
  inputName: 'image',
  tileSidePx: sidePx,
  encoding: { order: 'rgb', mean: [0, 0, 0], factor: 1 / 255 },
  smallestFacePx: 8,
  sureScore: 0.75,
  possibleScore: 0.5,
  decode(outputs): FaceCandidate[] {
    const { data } = outputNamed('white-things', outputs, 'gray', [1, 1, sidePx, sidePx]);
    const white = [...data.keys()].filter((at) => (data[at] ?? 0) > 0.5);
    if (white.length === 0) return [];
    const { x, y, width, height } = boxAround(
      white.map((at) => [at % sidePx, Math.floor(at / sidePx)] as const),
    );
    const box = { x: x - 1, y: y - 1, width: width + 3, height: height + 3 };
    const corner: Point = [box.x, box.y];
    const middle: Point = [box.x + box.width / 2, box.y + box.height / 2];
    return [{ box, landmarks: [corner, middle, middle, middle, middle], score: 0.9 }];
  },
};

const square = { x: 201, y: 118, side: 50 };

function photoWithSquare(widthPx = 480, heightPx = 270): Raster {
  const data = new Uint8Array(widthPx * heightPx * 3);
  for (let row = square.y; row < square.y + square.side; row++)
    data.fill(255, (row * widthPx + square.x) * 3, (row * widthPx + square.x + square.side) * 3);
  return { widthPx, heightPx, data };
}

const never = new AbortController().signal;
const scan = (photo: Raster, options: Partial<Parameters<typeof scanPhoto>[3]> = {}) =>
  scanPhoto(model, detector, buildPyramid(photo), { signal: never, onProgress: () => {}, ...options });

describe('scanPhoto', () => {
  it('finds the whole of it at several zooms, and says where in the photo', async () => {
    const found = await scan(photoWithSquare());
    expect(found.length).toBeGreaterThanOrEqual(3);
    for (const { box, landmarks } of found) {
      // A tile pixel is up to twelve and a half photo pixels; the margin adds one on each side.
      const slack = (box.width - square.side) / 2 + 6;
      expect(box.width).toBeGreaterThan(square.side * 0.8);
      expect(Math.abs(box.x + box.width / 2 - (square.x + square.side / 2))).toBeLessThan(slack);
      expect(Math.abs(box.y + box.height / 2 - (square.y + square.side / 2))).toBeLessThan(slack);
      expect(landmarks[0]).toEqual([box.x, box.y]);
    }
    const finest = Math.min(...found.map(({ box }) => box.width));
    expect(finest).toBeLessThan(square.side + 12);
  });

  it.each(['across', 'down'] as const)(
    'leaves out what an edge cuts %s where the photo goes on',
    async (way) => {
      // Wherever the square lies, some tile of the finer zooms cuts it; half of it must never be reported.
      const [widthPx, heightPx] = way === 'across' ? [480, 60] : [60, 480];
      let cutTiles = 0;
      const counting: TileDetector = {
        ...detector,
        decode: (outputs) => {
          const answers = detector.decode(outputs);
          const far = way === 'across' ? 'x' : 'y';
          const size = way === 'across' ? 'width' : 'height';
          cutTiles += answers.filter(({ box }) => box[far] < 0 || box[far] + box[size] > sidePx).length;
          return answers;
        },
      };
      for (let along = 4; along < 420; along += 13) {
        const photo: Raster = { widthPx, heightPx, data: new Uint8Array(widthPx * heightPx * 3) };
        const [left, top] = way === 'across' ? [along, 10] : [10, along];
        for (let row = top; row < top + 40; row++)
          photo.data.fill(255, (row * widthPx + left) * 3, (row * widthPx + left + 40) * 3);
        const found = await scanPhoto(model, counting, buildPyramid(photo), {
          signal: never,
          onProgress: () => {},
        });
        expect(found.length).toBeGreaterThan(0);
        for (const { box } of found)
          expect(Math.min(box.width, box.height), `at ${along}`).toBeGreaterThan(40 * 0.75);
      }
      expect(cutTiles).toBeGreaterThan(10);
    },
  );

  it('keeps what the photo itself cuts', async () => {
    const photo = photoWithSquare();
    const cropped: Raster = { widthPx: 226, heightPx: 270, data: new Uint8Array(226 * 270 * 3) };
    for (let row = 0; row < 270; row++)
      cropped.data.set(photo.data.subarray(row * 480 * 3, (row * 480 + 226) * 3), row * 226 * 3);
    const found = await scan(cropped);
    expect(found.some(({ box }) => box.x + box.width > 226)).toBe(true);
  });

  it('finds nothing in a dark photo, having looked everywhere', async () => {
    const fractions: number[] = [];
    const dark: Raster = { widthPx: 300, heightPx: 200, data: new Uint8Array(300 * 200 * 3) };
    expect(await scan(dark, { onProgress: (fraction) => fractions.push(fraction) })).toEqual([]);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.length).toBeGreaterThan(2);
    expect(fractions.at(-1)).toBe(1);
  });

  it('stops before the next tile when it is told to', async () => {
    const stop = new AbortController();
    let tiles = 0;
    const stopped = scan(photoWithSquare(), {
      signal: stop.signal,
      onProgress: () => {
        tiles += 1;
        if (tiles === 2) stop.abort();
      },
    });
    await expect(stopped).rejects.toThrow(/cancel/i);
    expect(tiles).toBe(2);
  });

  it('passes on what the reader says of a wrong answer', async () => {
    const other: TileDetector = {
      ...detector,
      decode: (outputs) => {
        outputNamed('white-things', outputs, 'scores', [1]);
        return [];
      },
    };
    const scanned = scanPhoto(model, other, buildPyramid(photoWithSquare()), {
      signal: never,
      onProgress: () => {},
    });
    await expect(scanned).rejects.toMatchObject({ code: 'model.wrong-output' });
  });
});
