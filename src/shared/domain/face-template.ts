// Where a face goes when it is cut out of its photo: upright, eyes and mouth always at the same places.
// Used by the engine to cut, and by the window to show the cut-out while a face is marked and to put a live face in place.
import type { Landmarks, Point } from './geometry.ts';
import { type AffineMatrix, estimateSimilarity } from './similarity.ts';

/** Where the five landmarks of an aligned 512 px face lie: the FFHQ-style template CodeFormer was trained on. */
export const faceTemplate512: Landmarks = [
  [192.98138, 239.94708],
  [318.90277, 240.1936],
  [256.63416, 314.01935],
  [201.26117, 371.41043],
  [313.08905, 371.15118],
];

/** The similarity from photo to a face of `sizePx`; null when the landmarks coincide or lie on one line. */
export function photoToFaceMatrix(landmarks: Landmarks, sizePx = 512): AffineMatrix | null {
  const scale = sizePx / 512;
  const template = faceTemplate512.map(([x, y]): Point => [x * scale, y * scale]);
  return estimateSimilarity(landmarks, template);
}
