// The jobs of the open project, in order, finding faces before renders: one about a photo at a time, and one about a film
// beside it, for which the engine makes it wait. Main process.
// queued -> running -> done | failed | cancelled; each change is a row first and an event after. Where a row cannot be
// written (a full disk) that is said once, and tried again until it can: no job is forgotten, no job is done twice.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type ClipId,
  clipIdSchema,
  type JobId,
  jobIdSchema,
  type PhotoId,
  photoIdSchema,
} from '#shared/domain/ids.ts';
import { type ClipJobKind, clipJobKinds, type Job, type JobKind, jobKindSchema } from '#shared/domain/job.ts';
import { HeirloomError, JobCancelled, toWire } from '#shared/errors/heirloom-error.ts';
import type { Emit } from '../event-bus.ts';
import type { JobHandlers, JobOutcome } from './job-handler.ts';
import type { JobsStore, StoredJob } from './jobs-store.ts';
import { createProgressMeter, type ProgressMeter } from './progress-meter.ts';

/** A job the program died in goes back to the queue this often; after that it is the likely cause. */
const toleratedInterruptions = 1;
const keptFinishedJobs = 500;
const writeAgainAfterMs = 2000;

/** What a job of this kind is about. */
export type SubjectOf<K extends JobKind> = K extends ClipJobKind ? ClipId : PhotoId;

export interface JobQueue {
  /** Puts jobs of an earlier run back and begins. Not called for a read-only project. */
  start(): void;
  add<K extends JobKind>(kind: K, subjectId: SubjectOf<K>, input: unknown): Job;
  /** A job that needed no work, for the list. */
  addDone<K extends JobKind>(kind: K, subjectId: SubjectOf<K>, input: unknown, outcome: JobOutcome): Job;
  /** Queued or running jobs of a photo or clip. */
  unfinishedOf<K extends JobKind>(subjectId: SubjectOf<K>, kind: K): StoredJob[];
  list(): Job[];
  /** A running job ends when its work answers: its state follows as an event. Errors: job.not-found, job.not-cancellable. */
  cancel(id: JobId): Job;
  /** Failed and cancelled jobs go back to the queue; others are answered as they are. Errors: job.not-found. */
  retry(id: JobId): Job;
  /** A waiting job runs next, or after all others; any other is answered as it is. Errors: job.not-found. */
  move(id: JobId, place: 'first' | 'last'): Job;
  /** Paused, nothing new begins; what runs ends. Kept with the project. Answers with what is now. */
  setPaused(paused: boolean): boolean;
  isPaused(): boolean;
  hasUnfinished(): boolean;
  /** Stops the running job and puts it back to the queue for the next opening. */
  close(): Promise<void>;
}

export interface JobQueueOptions {
  readonly store: JobsStore;
  readonly handlers: JobHandlers;
  readonly emit: Emit;
  readonly now: () => Date;
  /** Monotonic, in milliseconds. */
  readonly nowMs: () => number;
  /** After the row of an ended job is written. */
  readonly onEnded: (job: Job) => void;
  /** What a failure means to a person, where it comes from the project's own files. */
  readonly explain?: (error: unknown) => unknown;
  /** Between two attempts to write a row. */
  readonly writeAgainAfterMs?: number;
}

/** Jobs of one lane run one after the other. A photo does not wait until a film has ended. */
const lanes: readonly (readonly JobKind[])[] = [
  jobKindSchema.options.filter((kind) => !isAboutClip(kind)),
  clipJobKinds,
];

function isAboutClip(kind: JobKind): kind is ClipJobKind {
  return clipJobKinds.some((clipKind) => clipKind === kind);
}

interface Running {
  readonly id: JobId;
  readonly lane: readonly JobKind[];
  readonly abort: AbortController;
  readonly meter: ProgressMeter;
  readonly ended: Promise<void>;
}

export function createJobQueue(options: JobQueueOptions): JobQueue {
  const { store, handlers, emit, now } = options;
  const running = new Map<JobId, Running>();
  let isStarted = false;
  let isClosing = false;
  const closing = new AbortController();
  const wireOf = (error: unknown) => toWire(options.explain?.(error) ?? error);

  function find(id: JobId): StoredJob {
    const stored = store.find(id);
    if (stored === null) throw new HeirloomError('job.not-found');
    return stored;
  }

  function save(stored: StoredJob): Job {
    store.save(stored);
    emit({ type: 'job.changed', job: stored.job });
    return stored.job;
  }

  function change(id: JobId, changed: Partial<Job>, interruptions?: number): Job {
    const stored = find(id);
    return save({
      job: { ...stored.job, ...changed },
      interruptions: interruptions ?? stored.interruptions,
      input: stored.input,
    });
  }

  function finish(id: JobId, changed: Partial<Job> & Pick<Job, 'state'>): Job {
    const job = change(id, { ...changed, finishedAt: now().toISOString() });
    options.onEnded(job);
    return job;
  }

  /** Writes; where that fails it says so and goes on trying until the queue closes: then the row is found as it was. */
  async function persist(write: () => void, problem: unknown): Promise<void> {
    emit({ type: 'failure.reported', error: wireOf(problem) });
    while (!isClosing) {
      const delayMs = options.writeAgainAfterMs ?? writeAgainAfterMs;
      await pause(delayMs, undefined, { signal: closing.signal }).catch(() => undefined);
      try {
        return write();
      } catch {
        // Still no room.
      }
    }
  }

  function pump(): void {
    for (const lane of lanes) {
      const isTaken = [...running.values()].some((job) => job.lane === lane);
      if (!isStarted || isClosing || isTaken || store.isPaused()) continue;
      const stored = store.firstQueued(lane);
      if (stored !== null) start(stored, lane);
    }
  }

  function start(stored: StoredJob, lane: readonly JobKind[]): void {
    const { id, attempts } = stored.job;
    const abort = new AbortController();
    const meter = createProgressMeter(
      id,
      (progress) => emit({ type: 'job.progressed', progress }),
      options.nowMs,
    );
    const begin = () =>
      change(id, { state: 'running', attempts: attempts + 1, step: 'waiting', fraction: 0 });
    const ended = run(stored, begin, abort.signal, meter).then(() => {
      running.delete(id);
      pump();
    });
    running.set(id, { id, lane, abort, meter, ended });
  }

  /** Never rejects: whatever happens ends up in the row. */
  async function run(
    stored: StoredJob,
    begin: () => void,
    signal: AbortSignal,
    meter: ProgressMeter,
  ): Promise<void> {
    const { id, kind } = stored.job;
    try {
      begin();
    } catch (error) {
      await persist(begin, error);
      if (isClosing) return;
    }
    // A later turn of the event loop: whoever added the job hears of it before its progress.
    await new Promise<void>((resolve) => setImmediate(resolve));
    let end: () => void;
    try {
      const outcome = await handlers[kind].run(stored.input, {
        jobId: id,
        signal,
        onProgress: (step, fraction) => meter.report(step, fraction),
      });
      meter.finish();
      end = () => finish(id, { state: 'done', fraction: 1, error: null, ...outcome });
    } catch (error) {
      const { fraction, step } = meter.current();
      end = () => {
        if (error instanceof JobCancelled && isClosing)
          change(id, { state: 'queued', step: null, fraction: 0 });
        else if (error instanceof JobCancelled) finish(id, { state: 'cancelled', fraction, step });
        else finish(id, { state: 'failed', fraction, step, error: wireOf(error) });
      };
    }
    try {
      end();
    } catch (error) {
      await persist(end, error);
    }
  }

  function newJob(kind: JobKind, subjectId: PhotoId | ClipId): Job {
    const isFilm = isAboutClip(kind);
    return {
      id: jobIdSchema.parse(randomUUID()),
      kind,
      photoId: isFilm ? null : photoIdSchema.parse(subjectId),
      clipId: isFilm ? clipIdSchema.parse(subjectId) : null,
      state: 'queued',
      attempts: 0,
      fraction: 0,
      step: null,
      error: null,
      createdAt: now().toISOString(),
      finishedAt: null,
      outputPath: null,
      resultId: null,
    };
  }

  return {
    start() {
      for (const { job, interruptions } of store.withState('running')) {
        if (interruptions < toleratedInterruptions)
          change(job.id, { state: 'queued', step: null, fraction: 0 }, interruptions + 1);
        else finish(job.id, { state: 'failed', error: toWire(new HeirloomError('engine.crashed')) });
      }
      store.prune(keptFinishedJobs);
      isStarted = true;
      pump();
    },
    add(kind, subjectId, input) {
      const job = save({ job: newJob(kind, subjectId), interruptions: 0, input });
      pump();
      return job;
    },
    addDone(kind, subjectId, input, outcome) {
      const finishedAt = now().toISOString();
      const job: Job = { ...newJob(kind, subjectId), state: 'done', fraction: 1, finishedAt, ...outcome };
      return save({ job, interruptions: 0, input });
    },
    unfinishedOf: (subjectId, kind) => store.unfinishedOf(subjectId, kind),
    list: () =>
      store.list().map((job) => {
        const meter = running.get(job.id)?.meter;
        if (meter === undefined || job.state !== 'running') return job;
        const { step, fraction } = meter.current();
        return { ...job, step, fraction };
      }),
    cancel(id) {
      const { job } = find(id);
      // It may be waiting for room to begin.
      const abort = running.get(id)?.abort;
      if (job.state === 'queued') abort?.abort();
      if (job.state === 'queued') return finish(id, { state: 'cancelled' });
      if (job.state !== 'running' || abort === undefined) throw new HeirloomError('job.not-cancellable');
      abort.abort();
      return job;
    },
    retry(id) {
      const { job } = find(id);
      if (job.state !== 'failed' && job.state !== 'cancelled') return job;
      const queued = change(
        id,
        { state: 'queued', error: null, finishedAt: null, fraction: 0, step: null },
        0,
      );
      pump();
      return queued;
    },
    move(id, place) {
      const { job } = find(id);
      if (job.state !== 'queued') return job;
      store.rank(id, place);
      return job;
    },
    setPaused(paused) {
      store.setPaused(paused);
      pump();
      return store.isPaused();
    },
    isPaused: () => store.isPaused(),
    // A paused queue keeps nobody waiting: it goes on when the project is opened again.
    hasUnfinished: () => running.size > 0 || (isStarted && !store.isPaused() && store.hasQueued()),
    async close() {
      isClosing = true;
      closing.abort();
      const last = [...running.values()];
      for (const { abort } of last) abort.abort();
      await Promise.all(last.map(({ ended }) => ended));
    },
  };
}
