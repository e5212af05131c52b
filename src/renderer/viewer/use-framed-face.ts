// Zoom to a face: which one is framed, and the next and the one before it.
import { useEffect, useEffectEvent, useState } from 'react';
import type { FaceId } from '#shared/domain/ids.ts';
import type { FaceMark } from './FaceMarks.tsx';

export interface FramedFace {
  /** The face framed last, as long as it is there. */
  readonly mark: FaceMark | null;
  show(mark: FaceMark): void;
  /** The chosen face, or the one framed last, or the first. */
  frame(): void;
  step(by: 1 | -1): void;
}

/** Somebody's wish to see a face; each wish is an object of its own, so that the same face can be wished for again. */
export interface FaceWish {
  readonly faceId: FaceId;
}

export function useFramedFace(
  marks: readonly FaceMark[],
  wish: FaceWish | null,
  chosenId: FaceId | null,
  zoomTo: (mark: FaceMark) => void,
): FramedFace {
  const [framedId, setFramedId] = useState<FaceId | null>(null);
  const indexOf = (id: FaceId | null): number => marks.findIndex(({ faceId }) => faceId === id);
  const show = (mark: FaceMark | undefined): void => {
    if (mark === undefined) return;
    setFramedId(mark.faceId);
    zoomTo(mark);
  };
  const grant = useEffectEvent((faceId: FaceId) => show(marks[indexOf(faceId)]));
  useEffect(() => {
    if (wish !== null) grant(wish.faceId);
  }, [wish]);

  const current = indexOf(framedId) >= 0 ? indexOf(framedId) : indexOf(chosenId);
  return {
    mark: marks[indexOf(framedId)] ?? null,
    show,
    frame: () => show(marks[Math.max(0, indexOf(chosenId) >= 0 ? indexOf(chosenId) : current)]),
    step(by) {
      // Before any face was looked at, "next" is the first and "previous" the last.
      const next = current < 0 ? (by > 0 ? 0 : -1) : current + by;
      show(marks[(next + marks.length) % Math.max(1, marks.length)]);
    },
  };
}
