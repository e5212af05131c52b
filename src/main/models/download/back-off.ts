// How long to wait before trying a download again. Pure.

export interface BackOff {
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

export const defaultBackOff: BackOff = { firstDelayMs: 1000, longestDelayMs: 30_000 };

/**
 * Doubles with each failure in a row, then takes a random half of it off, so that many computers that lost the same
 * server do not come back at the same moment. A server's own wish (Retry-After) is honoured up to the longest delay.
 */
export function delayBeforeRetryMs(
  failuresInARow: number,
  backOff: BackOff = defaultBackOff,
  askedByServerMs: number | null = null,
  random: () => number = Math.random,
): number {
  const doubled = Math.min(
    backOff.longestDelayMs,
    backOff.firstDelayMs * 2 ** Math.max(0, failuresInARow - 1),
  );
  const jittered = doubled * (0.5 + random() / 2);
  return Math.min(backOff.longestDelayMs, Math.max(jittered, askedByServerMs ?? 0));
}
