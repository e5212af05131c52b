// Whether the end of work deserves a notification of the system. Pure.
import type { Job } from '#shared/domain/job.ts';

/** Shorter work ends before anybody looks away. */
export const longWorkMs = 10_000;

export interface EndOfWork {
  readonly job: Job;
  /** Queued or running jobs besides. */
  readonly othersLeft: number;
  /** When the first job since the last notification, or since the queue was empty, was asked for. */
  readonly workBegan: string;
  readonly isWindowSeen: boolean;
}

/** One notification for all that was waiting, when the last of it ends; never for what somebody cancelled or watches. */
export function deservesNotification({ job, othersLeft, workBegan, isWindowSeen }: EndOfWork): boolean {
  if (isWindowSeen || othersLeft > 0 || job.finishedAt === null) return false;
  if (job.state !== 'done' && job.state !== 'failed') return false;
  return Date.parse(job.finishedAt) - Date.parse(workBegan) >= longWorkMs;
}
