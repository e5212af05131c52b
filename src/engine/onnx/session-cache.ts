// Opened sessions within a memory budget: least recently used ones go first, one that is in use never.
// Runs in the engine process. Knows neither files nor onnxruntime.

export interface Releasable {
  release(): Promise<void>;
}

export interface SessionCache<S extends Releasable> {
  /**
   * Runs `use` with the session of `key`, opening it when it is not there. While `use` is pending the session
   * cannot be released. Two callers share one opening; a failed opening is forgotten, so that the next call tries again.
   */
  withSession<R>(request: OpenRequest<S>, use: (session: S) => Promise<R>): Promise<R>;
  /** Drops a session that turned out bad; released once nobody uses it. */
  discard(key: string): Promise<void>;
  /** Releases every session that is not in use. */
  releaseIdle(): Promise<void>;
  /** Keys with their estimated bytes, least recently used first. */
  contents(): { key: string; byteSize: number }[];
}

export interface OpenRequest<S> {
  readonly key: string;
  /** Estimated memory of the opened session, asked just before opening it. */
  estimateBytes(): Promise<number>;
  open(): Promise<S>;
}

interface Entry<S> {
  readonly key: string;
  /** 0 until it was estimated. */
  byteSize: number;
  readonly session: Promise<S>;
  users: number;
  isDiscarded: boolean;
}

/** `budgetBytes` bounds the sum of the estimates; a single larger session is still opened, alone. */
export function createSessionCache<S extends Releasable>(budgetBytes: number): SessionCache<S> {
  // A Map keeps insertion order: re-inserting on use makes it the order of last use.
  const entries = new Map<string, Entry<S>>();

  async function releaseEntry(entry: Entry<S>): Promise<void> {
    if (entries.get(entry.key) === entry) entries.delete(entry.key);
    const session = await entry.session.catch(() => null);
    await session?.release();
  }

  async function makeRoom(): Promise<void> {
    let total = 0;
    for (const entry of entries.values()) total += entry.byteSize;
    const leaving: Promise<void>[] = [];
    for (const entry of [...entries.values()]) {
      if (total <= budgetBytes) break;
      if (entry.users > 0) continue;
      total -= entry.byteSize;
      leaving.push(releaseEntry(entry));
    }
    await Promise.all(leaving);
  }

  async function openWithRoom(request: OpenRequest<S>, entry: { byteSize: number }): Promise<S> {
    entry.byteSize = await request.estimateBytes();
    await makeRoom();
    return request.open();
  }

  function acquire(request: OpenRequest<S>): Entry<S> {
    const { key } = request;
    let entry = entries.get(key);
    if (entry === undefined) {
      const state = { key, byteSize: 0, users: 0, isDiscarded: false };
      const opened: Entry<S> = Object.assign(state, { session: openWithRoom(request, state) });
      opened.session.catch(() => {
        if (entries.get(key) === opened) entries.delete(key);
      });
      entry = opened;
    } else {
      entries.delete(key);
    }
    entries.set(key, entry);
    entry.users += 1;
    return entry;
  }

  return {
    async withSession(request, use) {
      const entry = acquire(request);
      try {
        return await use(await entry.session);
      } finally {
        entry.users -= 1;
        if (entry.users === 0 && entry.isDiscarded) await releaseEntry(entry);
        else await makeRoom();
      }
    },
    async discard(key) {
      const entry = entries.get(key);
      if (entry === undefined) return;
      entries.delete(key);
      entry.isDiscarded = true;
      if (entry.users === 0) await releaseEntry(entry);
    },
    async releaseIdle() {
      await Promise.all([...entries.values()].filter(({ users }) => users === 0).map(releaseEntry));
    },
    contents: () => [...entries.values()].map(({ key, byteSize }) => ({ key, byteSize })),
  };
}
