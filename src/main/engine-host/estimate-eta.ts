// How long a job still takes, from its own progress. Pure; used by whoever shows it.

/** A progress report and when it came, in milliseconds on any clock that only moves forward. */
export interface ProgressSample {
  readonly atMs: number;
  readonly fraction: number;
}

/** Before this much was done and seen, a guess would jump about. */
const shortestObservationMs = 1500;
const smallestProgress = 0.02;
/** Only the recent pace counts: decoding says nothing about faces. */
const windowMs = 30_000;

/**
 * Seconds left, or null while there is nothing to go by (too early, or no movement within the last half minute).
 * The pace since the start and the recent pace are averaged: the first is steady, the second follows a change of
 * step. `samples` in the order they came; `nowMs` is the time of the last one unless given; a fraction of 1 gives 0.
 */
export function estimateEta(samples: readonly ProgressSample[], nowMs?: number): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined) return null;
  if (last.fraction >= 1) return 0;
  const atMs = nowMs ?? last.atMs;
  const recentStart = samples.findLast((sample) => atMs - sample.atMs >= windowMs) ?? first;
  const overall = pacePerMs(first, last.fraction, atMs);
  const recent = pacePerMs(recentStart, last.fraction, atMs);
  if (overall === null || recent === null) return null;
  return (1 - last.fraction) / ((overall + recent) / 2) / 1000;
}

function pacePerMs(from: ProgressSample, fraction: number, nowMs: number): number | null {
  const progress = fraction - from.fraction;
  const elapsedMs = nowMs - from.atMs;
  if (elapsedMs < shortestObservationMs || progress < smallestProgress) return null;
  return progress / elapsedMs;
}
