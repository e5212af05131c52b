// The mask for pasting a face when no parser is installed: a soft oval over the template's face.
// The official script pastes the whole square then; a smooth square of wall beside a grainy one is what people see
// as a seam, and hair at the corners is cut where the square ends.
import type { Plane } from '../pixels/raster.ts';

/** In the 512 px template: eyes at y 240, mouth at 371, so the hairline is near 95 and the chin near 475. */
const centreX = 256;
const centreY = 283;
const radiusX = 178;
const radiusY = 214;
/** Fully pasted inside, nothing outside, as multiples of the radius. */
const innerEdge = 0.78;
const outerEdge = 1.14;
/** Between an ellipse (2) and a rectangle: jaws and foreheads are fuller than an ellipse. */
const fullness = 2.5;

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
    for (let x = 0; x < sidePx; x++) {
      const distance =
        (Math.abs((x - centreX) / radiusX) ** fullness + Math.abs((y - centreY) / radiusY) ** fullness) **
        (1 / fullness);
      const position = Math.min(1, Math.max(0, (outerEdge - distance) / (outerEdge - innerEdge)));
      data[y * sidePx + x] = position * position * (3 - 2 * position);
    }
  }
  return { widthPx: sidePx, heightPx: sidePx, data };
}
