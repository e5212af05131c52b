// A stroke of a brush over a photo: data like every edit, in pixels of the photo. Used by every process.
import { z } from 'zod';

/** Longer strokes are cut into several by the window: one edit stays small enough to be stored and sent. */
export const longestStrokePoints = 2000;

export const brushStrokeSchema = z.object({
  /** Middle of the brush, one after the other; one point is a dab. */
  points: z
    .array(z.tuple([z.number().min(-100_000).max(200_000), z.number().min(-100_000).max(200_000)]))
    .min(1)
    .max(longestStrokePoints),
  radiusPx: z.number().min(0.5).max(20_000),
  /** Share of the radius that is painted fully: 0 soft to the middle, 1 a hard edge. */
  hardness: z.number().min(0).max(1),
  mode: z.enum(['paint', 'erase']),
});
export type BrushStroke = z.infer<typeof brushStrokeSchema>;

/** Rounded to a tenth of a pixel and without points that lie on the way between their neighbours, within `tolerancePx`. */
export function simplifiedPoints(
  points: readonly (readonly [number, number])[],
  tolerancePx: number,
): [number, number][] {
  const rounded = points.map(([x, y]): [number, number] => [
    Math.round(x * 10) / 10,
    Math.round(y * 10) / 10,
  ]);
  const [first] = rounded;
  const last = rounded.at(-1);
  if (first === undefined || last === undefined) return [];
  if (rounded.length === 1) return [first];
  const kept = new Array<boolean>(rounded.length).fill(false);
  kept[0] = true;
  kept[rounded.length - 1] = true;
  // Ramer, Douglas, Peucker; a list instead of recursion, as a stroke may have thousands of points.
  const spans: [number, number][] = [[0, rounded.length - 1]];
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [from, to] = span;
    let [farthest, distance] = [from, 0];
    for (let at = from + 1; at < to; at += 1) {
      const away = distanceToSegment(rounded[at] ?? first, rounded[from] ?? first, rounded[to] ?? last);
      if (away > distance) [farthest, distance] = [at, away];
    }
    if (distance <= tolerancePx) continue;
    kept[farthest] = true;
    spans.push([from, farthest], [farthest, to]);
  }
  const simplified = rounded.filter((_, index) => kept[index]);
  const isDab = simplified.every(([x, y]) => x === first[0] && y === first[1]);
  return isDab ? [first] : simplified;
}

/** From a point to the nearest point of a segment. */
export function distanceToSegment(
  [x, y]: readonly [number, number],
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}
