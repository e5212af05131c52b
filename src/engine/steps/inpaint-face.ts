// Holes of an aligned face filled by an inpainting network; everything else stays as it was. Engine process.
import type { LoadedModel } from '../onnx/loaded-model.ts';
import { maxSample, type Raster } from '../pixels/raster.ts';
import { restoreFace } from './restore-face.ts';

/** One byte per pixel, row by row: 0 stays, anything else is a hole. */
export type HoleMask = Uint8Array;

/** The authors' rule for pictures without a mask: exactly white is a hole (codeformer-pipeline 2.10). */
export function whiteHoles(face: Raster): HoleMask {
  const white = maxSample(face);
  const holes = new Uint8Array(face.widthPx * face.heightPx);
  for (let pixel = 0, at = 0; pixel < holes.length; pixel += 1, at += 3) {
    const isWhite = face.data[at] === white && face.data[at + 1] === white && face.data[at + 2] === white;
    if (isWhite) holes[pixel] = 1;
  }
  return holes;
}

/**
 * The network was trained on clean faces with white holes: restore first. The edge of a hole is hard, as the network
 * expects its surroundings untouched.
 * @param alignedFace square of the model's side, sRGB, 8 or 16 bit.
 * @returns a new raster of the same size and depth.
 * Throws RangeError when the mask or the network's answer has another size. Errors: as restoreFace.
 */
export async function inpaintFace(
  alignedFace: Raster,
  model: LoadedModel,
  holes: HoleMask = whiteHoles(alignedFace),
): Promise<Raster> {
  const { widthPx, heightPx } = alignedFace;
  if (holes.length !== widthPx * heightPx) throw new RangeError('the mask has another size than the face');
  const filled: Raster = { widthPx, heightPx, data: alignedFace.data.slice() };
  const white = maxSample(alignedFace);
  forEachHole(holes, (at) => filled.data.fill(white, at, at + 3));
  const answer = await restoreFace(filled, model, 1);
  if (answer.widthPx !== widthPx || answer.heightPx !== heightPx)
    throw new RangeError('the network answers with another size than the face');
  const toDepth = white / 255;
  forEachHole(holes, (at) => {
    for (let channel = at; channel < at + 3; channel += 1)
      filled.data[channel] = Math.round((answer.data[channel] as number) * toDepth);
  });
  return filled;
}

function forEachHole(holes: HoleMask, visit: (sampleIndex: number) => void): void {
  for (let pixel = 0; pixel < holes.length; pixel += 1) if (holes[pixel] !== 0) visit(pixel * 3);
}
