// The mask for pasting a face when no parser is installed: a soft oval over the template's face.
// The official script pastes the whole square then; a smooth square of wall beside a grainy one is what people see
// as a seam, and hair at the corners is cut where the square ends.
import { faceOvalAt } from '#shared/domain/face-oval.ts';
import type { Plane } from '../pixels/raster.ts';

let cached: Plane | null = null;

/** Mask of 512 by 512, 0..1. The same plane each time: do not write into it. */
export function faceOval(): Plane {
  cached ??= drawOval();
  return cached;
}

function drawOval(): Plane {
  const sidePx = 512;
  const data = new Float32Array(sidePx * sidePx);
  for (let y = 0; y < sidePx; y++) {
    for (let x = 0; x < sidePx; x++) data[y * sidePx + x] = faceOvalAt(x, y);
  }
  return { widthPx: sidePx, heightPx: sidePx, data };
}
