import { describe, expect, it } from 'vitest';
import type { ModelFile } from '#shared/contract/model-file.ts';
import type { Box } from '#shared/domain/geometry.ts';
import type { DecodedPhoto } from '../../../../src/engine/codec/decoded-photo.ts';
import type { FloatTensor, LoadedModel, Tensor } from '../../../../src/engine/onnx/loaded-model.ts';
import type { JobContext } from '../../../../src/engine/pipelines/job-context.ts';
import {
  type FaceToRestore,
  renderPhoto,
  renderShares,
} from '../../../../src/engine/pipelines/render-photo.ts';
import { StepClock } from '../../../../src/engine/pipelines/step-clock.ts';
import type { Raster } from '../../../../src/engine/pixels/raster.ts';
import { alignFace } from '../../../../src/engine/steps/align-face.ts';
import { landmarksAt, waves } from '../../../helpers/test-pictures.ts';

const context: JobContext = {
  models: { load: () => Promise.reject(new Error('nothing is loaded here')) },
  signal: new AbortController().signal,
  progress: () => undefined,
  log: () => undefined,
};
const pixels = 512 * 512;

/** A network of one's own: an exact answer for what it is given. */
function network(
  contract: ModelFile['contract'],
  answer: (input: FloatTensor) => Omit<FloatTensor, 'type'>,
): LoadedModel {
  return {
    file: { modelId: 'test', sha256: '0'.repeat(64), path: 'none', contract } as ModelFile,
    inputNames: ['input'],
    outputNames: ['output'],
    inputDims: {},
    run: async (feeds: Readonly<Record<string, Tensor>>) => {
      const input = feeds['input'];
      if (input?.type !== 'float32') throw new Error('float32 expected');
      return { output: { type: 'float32', ...answer(input) } };
    },
  };
}

/** Every face comes out at half contrast and much redder. */
const restorer = network({ interface: 'face-restorer' }, ({ data, dims }) => ({
  dims,
  data: data.map((value, at) => value * 0.5 + (at < pixels ? 0.6 : -0.3)),
}));
/** Repeats each pixel; every second one a little darker, so that it can be told from enlarging by arithmetic. */
const doubler = network(
  { interface: 'upscaler', range: 'zero-to-one', scale: 2 },
  ({ data, dims: [, , height = 0, width = 0] }) => {
    const doubled = new Float32Array(3 * height * width * 4);
    for (let at = 0; at < doubled.length; at++) {
      const [x, y] = [at % (2 * width), Math.floor(at / (2 * width)) % (2 * height)];
      const plane = Math.floor(at / (4 * width * height));
      const value = data[plane * width * height + (y >> 1) * width + (x >> 1)] ?? 0;
      doubled[at] = Math.max(0, value - ((x + y) % 2) * 0.1);
    }
    return { dims: [1, 3, 2 * height, 2 * width], data: doubled };
  },
);
/** Hair above row 160, glasses from 210 to 270, skin elsewhere (ParseNet's numbers: 13, 3, 1). */
const parser = network({ interface: 'parser-19-classes', classOrder: 'parsenet' }, () => {
  const data = new Float32Array(19 * pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const row = pixel >> 9;
    const number = row < 160 ? 13 : row >= 210 && row < 270 ? 3 : 1;
    data[number * pixels + pixel] = 1;
  }
  return { dims: [1, 19, 512, 512], data };
});

const photoSide = 700;
const landmarks = landmarksAt(350, 360, 300, 0);
const decoded: DecodedPhoto = {
  facts: {} as DecodedPhoto['facts'],
  pageIndex: 0,
  raster: waves(photoSide, photoSide),
  alpha: null,
  isGrayFile: false,
  iccProfile: null,
  toSrgb: null,
  fromSrgb: null,
};
const { photoToFace } = alignFace(decoded.raster, landmarks);
const [a, , tx, , d, ty] = photoToFace;
/** The aligned square in the photo: nothing outside may ever change. */
const square: Box = {
  x: (-0.5 - tx) / a,
  y: (-0.5 - ty) / d,
  width: 512 / a,
  height: 512 / d,
};

async function render(
  options: Partial<FaceToRestore> = {},
  hasParser = true,
  monochrome: 'colour' | 'gray' = 'colour',
): Promise<Raster> {
  const face: FaceToRestore = {
    landmarksInPhoto: landmarks,
    restorer,
    fidelity: 0.5,
    strength: 1,
    ...options,
  };
  const plan = {
    faces: [face],
    parser: hasParser ? parser : null,
    upscaler: null,
    backgroundStrength: 1,
    scale: 1,
    monochrome,
  };
  const clock = new StepClock(context, renderShares(false));
  return (await renderPhoto(decoded, plan, context, clock)).raster;
}

/** Rows of the aligned face in which the two pictures differ by more than `tolerance`, and whether any lies outside. */
function changes(
  one: Raster,
  other: Raster,
  tolerance = 2,
): { rows: Set<number>; outside: number; count: number } {
  const rows = new Set<number>();
  let [outside, count] = [0, 0];
  for (let y = 0; y < photoSide; y++) {
    for (let x = 0; x < photoSide; x++) {
      const at = (y * photoSide + x) * 3;
      const difference = Math.max(
        ...[0, 1, 2].map((c) => Math.abs((one.data[at + c] ?? 0) - (other.data[at + c] ?? 0))),
      );
      const isInside =
        x >= square.x && x <= square.x + square.width && y >= square.y && y <= square.y + square.height;
      if (!isInside && difference > 0) outside += 1;
      if (difference <= tolerance) continue;
      count += 1;
      rows.add(Math.round(d * y + ty));
    }
  }
  return { rows, outside, count };
}
const between = (rows: Set<number>, from: number, to: number): number =>
  [...rows].filter((row) => row >= from && row < to).length;

const plain = await render();

describe('options of one face', () => {
  it('change nothing when they are at rest', async () => {
    const atRest = { mask: 'face-and-hair', expandPx: 0, featherPx: 0, matchesColour: false } as const;
    expect((await render(atRest)).data).toEqual(plain.data);
    expect(changes(plain, decoded.raster).outside).toBe(0);
    expect(changes(plain, decoded.raster).count).toBeGreaterThan(10_000);
  });

  it('"face" leaves the photo its own hair, and only that', async () => {
    const { rows, outside } = changes(await render({ mask: 'face' }), plain);
    expect(outside).toBe(0);
    expect(between(rows, 60, 140)).toBeGreaterThan(45);
    // The mask's blur reaches some fifty rows further than the hair.
    expect(between(rows, 230, 512)).toBe(0);
    const hair = changes(await render({ mask: 'face' }), decoded.raster);
    expect(between(hair.rows, 0, 100)).toBe(0);
  });

  it('"no-glasses" leaves the photo its own glasses, and only those', async () => {
    const { rows, outside } = changes(await render({ mask: 'no-glasses' }), plain);
    expect(outside).toBe(0);
    expect(between(rows, 225, 255)).toBeGreaterThan(15);
    expect(between(rows, 0, 150) + between(rows, 330, 512)).toBe(0);
  });

  it('without a parser every mask is the same oval', async () => {
    const oval = await render({}, false);
    expect((await render({ mask: 'face' }, false)).data).toEqual(oval.data);
    expect((await render({ mask: 'no-glasses' }, false)).data).toEqual(oval.data);
  });

  it('growing, shrinking and softening change the edge, not the middle', async () => {
    const oval = await render({}, false);
    const grown = await render({ expandPx: 30 }, false);
    const shrunk = await render({ expandPx: -30 }, false);
    const changed = (picture: Raster) => changes(picture, decoded.raster);
    expect(changed(grown).count).toBeGreaterThan(changed(oval).count * 1.1);
    expect(changed(shrunk).count).toBeLessThan(changed(oval).count * 0.9);
    for (const picture of [grown, shrunk, await render({ featherPx: 30 }, false)]) {
      const { count, outside } = changes(picture, oval);
      expect(outside).toBe(0);
      expect(count).toBeGreaterThan(500);
      expect(middleOf(picture)).toEqual(middleOf(oval));
    }
  });

  it("a model that enlarges the face is used for this face, inside the face's square", async () => {
    const { outside, count } = changes(await render({ faceUpscaler: doubler }), plain, 1);
    expect(outside).toBe(0);
    expect(count).toBeGreaterThan(5_000);
  });

  it("matching colours brings the face back to the photo's mean and contrast", async () => {
    const matched = await render({ matchesColour: true });
    expect(changes(matched, plain).outside).toBe(0);
    const means = [0, 1, 2].map((channel) =>
      [matched, plain].map((picture) => Math.abs(meanOf(picture, channel) - meanOf(decoded.raster, channel))),
    );
    for (const [after, before] of means) {
      expect(after).toBeLessThan(6);
      expect(before).toBeGreaterThan(12);
    }
  });
});

/** Fills holes with one green, and would change everything else too: only holes may take its answer. */
const inpainter = network({ interface: 'face-restorer' }, ({ dims, data }) => ({
  dims,
  data: data.map((_, at) => (at >= pixels && at < 2 * pixels ? 0.5 : -0.9)),
}));
/** Paints every face the same warm colour. */
const colouriser = network({ interface: 'face-restorer' }, ({ dims, data }) => ({
  dims,
  data: data.map((_, at) => (at < pixels ? 0.4 : -0.1)),
}));
const dab = (x: number, y: number, radiusPx: number, mode: 'paint' | 'erase' = 'paint') => ({
  points: [[x, y] as [number, number]],
  radiusPx,
  hardness: 1,
  mode,
});
const pixelOf = ({ data }: Raster, x: number, y: number): number[] => [
  ...data.slice((y * photoSide + x) * 3, (y * photoSide + x) * 3 + 3),
];

describe('painting on one face', () => {
  it('lays back only what was painted, less what was erased', async () => {
    const picture = await render({ maskStrokes: [dab(330, 350, 40), dab(345, 350, 12, 'erase')] });
    const { count, outside } = changes(picture, decoded.raster, 0);
    expect(outside).toBe(0);
    expect(count).toBeGreaterThan(2_000);
    expect(pixelOf(picture, 320, 350)).toEqual(pixelOf(plain, 320, 350));
    for (const [x, y] of [
      [345, 350],
      [375, 350],
      [330, 395],
      [250, 350],
    ] as const)
      expect(pixelOf(picture, x, y)).toEqual(pixelOf(decoded.raster, x, y));
  });

  it('fills what is missing, there and nowhere else, even outside the mask', async () => {
    const strokes = [dab(350, 360, 15), dab(350, 245, 10)];
    const picture = await render({ holes: { strokes, inpainter } });
    for (const [x, y] of [
      [350, 360],
      [350, 245],
    ] as const) {
      const [red = 0, green = 0, blue = 0] = pixelOf(picture, x, y);
      expect(green).toBeGreaterThan(180);
      expect(Math.max(red, blue)).toBeLessThan(20);
    }
    const { rows, outside } = changes(picture, plain, 0);
    expect(outside).toBe(0);
    const rowOf = (y: number) => Math.round(d * y + ty);
    for (const row of rows)
      expect(
        Math.min(Math.abs(row - rowOf(360)) / (20 * d), Math.abs(row - rowOf(245)) / (16 * d)),
      ).toBeLessThan(1);
  });

  it('strokes beside the face change nothing', async () => {
    const picture = await render({ holes: { strokes: [dab(5, 5, 4)], inpainter } });
    expect(picture.data).toEqual(plain.data);
  });

  it('colours a gray photo on the light and shade it has', async () => {
    const gray = (await render({}, true, 'gray')).data;
    const picture = await render({ colouring: { strength: 1, colouriser } }, true, 'gray');
    const at = (350 * photoSide + 330) * 3;
    const [red = 0, green = 0, blue = 0] = picture.data.slice(at, at + 3);
    expect(red - blue).toBeGreaterThan(25);
    expect(green).toBeLessThan(red);
    expect(Math.abs(0.299 * red + 0.587 * green + 0.114 * blue - lumaAt(gray, at))).toBeLessThan(12);
    const half = await render({ colouring: { strength: 0.5, colouriser } }, true, 'gray');
    expect((half.data[at] ?? 0) - (half.data[at + 2] ?? 0)).toBeLessThan((red - blue) * 0.7);
  });
});

function lumaAt(data: Raster['data'], at: number): number {
  return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
}

describe('grain of the photo', () => {
  it('is on the restored face as it is around it, the same each time, and nowhere else', async () => {
    const noise = new Int8Array(photoSide * photoSide).map(
      (_, at) => ((at * 7919 + (at >> 7) * 104729) % 41) - 20,
    );
    const data = decoded.raster.data.map((value, at) =>
      Math.min(255, Math.max(0, 60 + value / 3 + (noise[Math.floor(at / 3)] ?? 0))),
    );
    const grainy = { ...decoded.raster, data: Uint8Array.from(data) };
    const soft = network({ interface: 'face-restorer' }, ({ dims, data: input }) => ({
      dims,
      data: input.map((_, at) => Math.sin((at % 512) / 90) * 0.2),
    }));
    const draw = (grain: number) =>
      renderPhoto(
        { ...decoded, raster: grainy },
        {
          faces: [{ landmarksInPhoto: landmarks, restorer: soft, fidelity: 0.5, strength: 1 }],
          parser: null,
          upscaler: null,
          backgroundStrength: 1,
          scale: 1,
          monochrome: 'colour',
          grain,
        },
        context,
        new StepClock(context, renderShares(false)),
      ).then(({ raster }) => raster);
    const [clean, matched] = [await draw(0), await draw(1)];
    expect((await draw(1)).data).toEqual(matched.data);
    expect(changes(matched, clean).outside).toBe(0);
    expect(roughness(clean)).toBeLessThan(roughness(grainy) * 0.2);
    expect(Math.abs(roughness(matched) / roughness(grainy) - 1)).toBeLessThan(0.15);
  });
});

/** Mean square of differences to the neighbour, in the middle of the face. */
function roughness(picture: Raster): number {
  const samples = middleOf(picture);
  let sum = 0;
  for (let at = 0; at + 3 < samples.length; at += 3)
    sum += ((samples[at] ?? 0) - (samples[at + 3] ?? 0)) ** 2;
  return Math.sqrt((sum * 3) / samples.length);
}

/** Samples of the 40 by 40 pixels in the middle of the face. */
function middleOf({ data }: Raster): number[] {
  const samples: number[] = [];
  for (let y = 350; y < 390; y++) {
    const from = (y * photoSide + 330) * 3;
    samples.push(...data.slice(from, from + 120));
  }
  return samples;
}
function meanOf(picture: Raster, channel: number): number {
  const values = middleOf(picture).filter((_, at) => at % 3 === channel);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
