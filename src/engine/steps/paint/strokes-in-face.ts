// Strokes over a photo as a mask of one aligned face. Engine process, pure.
import type { BrushStroke } from '#shared/domain/brush.ts';
import { type AffineMatrix, applyAffine, scaleOfAffine } from '../../pixels/affine-matrix.ts';
import type { Plane } from '../../pixels/raster.ts';
import { rasteriseStrokes } from './rasterise-strokes.ts';

/**
 * @param photoToFace similarity from photo pixels to the aligned face of `sidePx`, as alignFace gives it.
 * @returns `sidePx` square, 0..1; all 0 where nothing is painted on this face.
 */
export function strokesInFace(
  strokes: readonly BrushStroke[],
  photoToFace: AffineMatrix,
  sidePx: number,
): Plane {
  const scale = scaleOfAffine(photoToFace);
  const inFace = strokes.map(
    (stroke): BrushStroke => ({
      ...stroke,
      points: stroke.points.map(([x, y]) => [...applyAffine(photoToFace, x, y)]),
      radiusPx: Math.max(0.5, stroke.radiusPx * scale),
    }),
  );
  const data = new Float32Array(sidePx * sidePx);
  const painted = rasteriseStrokes(inFace, { widthPx: sidePx, heightPx: sidePx }, 1);
  if (painted !== null) {
    for (let y = 0, from = 0; y < painted.heightPx; y += 1) {
      let at = (painted.topPx + y) * sidePx + painted.leftPx;
      for (let x = 0; x < painted.widthPx; x += 1, at += 1, from += 1)
        data[at] = (painted.data[from] as number) / 255;
    }
  }
  return { widthPx: sidePx, heightPx: sidePx, data };
}
