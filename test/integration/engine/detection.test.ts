// The detector that ships inside, on real pictures: all faces, each once, however the photo lies.
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Raster } from '../../../src/engine/pixels/raster.ts';
import {
  type DetectedFaces,
  type DetectionModelsLoaded,
  detectFaces,
} from '../../../src/engine/steps/detect/detect-faces.ts';
import { bundledModelFile } from '../../../src/main/bundled-model-file.ts';
import { applicationLocations } from '../../../src/main/locations.ts';
import { loadCatalog } from '../../../src/main/models/load-catalog.ts';
import { modelIdSchema } from '../../../src/shared/domain/ids.ts';
import { loadModelForTest } from '../../helpers/load-model.ts';
import { seededRandom } from '../../helpers/seeded-random.ts';

const root = join(import.meta.dirname, '../../..');
const samplePhoto = join(root, 'resources/samples/album-page.jpg');
const { signal } = new AbortController();
let models: DetectionModelsLoaded;

async function bundled(modelId: string) {
  const application = applicationLocations(root);
  const catalog = loadCatalog(application.catalogFile);
  const file = bundledModelFile(catalog, modelIdSchema.parse(modelId), application.bundledModelFolders);
  if (file === null) throw new Error(`${modelId} is not built: npm run build`);
  return loadModelForTest(file.path, file.contract);
}

async function asRaster(picture: Sharp): Promise<Raster> {
  const { data, info } = await picture
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, data: new Uint8Array(data) };
}

const find = (photo: Raster): Promise<DetectedFaces> => detectFaces(photo, models, { signal });

beforeAll(async () => {
  models = { detector: await bundled('blazeface'), landmarks: await bundled('facemesh') };
});

/** Centres of the six prints' faces in the upright sample, by eye. */
const centres = [
  [272, 255],
  [770, 258],
  [1284, 258],
  [248, 848],
  [797, 848],
  [1290, 850],
] as const;

describe('the bundled detector', { timeout: 60_000 }, () => {
  it.each([0, 90, 180, 270] as const)('finds six faces of a page turned by %d degrees', async (degrees) => {
    const turned = await asRaster(sharp(await sharp(samplePhoto).rotate(degrees).png().toBuffer()));
    const { faces } = await find(turned);
    const back = ([x, y]: readonly number[]): readonly [number, number] => {
      const [across = 0, down = 0] = [x, y];
      if (degrees === 90) return [down, turned.widthPx - across];
      if (degrees === 180) return [turned.widthPx - across, turned.heightPx - down];
      if (degrees === 270) return [turned.heightPx - down, across];
      return [across, down];
    };
    for (const [x, y] of centres) {
      const here = faces.filter(({ landmarksInPhoto: [, , nose] }) => {
        const [noseX, noseY] = back(nose);
        return Math.hypot(noseX - x, noseY - y) < 45;
      });
      expect(here).toHaveLength(1);
      const [leftEye, rightEye, nose, leftMouth, rightMouth] = (here[0]?.landmarksInPhoto ?? []).map(back);
      // As seen in the upright picture: left is left, eyes above nose above mouth.
      expect(leftEye?.[0]).toBeLessThan(rightEye?.[0] ?? 0);
      expect(leftMouth?.[0]).toBeLessThan(rightMouth?.[0] ?? 0);
      expect(Math.max(leftEye?.[1] ?? 0, rightEye?.[1] ?? 0)).toBeLessThan(nose?.[1] ?? 0);
      expect(nose?.[1]).toBeLessThan(Math.min(leftMouth?.[1] ?? 0, rightMouth?.[1] ?? 0));
    }
    expect(faces.length).toBeLessThanOrEqual(7);
  });

  it('finds faces of every size on one sheet, each once', async () => {
    const face = await sharp(samplePhoto).extract({ left: 120, top: 90, width: 320, height: 320 }).toBuffer();
    const sizes = [900, 400, 200, 110, 70];
    const prints = await Promise.all(
      sizes.map(async (size, index) => ({
        input: await sharp(face).resize(size).toBuffer(),
        left: index === 0 ? 40 : 1040 + (index % 2) * 480,
        top: index === 0 ? 200 : index < 3 ? 60 : 700,
      })),
    );
    const sheet = await asRaster(
      sharp(
        await sharp({ create: { width: 2000, height: 1200, channels: 3, background: '#80796c' } })
          .composite(prints)
          .png()
          .toBuffer(),
      ),
    );
    const { faces } = await find(sheet);
    expect(faces).toHaveLength(sizes.length);
  });

  it('finds nothing where there is nobody', async () => {
    const random = seededRandom(5);
    const [widthPx, heightPx] = [640, 480];
    const noise = {
      widthPx,
      heightPx,
      data: Uint8Array.from({ length: 3 * 640 * 480 }, () => random() * 256),
    };
    const sky = {
      ...noise,
      data: Uint8Array.from({ length: 3 * 640 * 480 }, (_, at) => 60 + Math.floor(at / 1920 / 3)),
    };
    const letters = await asRaster(
      sharp(
        Buffer.from(
          `<svg width="640" height="480"><rect width="640" height="480" fill="#eee"/>${Array.from(
            { length: 20 },
            (_, line) =>
              `<rect x="30" y="${20 + line * 22}" width="${300 + ((line * 97) % 270)}" height="9" fill="#333"/>`,
          ).join('')}</svg>`,
        ),
      ),
    );
    for (const picture of [noise, sky, letters]) expect((await find(picture)).faces).toEqual([]);
  });

  it('says how far it is, and stops when it is told to', async () => {
    const photo = await asRaster(sharp(samplePhoto));
    const fractions: number[] = [];
    await detectFaces(photo, models, { signal, onProgress: (fraction) => fractions.push(fraction) });
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
    const stop = new AbortController();
    const stopped = detectFaces(photo, models, {
      signal: stop.signal,
      onProgress: (fraction) => fraction > 0.2 && stop.abort(),
    });
    await expect(stopped).rejects.toThrow(/cancel/i);
  });
});
