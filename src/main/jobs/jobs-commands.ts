// jobs.*: from the contract to the queue. Main process.
import type { SomeHandlers } from '../dispatch.ts';
import type { JobQueue } from './job-queue.ts';

export interface JobsCommandsOptions {
  /** Errors: project.none-open. */
  readonly jobs: () => JobQueue;
  /** Errors: project.none-open, project.read-only. */
  readonly writableJobs: () => JobQueue;
}

export function jobsCommands({ jobs, writableJobs }: JobsCommandsOptions): SomeHandlers {
  return {
    'jobs.list': () => jobs().list(),
    'jobs.cancel': ({ jobId }) => writableJobs().cancel(jobId),
    'jobs.move': ({ jobId, place }) => writableJobs().move(jobId, place),
    'jobs.is-paused': () => jobs().isPaused(),
    'jobs.set-paused': ({ paused }) => writableJobs().setPaused(paused),
    'jobs.retry': ({ jobId }) => writableJobs().retry(jobId),
  };
}
