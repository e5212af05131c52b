// The parsing mask: which pixels of a restored face are face (and hair), so that hats, collars and background stay.
import type { FaceMask } from '#shared/domain/face-paste.ts';
import type { ModelContract } from '#shared/domain/model.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { LoadedModel } from '../onnx/loaded-model.ts';
import { rasterToTensor } from '../onnx/raster-tensor.ts';
import { gaussianBlur } from '../pixels/gaussian-blur.ts';
import type { Plane, Raster } from '../pixels/raster.ts';
import { release } from '../pixels/release.ts';

/** The 19 CelebAMask-HQ classes in the two numberings found in the field (codeformer-pipeline 2.6): map by name. */
const classNames = {
  parsenet:
    'background skin nose glasses left-eye right-eye left-brow right-brow left-ear right-ear mouth upper-lip lower-lip hair hat earring necklace neck cloth',
  bisenet:
    'background skin left-brow right-brow left-eye right-eye glasses left-ear right-ear earring nose mouth upper-lip lower-lip neck necklace cloth hair hat',
} as const;

/** Classes that are pasted back; the others stay as in the photo (codeformer-pipeline 2.6). */
const keptClasses = new Set(
  'skin nose glasses left-eye right-eye left-brow right-brow left-ear right-ear mouth upper-lip lower-lip hair earring'.split(
    ' ',
  ),
);

const maskSidePx = 512;
/** Twice a Gaussian of 101 taps and sigma 11, and an outer frame of 10 px set to zero (codeformer-pipeline 2.6). */
const blurTaps = 101;
const blurSigma = 11;
const framePx = 10;

/** What the photo keeps of its own besides. Ears belong to the face; earrings hang in the hair. */
const leftOutClasses: Readonly<Record<FaceMask, readonly string[]>> = {
  'face-and-hair': [],
  face: ['hair', 'earring'],
  'no-glasses': ['glasses'],
};

/** For each class number, whether it is pasted back. */
export function keptByNumber(
  order: NonNullable<ModelContract['classOrder']>,
  mask: FaceMask = 'face-and-hair',
): boolean[] {
  return classNames[order]
    .split(' ')
    .map((name) => keptClasses.has(name) && !leftOutClasses[mask].includes(name));
}

/**
 * @param face restored face, 512 px square, 8-bit sRGB.
 * @returns mask of 512 by 512, 0..1, soft.
 */
export async function parseFace(
  face: Raster,
  parser: LoadedModel,
  mask: FaceMask = 'face-and-hair',
): Promise<Plane> {
  const { contract } = parser.file;
  const imageInput = contract.imageInput ?? parser.inputNames[0] ?? 'input';
  const outputName = contract.output ?? parser.outputNames[0] ?? 'output';
  const input = rasterToTensor(face, {
    range: contract.range ?? 'minus-one-to-one',
    colour: contract.colour ?? 'rgb',
  });
  const output = (await parser.run({ [imageInput]: input }))[outputName];
  if (output === undefined || output.data.length !== 19 * maskSidePx * maskSidePx) {
    throw new HeirloomError('model.wrong-output', { name: parser.file.modelId });
  }
  const parsed = softMask(output.data, keptByNumber(contract.classOrder ?? 'parsenet', mask));
  release(input.data, output.data);
  return parsed;
}

/** @param scores 19 planes of 512 by 512; the highest wins. */
export function softMask(scores: Float32Array, kept: readonly boolean[]): Plane {
  const pixels = maskSidePx * maskSidePx;
  const hard = new Float32Array(pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    let best = 0;
    let bestScore = Number.NEGATIVE_INFINITY;
    for (let number = 0; number < kept.length; number++) {
      const score = scores[number * pixels + pixel] ?? Number.NEGATIVE_INFINITY;
      if (score > bestScore) {
        bestScore = score;
        best = number;
      }
    }
    hard[pixel] = kept[best] === true ? 1 : 0;
  }
  const plane: Plane = { widthPx: maskSidePx, heightPx: maskSidePx, data: hard };
  const once = gaussianBlur(plane, blurTaps, blurSigma);
  const soft = gaussianBlur(once, blurTaps, blurSigma);
  release(hard, once.data);
  clearFrame(soft);
  return soft;
}

function clearFrame({ widthPx, heightPx, data }: Plane): void {
  for (let y = 0; y < heightPx; y++) {
    const isFrameRow = y < framePx || y >= heightPx - framePx;
    for (let x = 0; x < widthPx; x++) {
      if (isFrameRow || x < framePx || x >= widthPx - framePx) data[y * widthPx + x] = 0;
    }
  }
}
