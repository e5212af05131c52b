// A soft oval over the face of the 512 px template: where a face is laid back when no parser says it better.
// Used by the engine's paste-back, and by the window to show a face in place while a slider moves.

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

/** 0 to 1 for a pixel of an aligned face of 512 px: 1 inside, 0 outside, soft between. */
export function faceOvalAt(x: number, y: number): number {
  const distance =
    (Math.abs((x - centreX) / radiusX) ** fullness + Math.abs((y - centreY) / radiusY) ** fullness) **
    (1 / fullness);
  const position = Math.min(1, Math.max(0, (outerEdge - distance) / (outerEdge - innerEdge)));
  return position * position * (3 - 2 * position);
}
