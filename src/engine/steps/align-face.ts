// Cuts a face out of a photo, upright and at the size a network wants. Runs in the engine process.
// Reads only the face's own bounding box, however large the photo is.
import { photoToFaceMatrix } from '#shared/domain/face-template.ts';
import type { Landmarks, Point } from '#shared/domain/geometry.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import {
  type AffineMatrix,
  composeAffine,
  invertAffine,
  resizeMatrix,
  scaleOfAffine,
} from '../pixels/affine-matrix.ts';
import { cropRaster } from '../pixels/crop.ts';
import { clipToPicture, polygonArea, transformedCorners } from '../pixels/quadrilateral.ts';
import { maxSample, type Raster } from '../pixels/raster.ts';
import { release } from '../pixels/release.ts';
import { resizeRaster } from '../pixels/resize.ts';
import { warpAffine } from '../pixels/warp.ts';

/** RGB outside the photo, 8-bit: what the networks met at borders in training (facexlib, BGR 135, 133, 132). */
export const outsideFill = [132, 133, 135] as const;

/** From this reduction on, 2x2 samples would miss pixels: the photo is reduced by area first. */
const prefilterFrom = 1.5;

export interface AlignedFace {
  /** Square, same sample depth as the photo; `outsideFill` where the photo ends. */
  readonly face: Raster;
  readonly photoToFace: AffineMatrix;
  /** How much of the square lies inside the photo, 0 to 1. */
  readonly insideFraction: number;
}

/**
 * The face the landmarks mark, turned upright, `sizePx` square. Landmarks are used as detectors give them, without a
 * half-pixel correction, as the networks' own training data was cut.
 * Throws `face.landmarks-unusable` when they coincide or lie on one line.
 */
export function alignFace(photo: Raster, landmarks: Landmarks, sizePx = 512): AlignedFace {
  const photoToFace = photoToFaceMatrix(landmarks, sizePx);
  if (photoToFace === null) throw new HeirloomError('face.landmarks-unusable');
  return cutSquare(photo, photoToFace, sizePx);
}

/**
 * The square of `sizePx` that `photoToFace`, a similarity, carries onto [0, sizePx): for networks with a template of their own.
 * Throws `face.landmarks-unusable` when the matrix cannot be inverted.
 */
export function cutSquare(photo: Raster, photoToFace: AffineMatrix, sizePx: number): AlignedFace {
  const faceToPhoto = invertAffine(photoToFace);
  if (faceToPhoto === null) throw new HeirloomError('face.landmarks-unusable');
  const corners = transformedCorners(faceToPhoto, [-0.5, -0.5], [sizePx - 0.5, sizePx - 0.5]);
  const inside = polygonArea(clipToPicture(corners, photo.widthPx, photo.heightPx));
  const insideFraction = Math.min(1, inside / polygonArea(corners));
  const face = cutFace(photo, photoToFace, corners, sizePx);
  return { face, photoToFace, insideFraction };
}

function cutFace(
  photo: Raster,
  photoToFace: AffineMatrix,
  corners: readonly Point[],
  sizePx: number,
): Raster {
  const depth = maxSample(photo) === 65535 ? 257 : 1;
  const outside = [outsideFill[0] * depth, outsideFill[1] * depth, outsideFill[2] * depth] as const;
  const options = { widthPx: sizePx, heightPx: sizePx, outside };
  const reduction = 1 / scaleOfAffine(photoToFace);
  if (reduction < prefilterFrom) return warpAffine(photo, photoToFace, options);

  // A margin of two output pixels on each side: the bilinear kernel never reaches the cut edge of the region.
  const margin = Math.ceil(reduction * 2) + 1;
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const left = Math.max(0, Math.floor(Math.min(...xs)) - margin);
  const top = Math.max(0, Math.floor(Math.min(...ys)) - margin);
  const right = Math.min(photo.widthPx, Math.ceil(Math.max(...xs)) + margin + 1);
  const bottom = Math.min(photo.heightPx, Math.ceil(Math.max(...ys)) + margin + 1);
  if (right <= left || bottom <= top) return warpAffine(photo, photoToFace, options);

  const region = cropRaster(photo, left, top, right - left, bottom - top);
  const reducedWidth = Math.max(1, Math.round(region.widthPx / reduction));
  const reducedHeight = Math.max(1, Math.round(region.heightPx / reduction));
  const reduced = resizeRaster(region, reducedWidth, reducedHeight, 'area');
  const reducedToRegion = resizeMatrix(region.widthPx / reducedWidth, region.heightPx / reducedHeight);
  const regionToFace = composeAffine(photoToFace, [1, 0, left, 0, 1, top]);
  const face = warpAffine(reduced, composeAffine(regionToFace, reducedToRegion), options);
  release(region.data, reduced.data);
  return face;
}
