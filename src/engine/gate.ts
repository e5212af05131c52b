// Where a long job waits between two frames while another one needs the networks. Runs in the engine process.

export interface Gate {
  hold(): void;
  resume(): void;
  /** Null while nothing holds; otherwise resolves with `resume`, or when the signal aborts. Never rejects. */
  turn(): Promise<void> | null;
}

export function createGate(signal: AbortSignal): Gate {
  let opened: PromiseWithResolvers<void> | null = null;
  return {
    hold() {
      opened ??= Promise.withResolvers<void>();
    },
    resume() {
      opened?.resolve();
      opened = null;
    },
    turn() {
      if (opened === null || signal.aborted) return null;
      const { promise } = opened;
      return new Promise((resolve) => {
        const go = (): void => {
          signal.removeEventListener('abort', go);
          resolve();
        };
        signal.addEventListener('abort', go);
        void promise.then(go);
      });
    },
  };
}
