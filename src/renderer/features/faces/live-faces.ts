// Which faces are shown live, and at what fidelity, while a slider moves. A store outside React's state: sixty values a
// second must redraw two canvases and nothing else.
import type { FaceId } from '#shared/domain/ids.ts';

export interface LiveFaces {
  /** These faces may be shown soon: their pictures are made ready. */
  prepare(faceIds: readonly FaceId[]): void;
  show(faceIds: readonly FaceId[], fidelity: number): void;
  /** The slider was let go: what is shown stays until the exact picture is there. */
  settle(): void;
  hide(): void;
  /** Stable as long as nothing changes in it. */
  prepared(): readonly FaceId[];
  /** null: not shown. */
  fidelityOf(faceId: FaceId): number | null;
  isSettling(): boolean;
  subscribe(listener: () => void): () => void;
}

export function createLiveFaces(): LiveFaces {
  const listeners = new Set<() => void>();
  let prepared: readonly FaceId[] = [];
  let shown: ReadonlyMap<FaceId, number> = new Map();
  let isSettling = false;

  function change(next: { shown?: ReadonlyMap<FaceId, number>; isSettling: boolean }): void {
    shown = next.shown ?? shown;
    isSettling = next.isSettling;
    for (const listener of listeners) listener();
  }
  function prepare(faceIds: readonly FaceId[]): void {
    const added = faceIds.filter((id) => !prepared.includes(id));
    if (added.length === 0) return;
    prepared = [...prepared, ...added];
    for (const listener of listeners) listener();
  }

  return {
    prepare,
    show(faceIds, fidelity) {
      prepare(faceIds);
      change({ shown: new Map(faceIds.map((id) => [id, fidelity])), isSettling: false });
    },
    settle: () => change({ isSettling: shown.size > 0 }),
    hide: () => change({ shown: new Map(), isSettling: false }),
    prepared: () => prepared,
    fidelityOf: (faceId) => shown.get(faceId) ?? null,
    isSettling: () => isSettling,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
