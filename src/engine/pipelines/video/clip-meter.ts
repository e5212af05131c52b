// How far a clip is: frames, frames a second, time left. Runs in the engine process.
import type { ClipProgress } from '#shared/domain/clip.ts';
import type { JobContext } from '../job-context.ts';

/** Shares of the time, seen with the built-in models; joining is copying. */
const shares = { 'following-faces': 0.2, restoring: 0.78, joining: 0.02 } as const;
const begins = { 'following-faces': 0, restoring: 0.2, joining: 0.98 } as const;
const stepOf = {
  'following-faces': 'finding-faces',
  restoring: 'restoring-faces',
  joining: 'encoding',
} as const;

const windowMs = 5000;
const gapMs = 100;

export class ClipMeter {
  readonly #context: JobContext;
  #phase: ClipProgress['phase'] = 'following-faces';
  #total: number | null;
  #done = 0;
  /** Finished before this run: no measure of its pace. */
  #offset = 0;
  #marks: { atMs: number; done: number }[] = [];
  #lastSentMs = Number.NEGATIVE_INFINITY;
  #previewRevision = 0;
  #isHeld = false;

  constructor(context: JobContext, totalFrames: number | null) {
    this.#context = context;
    this.#total = totalFrames;
  }

  begin(phase: ClipProgress['phase'], totalFrames: number | null, alreadyDone = 0): void {
    this.#phase = phase;
    this.#total = totalFrames ?? this.#total;
    this.#done = alreadyDone;
    this.#offset = alreadyDone;
    this.#marks = [{ atMs: performance.now(), done: alreadyDone }];
    this.#send(true);
  }

  count(): void {
    this.#done += 1;
    const atMs = performance.now();
    this.#marks.push({ atMs, done: this.#done });
    while (this.#marks.length > 2 && (this.#marks[0]?.atMs ?? atMs) < atMs - windowMs) this.#marks.shift();
    this.#send(false);
  }

  /** Between two frames: waits while others go first. The time is no part of the pace. */
  async turn(): Promise<void> {
    for (let wait = this.#context.turn?.() ?? null; wait !== null; wait = this.#context.turn?.() ?? null) {
      this.#isHeld = true;
      this.#send(true);
      await wait;
    }
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#marks = [{ atMs: performance.now(), done: this.#done }];
    this.#send(true);
  }

  previewChanged(): void {
    this.#previewRevision += 1;
    this.#send(true);
  }

  #send(isNews: boolean): void {
    const nowMs = performance.now();
    if (!isNews && nowMs - this.#lastSentMs < gapMs) return;
    this.#lastSentMs = nowMs;
    const total = this.#total === null ? null : Math.max(this.#total, this.#done);
    const fraction = total === null || total === 0 ? 0 : this.#done / total;
    this.#context.progress(stepOf[this.#phase], begins[this.#phase] + shares[this.#phase] * fraction);
    const [first] = this.#marks;
    const seconds = first === undefined ? 0 : (nowMs - first.atMs) / 1000;
    const counted = this.#done - (first?.done ?? this.#offset);
    const framesPerSecond = seconds > 0.2 && counted > 0 ? counted / seconds : null;
    this.#context.clip?.({
      phase: this.#phase,
      doneFrames: this.#done,
      totalFrames: total,
      framesPerSecond,
      etaSeconds: framesPerSecond === null || total === null ? null : (total - this.#done) / framesPerSecond,
      previewRevision: this.#previewRevision,
      isHeld: this.#isHeld,
    });
  }
}
