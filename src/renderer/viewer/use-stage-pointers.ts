// Fingers and mouse on the stage: one moves the picture, two pinch it. A double click changes fit and 100 %.
import { type PointerEvent, useRef, useState } from 'react';
import type { Stage } from './use-stage.ts';
import type { StagePoint } from './view-transform.ts';

export interface StagePointers {
  readonly isDragging: boolean;
  readonly handlers: {
    onPointerDown(event: PointerEvent<HTMLElement>): void;
    onPointerMove(event: PointerEvent<HTMLElement>): void;
    onPointerUp(event: PointerEvent<HTMLElement>): void;
    onPointerCancel(event: PointerEvent<HTMLElement>): void;
    onPointerLeave(event: PointerEvent<HTMLElement>): void;
  };
}

/** A press that moves less is a click: it goes to what lies under it, a face mark for one. */
const dragFromPx = 4;

export function useStagePointers(stage: Stage): StagePointers {
  const pointers = useRef(new Map<number, StagePoint>());
  const [isDragging, setIsDragging] = useState(false);
  const pressedAt = useRef<StagePoint | null>(null);

  const placeOf = (event: PointerEvent<HTMLElement>): StagePoint => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const release = (event: PointerEvent<HTMLElement>): void => {
    pointers.current.delete(event.pointerId);
    if (pointers.current.size === 0) setIsDragging(false);
  };

  return {
    isDragging,
    handlers: {
      onPointerDown(event) {
        if (event.button !== 0) return;
        pointers.current.set(event.pointerId, placeOf(event));
        pressedAt.current = placeOf(event);
      },
      onPointerMove(event) {
        const before = pointers.current.get(event.pointerId);
        if (before === undefined) return;
        const now = placeOf(event);
        if (pressedAt.current !== null) {
          if (pointers.current.size === 1 && distance(now, pressedAt.current) < dragFromPx) return;
          pressedAt.current = null;
          setIsDragging(true);
        }
        // Captured from here on only: a captured pointer's click would no longer reach what lies under it.
        if (!event.currentTarget.hasPointerCapture(event.pointerId))
          event.currentTarget.setPointerCapture(event.pointerId);
        const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
        pointers.current.set(event.pointerId, now);
        if (other === undefined) {
          stage.pan(now.x - before.x, now.y - before.y);
        } else {
          const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
          stage.zoom(distance(now, other) / Math.max(1, distance(before, other)), middle);
          stage.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
        }
      },
      onPointerUp: release,
      onPointerCancel: release,
      // Not captured yet, its end would be missed outside.
      onPointerLeave(event) {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) release(event);
      },
    },
  };
}

function distance(a: StagePoint, b: StagePoint): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
