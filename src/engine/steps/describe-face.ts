// Says who a face is, as numbers: descriptors of one person lie close together, those of two people apart.
// Runs in the engine process. Keeps nothing: what is done with the numbers is decided where they are asked for.
import { photoToFaceMatrix } from '#shared/domain/face-template.ts';
import type { Landmarks } from '#shared/domain/geometry.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { LoadedModel } from '../onnx/loaded-model.ts';
import { rasterToTensor } from '../onnx/raster-tensor.ts';
import { type AffineMatrix, composeAffine } from '../pixels/affine-matrix.ts';
import type { Raster } from '../pixels/raster.ts';
import { cutSquare } from './align-face.ts';

/** Numbers in a descriptor. */
export const descriptorLength = 128;

/**
 * Descriptors nearer than this are taken for one person's; meant for means over several pictures of a face. Measured on
 * faces of 60 to 100 px, gray, grainy and compressed, means of four: 0.44 % of 1.6 million pairs of two people are
 * nearer, and all of 123 pairs of one; dlib's own 0.6, for sharp photos, joins 13 %. npm run bench -- recognition.
 */
export const samePersonDistance = 0.44;

const squareSidePx = 150;
/**
 * The part of a 512 px aligned face that the network sees. It was taught on dlib's chips of 150 px with a padding of 0.25,
 * in which dlib's mean face has its eyes at (47.5, 46.6) and (100.5, 46.6) and the corners of its mouth at (50.4, 103) and
 * (97.6, 103); cut like this, our template has them within a pixel of there.
 */
const seenPart = { left: 82, top: 130, side: 352 } as const;

/**
 * @param picture the photo or frame the landmarks lie in, 8 or 16 bits, sRGB or near it.
 * @param model with the contract `face-descriptor`.
 * @returns 128 numbers to compare by descriptorDistance, their own length about 1.4. A mean of several is a descriptor
 * too, and a steadier one.
 * Errors: face.landmarks-unusable, model.wrong-output.
 */
export async function describeFace(
  picture: Raster,
  landmarks: Landmarks,
  model: LoadedModel,
): Promise<Float32Array> {
  const { contract, modelId } = model.file;
  const pictureToFace = photoToFaceMatrix(landmarks);
  if (pictureToFace === null) throw new HeirloomError('face.landmarks-unusable');
  const scale = squareSidePx / seenPart.side;
  const faceToSquare: AffineMatrix = [scale, 0, -seenPart.left * scale, 0, scale, -seenPart.top * scale];
  const { face } = cutSquare(picture, composeAffine(faceToSquare, pictureToFace), squareSidePx);
  const input = rasterToTensor(face, { range: contract.range ?? 'raw', colour: contract.colour ?? 'rgb' });
  const outputs = await model.run({ [contract.imageInput ?? 'image']: input });
  const descriptor = outputs[contract.output ?? 'descriptor'];
  if (descriptor?.data.length !== descriptorLength)
    throw new HeirloomError('model.wrong-output', { name: modelId });
  return descriptor.data;
}

/** Euclidean; 0 for the same picture. Errors: a RangeError when they are not of one length. */
export function descriptorDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} numbers against ${b.length}`);
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) {
    const difference = (a[index] as number) - (b[index] as number);
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}
