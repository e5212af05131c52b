// Finding faces again must not orphan the edits of the faces that are still there: a face that overlaps
// an earlier one keeps its id. Pure.
import type { Face, FoundFace } from '#shared/domain/face.ts';
import type { Box } from '#shared/domain/geometry.ts';
import type { FaceId } from '#shared/domain/ids.ts';

/** Intersection over union above which two boxes are the same face. Two neighbours in a group photo stay far below. */
const sameFaceOverlap = 0.4;

/** One id per found face, in order: that of the earlier face it overlaps most, or null for a new face. */
export function idsToKeep(found: readonly FoundFace[], earlier: readonly Face[]): (FaceId | null)[] {
  const pairs = found
    .flatMap((face, index) =>
      earlier.map((known) => ({
        index,
        id: known.id,
        overlap: overlapOf(face.boxInPhoto, known.boxInPhoto),
      })),
    )
    .filter((pair) => pair.overlap >= sameFaceOverlap)
    .toSorted((a, b) => b.overlap - a.overlap);
  const kept: (FaceId | null)[] = found.map(() => null);
  const taken = new Set<FaceId>();
  for (const { index, id } of pairs) {
    if (kept[index] !== null || taken.has(id)) continue;
    kept[index] = id;
    taken.add(id);
  }
  return kept;
}

/** Intersection over union, 0 to 1. */
function overlapOf(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}
