// Progress and timings of one job. Each step has a share of the whole; inside a step progress runs from 0 to 1.
import type { Timings } from '#shared/contract/timings.ts';
import type { Step } from '#shared/domain/job.ts';
import { throwIfCancelled } from '#shared/errors/heirloom-error.ts';
import type { JobContext } from './job-context.ts';

export type StepShares = readonly (readonly [step: Step, share: number])[];

export class StepClock {
  readonly #context: JobContext;
  readonly #starts = new Map<Step, { start: number; share: number }>();
  readonly #elapsedMs = new Map<Step, number>();

  /** @param shares in the order the steps run; they need not sum to one. */
  constructor(context: JobContext, shares: StepShares) {
    this.#context = context;
    const total = shares.reduce((sum, [, share]) => sum + share, 0);
    let start = 0;
    for (const [step, share] of shares) {
      this.#starts.set(step, { start, share: share / total });
      start += share / total;
    }
  }

  /** Says how far a step is, 0..1. Throws JobCancelled when the job was cancelled. */
  report(step: Step, fractionOfStep: number): void {
    throwIfCancelled(this.#context.signal);
    const { start, share } = this.#starts.get(step) ?? { start: 0, share: 0 };
    this.#context.progress(step, Math.min(1, start + share * fractionOfStep));
  }

  /** Runs a step and adds up the time it took. A step may run many times, as for each face. */
  async time<T>(step: Step, work: () => Promise<T> | T): Promise<T> {
    throwIfCancelled(this.#context.signal);
    const startedAt = performance.now();
    try {
      return await work();
    } finally {
      this.#elapsedMs.set(step, (this.#elapsedMs.get(step) ?? 0) + performance.now() - startedAt);
    }
  }

  timings(): Timings {
    return [...this.#elapsedMs].map(([step, elapsedMs]) => ({ step, elapsedMs }));
  }
}
