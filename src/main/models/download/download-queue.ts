// Runs downloads two at a time, the rest in the order they were asked for. Knows nothing of what is downloaded.
import { JobCancelled } from '#shared/errors/heirloom-error.ts';

export interface DownloadQueue {
  /** Rejects with JobCancelled when cancelled, also while waiting. `onStart` marks the end of the waiting. */
  add(key: string, work: (signal: AbortSignal) => Promise<void>, onStart: () => void): Promise<void>;
  has(key: string): boolean;
  /** Running and waiting. */
  readonly size: number;
  cancel(key: string): void;
  cancelAll(): void;
  /** Resolves when nothing runs or waits. */
  idle(): Promise<void>;
}

interface Item {
  readonly controller: AbortController;
  readonly begin: () => void;
  isRunning: boolean;
}

export function createDownloadQueue(mostAtOnce: number): DownloadQueue {
  const items = new Map<string, Item>();
  const ended = new Set<Promise<unknown>>();

  const advance = (): void => {
    let running = [...items.values()].filter((item) => item.isRunning).length;
    for (const item of items.values()) {
      if (running >= mostAtOnce) return;
      if (item.isRunning) continue;
      item.isRunning = true;
      running++;
      item.begin();
    }
  };

  return {
    add(key, work, onStart) {
      const controller = new AbortController();
      const turn = new Promise<void>((begin, giveUp) => {
        controller.signal.addEventListener('abort', () => giveUp(new JobCancelled()), { once: true });
        items.set(key, { controller, begin, isRunning: false });
      });
      const run = async (): Promise<void> => {
        try {
          await turn;
          onStart();
          await work(controller.signal);
        } finally {
          items.delete(key);
          advance();
        }
      };
      const done = run();
      const settled = done.then(
        () => {},
        () => {},
      );
      ended.add(settled);
      void settled.then(() => ended.delete(settled));
      advance();
      return done;
    },
    has: (key) => items.has(key),
    get size() {
      return items.size;
    },
    cancel: (key) => items.get(key)?.controller.abort(),
    cancelAll() {
      for (const item of items.values()) item.controller.abort();
    },
    async idle() {
      while (ended.size > 0) await Promise.all(ended);
    },
  };
}
