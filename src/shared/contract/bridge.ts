// What the preload (or, in a browser, the page itself) puts at window.heirloom. The renderer's only door to main.
export interface Bridge {
  readonly host: 'electron' | 'browser';
  /** Sends a command; the answer is a Reply, parsed by the caller. */
  invoke(name: string, input: unknown): Promise<unknown>;
  /** Raw events, parsed by the caller. Returns the unsubscribe function. */
  subscribe(listener: (event: unknown) => void): () => void;
  /** `file` is a DOM File. Absolute path of a dropped or chosen file; null in a browser, where it must be uploaded instead. */
  pathOfFile(file: object): string | null;
}
