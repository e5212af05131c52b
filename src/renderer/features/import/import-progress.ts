// How far the running import has come: one small store, because it outlives the page that started it.
import { useSyncExternalStore } from 'react';

export interface ImportProgressState {
  readonly done: number;
  /** Grows while folders are read. */
  readonly total: number;
}

let current: ImportProgressState | null = null;
let stopping = new AbortController();
const listeners = new Set<() => void>();

function set(next: ImportProgressState | null): void {
  current = next;
  for (const listener of listeners) listener();
}

/** Returns the signal that a person's "stop" fires. */
export function beginImport(total: number): AbortSignal {
  stopping = new AbortController();
  set({ done: 0, total });
  return stopping.signal;
}

export function reportImport(progress: ImportProgressState): void {
  if (current !== null) set(progress);
}

export function endImport(): void {
  set(null);
}

export function stopImport(): void {
  stopping.abort();
}

/** null while nothing is taken in. */
export function useImportProgress(): ImportProgressState | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
