// Turns what the engine reports into what a person sees: never falls, at most ten a second, with the time left. Pure but for its clock.
import type { JobId } from '#shared/domain/ids.ts';
import type { Progress, Step } from '#shared/domain/job.ts';

/** Nine reports a second leave room for the last one, which is never held back. */
const reportEveryMs = 112;
/** Before this much is known, a guess of the time left would only jump about. */
const estimateFromFraction = 0.03;
const estimateFromMs = 1000;
/** Weight of the newest estimate of the total time. */
const smoothing = 0.3;

export interface ProgressMeter {
  report(step: Step, fraction: number): void;
  /** Reports 1, once, whatever was reported before. */
  finish(): void;
  /** The newest progress, also when it was too early to report. */
  current(): Progress;
}

/** `nowMs` is a monotonic clock in milliseconds. */
export function createProgressMeter(
  jobId: JobId,
  onProgress: (progress: Progress) => void,
  nowMs: () => number,
): ProgressMeter {
  const startedMs = nowMs();
  let reportedMs = Number.NEGATIVE_INFINITY;
  let totalMs: number | null = null;
  let isFinished = false;
  let progress: Progress = { jobId, step: 'waiting', fraction: 0, etaSeconds: null };

  function etaSeconds(fraction: number, elapsedMs: number): number | null {
    if (fraction < estimateFromFraction || elapsedMs < estimateFromMs) return null;
    const estimateMs = elapsedMs / fraction;
    totalMs = totalMs === null ? estimateMs : totalMs + smoothing * (estimateMs - totalMs);
    return Math.max(0, totalMs - elapsedMs) / 1000;
  }

  return {
    report(step, reportedFraction) {
      if (isFinished || Number.isNaN(reportedFraction)) return;
      const fraction = Math.min(1, Math.max(progress.fraction, reportedFraction));
      const time = nowMs();
      progress = { jobId, step, fraction, etaSeconds: etaSeconds(fraction, time - startedMs) };
      // 1 is for finish(): a person who sees it finds the result saved.
      if (fraction === 1 || time - reportedMs < reportEveryMs) return;
      reportedMs = time;
      onProgress(progress);
    },
    finish() {
      if (isFinished) return;
      isFinished = true;
      progress = { ...progress, fraction: 1, etaSeconds: 0 };
      onProgress(progress);
    },
    current: () => progress,
  };
}
