// Draws strokes into a canvas as they will come out, quickly: the engine's masks are the exact ones. Pure but for the canvas.
import type { BrushStroke } from '#shared/domain/brush.ts';
import type { StagePlace } from '../../viewer/turn.ts';

/** From photo pixels to stage units times `density`: turns, zoom and pan in one. */
export function photoToCanvas(place: StagePlace, density: number): DOMMatrix {
  const [ox, oy] = place.toStage([0, 0]);
  const [xx, xy] = place.toStage([1, 0]);
  const [yx, yy] = place.toStage([0, 1]);
  return new DOMMatrix([
    (xx - ox) * density,
    (xy - oy) * density,
    (yx - ox) * density,
    (yy - oy) * density,
    ox * density,
    oy * density,
  ]);
}

/** Opaque where painted, in the strokes' order. `scale`: canvas pixels per photo pixel. */
export function drawStrokes(
  context: CanvasRenderingContext2D,
  strokes: readonly BrushStroke[],
  transform: DOMMatrix,
  scale: number,
): void {
  for (const { points, radiusPx, hardness, mode } of strokes) {
    const [first, ...rest] = points;
    if (first === undefined) continue;
    context.save();
    context.setTransform(transform);
    context.globalCompositeOperation = mode === 'paint' ? 'source-over' : 'destination-out';
    context.lineCap = 'round';
    context.lineJoin = 'round';
    // A blurred line of less width falls off about as a soft brush does.
    const softPx = radiusPx * (1 - hardness);
    context.lineWidth = Math.max(1 / scale, 2 * radiusPx - softPx);
    if (softPx * scale > 1) context.filter = `blur(${(softPx * scale) / 2.6}px)`;
    context.strokeStyle = '#000000';
    context.beginPath();
    context.moveTo(first[0], first[1]);
    // A dab is a line to where it is: round caps make a disc of it.
    if (rest.length === 0) context.lineTo(first[0] + 0.001, first[1]);
    for (const [x, y] of rest) context.lineTo(x, y);
    context.stroke();
    context.restore();
  }
}
