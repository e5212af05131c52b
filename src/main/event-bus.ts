// Carries events from the services to the hosts. One listener that throws never keeps the others from hearing.
// Main process. Events announce what has been committed; nothing here steers control flow.
import type { HeirloomEvent } from '#shared/contract/events.ts';

export type Emit = (event: HeirloomEvent) => void;

export interface EventBus {
  readonly emit: Emit;
  /** Returns the unsubscribe function. */
  onEvent(listener: (event: HeirloomEvent) => void): () => void;
}

export function createEventBus(): EventBus {
  const listeners = new Set<(event: HeirloomEvent) => void>();
  return {
    emit(event) {
      for (const listener of [...listeners]) {
        try {
          listener(event);
        } catch (error) {
          console.error('An event listener failed', event.type, error);
        }
      }
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
