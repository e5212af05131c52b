// What a detector says of one face before anything is merged, checked or refined. Runs in the engine process.
import type { Box, Landmarks, Point } from '#shared/domain/geometry.ts';

/**
 * Positions have their origin at the corner of the first pixel. Landmarks go by the person, so that a face upside down
 * is aligned upright: the eye and mouth corner that lie left in an upright picture come first (the person's right).
 */
export interface FaceCandidate {
  readonly box: Box;
  readonly landmarks: Landmarks;
  /** 0..1. */
  readonly score: number;
}

/** Maps every position of a candidate; `move` must be a similarity. The box becomes the upright box around the moved one. */
export function moveCandidate(candidate: FaceCandidate, move: (point: Point) => Point): FaceCandidate {
  const { x, y, width, height } = candidate.box;
  const corners = [move([x, y]), move([x + width, y]), move([x, y + height]), move([x + width, y + height])];
  return {
    box: boxAround(corners),
    landmarks: mapLandmarks(candidate.landmarks, move),
    score: candidate.score,
  };
}

export function mapLandmarks(landmarks: Landmarks, move: (point: Point) => Point): Landmarks {
  const [leftEye, rightEye, nose, leftMouth, rightMouth] = landmarks;
  return [move(leftEye), move(rightEye), move(nose), move(leftMouth), move(rightMouth)];
}

/** The smallest upright box that holds all points. */
export function boxAround(points: readonly Point[]): Box {
  let [left, top] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [right, bottom] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

export function midpoint(a: Point, b: Point): Point {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}
