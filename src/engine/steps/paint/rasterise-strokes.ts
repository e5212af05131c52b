// Strokes of a brush as a mask, only where they are. Engine process, pure.
import { type BrushStroke, distanceToSegment } from '#shared/domain/brush.ts';

/** `data.length === widthPx * heightPx`, 0 not painted to 255 painted; it lies at (leftPx, topPx) of the canvas. */
export interface PaintedMask {
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Uint8Array;
}

/** Whatever the hardness, an edge is at least this soft: pixels are not stairs. */
const softEdgePx = 1;

/**
 * Strokes in photo pixels on a canvas `scale` times as large. In their order: paint takes the larger of what is there
 * and what comes, erase takes away; painting the same place twice is painting it once. Null: nothing is painted.
 */
export function rasteriseStrokes(
  strokes: readonly BrushStroke[],
  canvas: { readonly widthPx: number; readonly heightPx: number },
  scale: number,
): PaintedMask | null {
  const scaled = strokes.map((stroke) => onCanvas(stroke, scale));
  const area = unionOf(scaled.filter(({ mode }) => mode === 'paint').map((stroke) => areaOf(stroke, canvas)));
  if (area === null) return null;
  const { leftPx, topPx } = area;
  const [widthPx, heightPx] = [area.rightPx - leftPx, area.bottomPx - topPx];
  const data = new Uint8Array(widthPx * heightPx);
  for (const stroke of scaled) {
    const part = intersectionOf(areaOf(stroke, canvas), area);
    if (part === null) continue;
    const cover = coverOf(stroke, part);
    for (let y = part.topPx, from = 0; y < part.bottomPx; y += 1) {
      let at = (y - topPx) * widthPx + part.leftPx - leftPx;
      for (let x = part.leftPx; x < part.rightPx; x += 1, at += 1, from += 1) {
        const covered = cover[from] as number;
        if (covered === 0) continue;
        const before = data[at] as number;
        data[at] =
          stroke.mode === 'paint' ? Math.max(before, covered) : Math.round((before * (255 - covered)) / 255);
      }
    }
  }
  return { leftPx, topPx, widthPx, heightPx, data };
}

interface Area {
  readonly leftPx: number;
  readonly topPx: number;
  /** Behind the last. */
  readonly rightPx: number;
  readonly bottomPx: number;
}

/** Pixel centres: a photo's pixel x lies at (x + ½) · scale - ½ of the canvas. */
function onCanvas(stroke: BrushStroke, scale: number): BrushStroke {
  const place = (value: number) => (value + 0.5) * scale - 0.5;
  return {
    ...stroke,
    points: stroke.points.map(([x, y]) => [place(x), place(y)]),
    radiusPx: Math.max(stroke.radiusPx * scale, 0.5),
  };
}

function areaOf(
  { points, radiusPx }: BrushStroke,
  canvas: { readonly widthPx: number; readonly heightPx: number },
): Area | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  const reach = radiusPx + softEdgePx;
  const area = {
    leftPx: Math.max(0, Math.floor(left - reach)),
    topPx: Math.max(0, Math.floor(top - reach)),
    rightPx: Math.min(canvas.widthPx, Math.ceil(right + reach) + 1),
    bottomPx: Math.min(canvas.heightPx, Math.ceil(bottom + reach) + 1),
  };
  return area.rightPx > area.leftPx && area.bottomPx > area.topPx ? area : null;
}

function unionOf(areas: readonly (Area | null)[]): Area | null {
  return areas.reduce<Area | null>((union, area) => {
    if (area === null || union === null) return union ?? area;
    return {
      leftPx: Math.min(union.leftPx, area.leftPx),
      topPx: Math.min(union.topPx, area.topPx),
      rightPx: Math.max(union.rightPx, area.rightPx),
      bottomPx: Math.max(union.bottomPx, area.bottomPx),
    };
  }, null);
}

function intersectionOf(a: Area | null, b: Area): Area | null {
  if (a === null) return null;
  const area = {
    leftPx: Math.max(a.leftPx, b.leftPx),
    topPx: Math.max(a.topPx, b.topPx),
    rightPx: Math.min(a.rightPx, b.rightPx),
    bottomPx: Math.min(a.bottomPx, b.bottomPx),
  };
  return area.rightPx > area.leftPx && area.bottomPx > area.topPx ? area : null;
}

/** 0 to 255 for each pixel of `area`: by the distance to the stroke's line. */
function coverOf({ points, radiusPx, hardness }: BrushStroke, area: Area): Uint8Array {
  const widthPx = area.rightPx - area.leftPx;
  const cover = new Uint8Array(widthPx * (area.bottomPx - area.topPx));
  const outer = radiusPx + softEdgePx / 2;
  const inner = Math.max(0, Math.min(radiusPx * hardness, radiusPx - softEdgePx / 2));
  const [first] = points;
  if (first === undefined) return cover;
  const segments = points.length === 1 ? [[first, first] as const] : points.slice(1).map(pairWith(points));
  for (const [from, to] of segments) {
    const top = Math.max(area.topPx, Math.floor(Math.min(from[1], to[1]) - outer));
    const bottom = Math.min(area.bottomPx - 1, Math.ceil(Math.max(from[1], to[1]) + outer));
    const left = Math.max(area.leftPx, Math.floor(Math.min(from[0], to[0]) - outer));
    const right = Math.min(area.rightPx - 1, Math.ceil(Math.max(from[0], to[0]) + outer));
    for (let y = top; y <= bottom; y += 1) {
      let at = (y - area.topPx) * widthPx + left - area.leftPx;
      for (let x = left; x <= right; x += 1, at += 1) {
        if (cover[at] === 255) continue;
        const distance = distanceToSegment([x, y], from, to);
        if (distance >= outer) continue;
        const share = distance <= inner ? 1 : smoothStep((outer - distance) / (outer - inner));
        const value = Math.round(share * 255);
        if (value > (cover[at] as number)) cover[at] = value;
      }
    }
  }
  return cover;
}

type StrokePoint = BrushStroke['points'][number];

const pairWith =
  (points: readonly StrokePoint[]) =>
  (point: StrokePoint, index: number): readonly [StrokePoint, StrokePoint] => [points[index] ?? point, point];

const smoothStep = (t: number): number => t * t * (3 - 2 * t);
