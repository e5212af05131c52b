import { expect, it } from 'vitest';
import type { FloatTensor, LoadedModel } from '../../../../src/engine/onnx/loaded-model.ts';
import type { Raster } from '../../../../src/engine/pixels/raster.ts';
import { colouriseFace, withChromaOf } from '../../../../src/engine/steps/colourise-face.ts';
import { inpaintFace, whiteHoles } from '../../../../src/engine/steps/inpaint-face.ts';
import { modelFileSchema } from '../../../../src/shared/contract/model-file.ts';

/** A network that answers one colour everywhere, in -1..1, and remembers what it was shown. */
function paints(colour: readonly [number, number, number]) {
  const seen: FloatTensor[] = [];
  const file = modelFileSchema.parse({
    modelId: 'painter',
    sha256: '0'.repeat(64),
    path: 'painter.onnx',
    contract: { interface: 'face-restorer', imageInput: 'image', output: 'face', inputSidePx: 4 },
  });
  const model: LoadedModel = {
    file,
    inputNames: ['image'],
    outputNames: ['face'],
    inputDims: {},
    async run({ image }) {
      // What the network was fed is given back afterwards.
      seen.push(structuredClone(image as FloatTensor));
      const data = Float32Array.from({ length: 48 }, (_, index) => colour[Math.floor(index / 16)] ?? NaN);
      return { face: { type: 'float32', data, dims: [1, 3, 4, 4] } };
    },
  };
  return { model, seen };
}

function face(bits: 8 | 16 = 8): Raster {
  const scale = bits === 8 ? 1 : 257;
  const samples = Array.from({ length: 48 }, (_, index) => (index < 6 ? 255 : 40 + index) * scale);
  return { widthPx: 4, heightPx: 4, data: bits === 8 ? Uint8Array.from(samples) : Uint16Array.from(samples) };
}

it('takes exactly white pixels for holes, in both depths', () => {
  for (const bits of [8, 16] as const) {
    const picture = face(bits);
    expect([...whiteHoles(picture)]).toEqual([1, 1, ...Array(14).fill(0)]);
    picture.data[0] = (picture.data[0] as number) - 1;
    expect(whiteHoles(picture)[0]).toBe(0);
  }
});

it('fills holes only, at the depth of the face', async () => {
  for (const bits of [8, 16] as const) {
    const picture = face(bits);
    const { model } = paints([1, -1, 0]);
    const answer = await inpaintFace(picture, model);
    const white = bits === 8 ? 255 : 65535;
    expect([...answer.data.slice(0, 2)]).toEqual([white, 0]);
    expect(answer.data.slice(6)).toEqual(picture.data.slice(6));
  }
});

it('shows the network white where a mask has holes', async () => {
  const { model, seen } = paints([0, 0, 0]);
  const holes = new Uint8Array(16);
  holes[5] = 1;
  const answer = await inpaintFace(face(), model, holes);
  expect([0, 16, 32].map((plane) => seen[0]?.data[plane + 5])).toEqual([1, 1, 1]);
  expect(answer.data[15]).toBe(128);
  expect(answer.data[0]).toBe(255);
  await expect(inpaintFace(face(), model, new Uint8Array(3))).rejects.toThrow(RangeError);
});

const luma = (data: ArrayLike<number>, at: number) =>
  0.299 * (data[at] ?? NaN) + 0.587 * (data[at + 1] ?? NaN) + 0.114 * (data[at + 2] ?? NaN);

it('keeps the light of the photo under the colours of the network', async () => {
  const gray: Raster = { widthPx: 4, heightPx: 4, data: new Uint8Array(48).fill(120) };
  const { model, seen } = paints([0.2, 0, -0.2]);
  const answer = await colouriseFace(gray, model, { keepLuma: true, strength: 1 });
  expect(Math.abs(luma(answer.data, 9) - 120)).toBeLessThan(1);
  expect((answer.data[9] ?? 0) - (answer.data[11] ?? 0)).toBeGreaterThan(45);
  expect(seen[0]?.data[3]).toBeCloseTo(120 / 127.5 - 1, 5);
  const plain = await colouriseFace(gray, model, { keepLuma: false, strength: 1 });
  expect([...plain.data.slice(0, 3)]).toEqual([153, 128, 102]);
});

it('gives gray at no strength', () => {
  const coloured: Raster = { widthPx: 4, heightPx: 4, data: face().data };
  const gray = withChromaOf({ widthPx: 4, heightPx: 4, data: new Uint8Array(48).fill(90) }, coloured, 0);
  expect(new Set(gray.data)).toEqual(new Set([90]));
});
