// What a person painted on a face, done to its restored picture: holes filled, colour given, the mask drawn by hand.
// Engine process.
import type { BrushStroke } from '#shared/domain/brush.ts';
import type { LoadedModel } from '../../onnx/loaded-model.ts';
import type { AffineMatrix } from '../../pixels/affine-matrix.ts';
import type { Plane, Raster } from '../../pixels/raster.ts';
import { resizeRaster } from '../../pixels/resize.ts';
import { colouriseFace } from '../colourise-face.ts';
import { inpaintFace } from '../inpaint-face.ts';
import { faceSideOf } from '../restore-face.ts';
import { strokesInFace } from './strokes-in-face.ts';

export interface FacePaint {
  /** The face is laid back where these go, and nowhere else. */
  readonly maskStrokes?: readonly BrushStroke[] | undefined;
  readonly holes?: { readonly strokes: readonly BrushStroke[]; readonly inpainter: LoadedModel } | undefined;
  readonly colouring?: { readonly strength: number; readonly colouriser: LoadedModel } | undefined;
}

/** From half a brush's cover up a pixel is missing. */
const holeFrom = 0.5;

/**
 * Holes first: the inpainting network knows clean faces with holes in them. Colour after that, on the luma there is.
 * @param restored square, 8-bit sRGB, as the restorer answers.
 * @param photoToFace to an aligned face of `alignedSizePx`.
 * @returns 8-bit sRGB; of the models' side where one of them ran.
 * Errors: as inpaintFace and colouriseFace.
 */
export async function finishFace(
  restored: Raster,
  paint: FacePaint,
  photoToFace: AffineMatrix,
  alignedSizePx: number,
): Promise<Raster> {
  let face = restored;
  if (paint.holes !== undefined) {
    const { strokes, inpainter } = paint.holes;
    const side = faceSideOf(inpainter);
    face = ofSide(face, side);
    const painted = strokesInFace(strokes, enlargedTo(photoToFace, side / alignedSizePx), side);
    const holes = Uint8Array.from(painted.data, (cover) => (cover >= holeFrom ? 1 : 0));
    // Strokes that do not meet this face leave it as it is.
    if (holes.includes(1)) face = await inpaintFace(face, inpainter, holes);
  }
  if (paint.colouring !== undefined) {
    const { strength, colouriser } = paint.colouring;
    face = await colouriseFace(ofSide(face, faceSideOf(colouriser)), colouriser, {
      keepLuma: true,
      strength,
    });
  }
  return face;
}

/**
 * Where the face is laid back: `usual`, or by hand; what was missing is always laid back, as the photo has nothing there.
 * @param usual square, 0..1, the whole aligned face.
 */
export function maskByHand(
  usual: Plane,
  { maskStrokes, holes }: Pick<FacePaint, 'maskStrokes' | 'holes'>,
  photoToFace: AffineMatrix,
  alignedSizePx: number,
): Plane {
  if (maskStrokes === undefined && holes === undefined) return usual;
  const side = usual.widthPx;
  const toFace = enlargedTo(photoToFace, side / alignedSizePx);
  const mask = maskStrokes === undefined ? usual : strokesInFace(maskStrokes, toFace, side);
  if (holes === undefined) return mask;
  const filled = strokesInFace(holes.strokes, toFace, side);
  return { ...mask, data: mask.data.map((share, at) => Math.max(share, filled.data[at] as number)) };
}

function ofSide(face: Raster, side: number): Raster {
  return face.widthPx === side ? face : resizeRaster(face, side, side, 'bilinear');
}

function enlargedTo([a, b, tx, c, d, ty]: AffineMatrix, factor: number): AffineMatrix {
  const shift = 0.5 * (factor - 1);
  return [a * factor, b * factor, tx * factor + shift, c * factor, d * factor, ty * factor + shift];
}
