// Descriptors of the sample page's faces. All six prints show one person, damaged in six ways, some mirrored, and no picture
// in this repository shows another: the stand-in is her face made shorter. Real people: npm run bench -- recognition.
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Landmarks, Point } from '#shared/domain/geometry.ts';
import type { LoadedModel } from '../../../../src/engine/onnx/loaded-model.ts';
import { type Raster, setSample } from '../../../../src/engine/pixels/raster.ts';
import {
  describeFace,
  descriptorDistance,
  descriptorLength,
  samePersonDistance,
} from '../../../../src/engine/steps/describe-face.ts';
import { openFaceRecognition } from '../../../helpers/open-face-recognition.ts';
import { seededRandom } from '../../../helpers/seeded-random.ts';

const samplePhoto = join(import.meta.dirname, '../../../../resources/samples/album-page.jpg');

/** As the bundled detector and mesh find them. */
const firstPrint: Landmarks = [
  [234.9, 226.7],
  [308.1, 228.7],
  [268.4, 273.3],
  [233.5, 289.8],
  [306.3, 292],
];
const otherPrints: readonly Landmarks[] = [
  [
    [732.8, 228.9],
    [805.6, 227.6],
    [768.9, 273.6],
    [733.9, 292.4],
    [809, 290.7],
  ],
  [
    [1276.5, 225.9],
    [1349.5, 229.1],
    [1309.6, 273.3],
    [1274.3, 289.7],
    [1347.6, 292.3],
  ],
  [
    [212.7, 817.4],
    [286.6, 816.5],
    [248.9, 862.7],
    [214.6, 881.4],
    [287, 880.5],
  ],
  [
    [754.2, 816.5],
    [827.7, 817.6],
    [788.1, 863.8],
    [754.6, 880.5],
    [825.1, 881.7],
  ],
  [
    [1251.2, 818.7],
    [1324.5, 816.9],
    [1287.5, 864.5],
    [1253.6, 883.1],
    [1327.6, 881.1],
  ],
];

let model: LoadedModel;
let page: Raster;
let descriptor: Float32Array;
beforeAll(async () => {
  model = await openFaceRecognition();
  const { data, info } = await sharp(samplePhoto).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  page = { widthPx: info.width, heightPx: info.height, data };
  descriptor = await describeFace(page, firstPrint, model);
});

function noisy(picture: Raster, seed: number): Raster {
  const random = seededRandom(seed);
  const data = new Uint8Array(picture.data.length);
  for (const [index, value] of picture.data.entries())
    setSample(data, index, value + 40 * (random() - 0.5), 255);
  return { ...picture, data };
}

function moved(landmarks: Landmarks, move: (point: Point) => Point): Landmarks {
  const [leftEye, rightEye, nose, leftMouth, rightMouth] = landmarks;
  return [move(leftEye), move(rightEye), move(nose), move(leftMouth), move(rightMouth)];
}

/** The first print at `scale` of its height: the eyes as wide apart as before and the mouth right below them. */
async function shortened(scale: number): Promise<Float32Array> {
  const [left, top, side] = [70, 60, 400];
  const { data, info } = await sharp(samplePhoto)
    .extract({ left, top, width: side, height: side })
    .resize(side, Math.round(side * scale), { fit: 'fill' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const landmarks = moved(firstPrint, ([x, y]) => [x - left, (y - top) * scale]);
  return describeFace({ widthPx: info.width, heightPx: info.height, data }, landmarks, model);
}

describe('describeFace', () => {
  it('knows a person again through grain and every damage of the page', async () => {
    expect(descriptor.length).toBe(descriptorLength);
    const again = await Promise.all(otherPrints.map((landmarks) => describeFace(page, landmarks, model)));
    const grainy = await Promise.all(
      [1, 2].map((seed) => describeFace(noisy(page, seed), firstPrint, model)),
    );
    const furthest = Math.max(...[...again, ...grainy].map((other) => descriptorDistance(descriptor, other)));
    expect(furthest).toBeLessThan(0.6 * samePersonDistance);
    const stranger = descriptorDistance(descriptor, await shortened(0.6));
    expect(stranger).toBeGreaterThan(samePersonDistance);
  });

  it('sees the face where the landmarks say, also turned upside down', async () => {
    const turned: Raster = { ...page, data: new Uint8Array(page.data.length) };
    const last = page.widthPx * page.heightPx - 1;
    for (let pixel = 0; pixel <= last; pixel += 1) {
      for (let channel = 0; channel < 3; channel += 1)
        turned.data[pixel * 3 + channel] = page.data[(last - pixel) * 3 + channel] ?? 0;
    }
    const landmarks = moved(firstPrint, ([x, y]) => [page.widthPx - 1 - x, page.heightPx - 1 - y]);
    expect(descriptorDistance(descriptor, await describeFace(turned, landmarks, model))).toBeLessThan(0.02);
    expect(descriptorDistance(descriptor, await describeFace(turned, firstPrint, model))).toBeGreaterThan(
      samePersonDistance,
    );
  });

  it('sees the same in 16 bits', async () => {
    const deep: Raster = { ...page, data: Uint16Array.from(page.data, (value) => value * 257) };
    const other = await describeFace(deep, firstPrint, model);
    expect(descriptorDistance(descriptor, other)).toBeLessThan(0.02);
  });

  it('refuses landmarks that coincide, and a network that answers something else', async () => {
    const point: Point = [100, 100];
    const nowhere: Landmarks = [point, point, point, point, point];
    await expect(describeFace(page, nowhere, model)).rejects.toMatchObject({
      code: 'face.landmarks-unusable',
    });
    const short = { type: 'float32', data: new Float32Array(64), dims: [1, 64] } as const;
    const wrong: LoadedModel = { ...model, run: async () => ({ descriptor: short }) };
    await expect(describeFace(page, firstPrint, wrong)).rejects.toMatchObject({ code: 'model.wrong-output' });
  });
});

describe('descriptorDistance', () => {
  it('is the straight line between two descriptors of one length', () => {
    expect(descriptorDistance([1, 2, 3], [1, 5, 7])).toBe(5);
    expect(() => descriptorDistance([1], [1, 2])).toThrow(RangeError);
  });
});
