// One face must be reported once: joins what a detector says of the same face. Runs in the engine process; pure arithmetic.
import type { Box, Point } from '#shared/domain/geometry.ts';
import { distance, type FaceCandidate, mapLandmarks, midpoint } from './face-candidate.ts';

/** Anchors of one network pass whose boxes overlap by this much mean the same face (MediaPipe's value). */
const samePassOverlap = 0.3;

/** Intersection over union, 0..1. */
export function overlapOfBoxes(a: Box, b: Box): number {
  const shared = sharedArea(a, b);
  return shared === 0 ? 0 : shared / (a.width * a.height + b.width * b.height - shared);
}

function sharedArea(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/**
 * Weighted non-maximum suppression within one network pass: overlapping answers become one, positions averaged by
 * score, the highest score kept. Steadier than picking the best anchor, as BlazeFace's authors found.
 */
export function blendOverlapping(candidates: readonly FaceCandidate[]): FaceCandidate[] {
  const rest = [...candidates].sort((a, b) => b.score - a.score);
  const blended: FaceCandidate[] = [];
  while (rest.length > 0) {
    const best = rest[0] as FaceCandidate;
    const group = rest.filter((other) => overlapOfBoxes(best.box, other.box) > samePassOverlap);
    // A box always overlaps itself, but a flat one does not: never loop for ever on it.
    const members = group.includes(best) ? group : [best];
    blended.push(averageByScore(members));
    for (const member of members) rest.splice(rest.indexOf(member), 1);
  }
  return blended;
}

function averageByScore(group: readonly FaceCandidate[]): FaceCandidate {
  const best = group[0] as FaceCandidate;
  if (group.length === 1) return best;
  const total = group.reduce((sum, { score }) => sum + score, 0);
  const mean = (read: (candidate: FaceCandidate) => number): number =>
    group.reduce((sum, candidate) => sum + candidate.score * read(candidate), 0) / total;
  let index = 0;
  return {
    box: {
      x: mean(({ box }) => box.x),
      y: mean(({ box }) => box.y),
      width: mean(({ box }) => box.width),
      height: mean(({ box }) => box.height),
    },
    landmarks: mapLandmarks(best.landmarks, (): Point => {
      const at = index++;
      return [
        mean(({ landmarks }) => landmarks[at]?.[0] ?? 0),
        mean(({ landmarks }) => landmarks[at]?.[1] ?? 0),
      ];
    }),
    score: best.score,
  };
}

/**
 * Across tiles, zooms and after refinement: keeps the better of two that are the same face. Two are the same when
 * their boxes overlap well, when one lies mostly inside the other, or when their eyes stand in the same place.
 * An answer below `sureScore` beside a better one that it touches is taken for a part of that face.
 */
export function keepOnePerFace(candidates: readonly FaceCandidate[], sureScore: number): FaceCandidate[] {
  const kept: FaceCandidate[] = [];
  for (const candidate of [...candidates].sort((a, b) => b.score - a.score)) {
    if (!kept.some((better) => isSameFace(better, candidate, sureScore))) kept.push(candidate);
  }
  return kept;
}

/** `better` scores at least as high as `other`. */
function isSameFace(better: FaceCandidate, other: FaceCandidate, sureScore: number): boolean {
  const shared = sharedArea(better.box, other.box);
  const [betterArea, otherArea] = [better, other].map(({ box }) => box.width * box.height) as [
    number,
    number,
  ];
  // Two people cheek to cheek overlap by about a fifth; the same face seen at two zooms by more than a half.
  if (shared > 0.35 * (betterArea + otherArea - shared)) return true;
  // Nested: the larger holds much of the smaller, such as a mouth taken for a face, or a crowd taken for one.
  const nestedShare = other.score < sureScore ? 0.2 : 0.65;
  if (shared > nestedShare * Math.min(betterArea, otherArea)) return true;
  const eyeDistance = Math.min(eyeDistanceOf(better), eyeDistanceOf(other));
  return distance(betweenEyes(better), betweenEyes(other)) < 0.5 * eyeDistance;
}

function eyeDistanceOf({ landmarks }: FaceCandidate): number {
  return distance(landmarks[0], landmarks[1]);
}

function betweenEyes({ landmarks }: FaceCandidate): Point {
  return midpoint(landmarks[0], landmarks[1]);
}
