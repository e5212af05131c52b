// The parsing mask of a pasted face, grown or softened on request. Runs in the engine process; pure.
import { gaussianBlur } from '../../pixels/gaussian-blur.ts';
import type { Plane } from '../../pixels/raster.ts';
import { dilateBySquare, erodeBySquare } from '../../pixels/square-erosion.ts';

/** Distances in mask pixels; a negative `expandPx` shrinks. The result stays 0..1. */
export function shapeParsingMask(mask: Plane, expandPx: number, featherPx: number): Plane {
  const side = 2 * Math.round(Math.abs(expandPx)) + 1;
  const moved = expandPx >= 0 ? dilateBySquare(mask, side) : erodeBySquare(mask, side);
  const radius = Math.round(featherPx);
  return radius > 0 ? gaussianBlur(moved, 2 * radius + 1) : moved;
}
