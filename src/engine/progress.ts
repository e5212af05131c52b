// Turns a pipeline's many small reports into a stream fit for a screen. Runs in the engine process.
import type { Step } from '#shared/domain/job.ts';

export interface ProgressReporter {
  /** `fraction` of the whole job; what lies outside 0..1 or behind what was said already is moved inside. */
  report(step: Step, fraction: number): void;
  /** Says 1 once, whatever was said before. */
  finish(): void;
}

/** Ten a second is what an eye can follow. */
const shortestGapMs = 100;

/**
 * Never falls, at most ten a second, ends at 1. A new step is always said at once when the gap allows and never
 * lost: it is carried by the next report.
 */
export function createProgressReporter(
  send: (step: Step, fraction: number) => void,
  nowMs: () => number = () => performance.now(),
): ProgressReporter {
  let step: Step = 'waiting';
  let fraction = 0;
  let sentFraction = -1;
  let sentStep: Step | null = null;
  let sentAtMs = Number.NEGATIVE_INFINITY;

  function sendNow(): void {
    sentAtMs = nowMs();
    sentFraction = fraction;
    sentStep = step;
    send(step, fraction);
  }

  return {
    report(nextStep, nextFraction) {
      step = nextStep;
      if (nextFraction > fraction) fraction = Math.min(1, nextFraction);
      const isNews = fraction > sentFraction || step !== sentStep;
      // 1 belongs to finish(): a job is done when its file is written, not when its last step began.
      if (isNews && fraction < 1 && nowMs() - sentAtMs >= shortestGapMs) sendNow();
    },
    finish() {
      fraction = 1;
      sendNow();
    },
  };
}
