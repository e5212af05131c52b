// One or two panes on the stage: side by side, or one above the other where there is no room beside. Pure.
import type { Size, StagePoint } from './view-transform.ts';

export interface Panes {
  /** Of each pane; whole CSS pixels, so that turned pictures stay sharp. */
  readonly size: Size;
  /** Top left corners on the stage. */
  readonly corners: readonly StagePoint[];
}

/** Between two panes, in CSS pixels. */
const gapPx = 2;
/** Narrower than this, two panes lie one above the other. */
const columnsFromPx = 640;

export function layPanes(stage: Size, count: 1 | 2): Panes {
  if (count === 1) return { size: stage, corners: [{ x: 0, y: 0 }] };
  if (stage.width >= columnsFromPx) {
    const width = Math.max(0, Math.floor((stage.width - gapPx) / 2));
    return {
      size: { width, height: stage.height },
      corners: [
        { x: 0, y: 0 },
        { x: stage.width - width, y: 0 },
      ],
    };
  }
  const height = Math.max(0, Math.floor((stage.height - gapPx) / 2));
  return {
    size: { width: stage.width, height },
    corners: [
      { x: 0, y: 0 },
      { x: 0, y: stage.height - height },
    ],
  };
}

/** A point of the stage as a point of the pane it lies in; the gap belongs to the pane before it. */
export function pointInPane(point: StagePoint, { corners }: Panes): StagePoint {
  const corner = corners.findLast(({ x, y }) => point.x >= x && point.y >= y) ?? { x: 0, y: 0 };
  return { x: point.x - corner.x, y: point.y - corner.y };
}
