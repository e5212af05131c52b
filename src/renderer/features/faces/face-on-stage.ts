// Where the aligned square of a face lies on the stage, as a CSS transform. Pure.
import { photoToFaceMatrix } from '#shared/domain/face-template.ts';
import type { Landmarks } from '#shared/domain/geometry.ts';
import { invertSimilarity } from '#shared/domain/similarity.ts';
import type { View } from '../../viewer/view-transform.ts';
import { frameSidePx } from './face-frames.ts';

/** The CSS transform from the aligned square to where the face lies; null for unusable landmarks. */
export function faceOnStage(landmarks: Landmarks, view: View): string | null {
  const photoToFace = photoToFaceMatrix(landmarks, frameSidePx);
  if (photoToFace === null) return null;
  const [a, b, tx, c, d, ty] = invertSimilarity(photoToFace);
  // Pixel centres lie at integers there and at halves here.
  const left = a * -0.5 + b * -0.5 + tx + 0.5;
  const top = c * -0.5 + d * -0.5 + ty + 0.5;
  const { scale } = view;
  const numbers = [a * scale, c * scale, b * scale, d * scale, view.x + left * scale, view.y + top * scale];
  return `matrix(${numbers.map((value) => value.toFixed(5)).join(', ')})`;
}
