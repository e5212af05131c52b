// Finding jobs in the list. Pure.
import type { PhotoId } from '#shared/domain/ids.ts';
import type { Job, JobKind } from '#shared/domain/job.ts';

export function isActive(job: Job): boolean {
  return job.state === 'queued' || job.state === 'running';
}

/** The job of this kind that waits or runs for the photo, the newest first. */
export function activeJob(
  jobs: readonly Job[] | undefined,
  photoId: PhotoId,
  kind: JobKind,
): Job | undefined {
  return jobs?.findLast((job) => job.photoId === photoId && job.kind === kind && isActive(job));
}

/** Running first, then waiting in the order they will run, then the others, the newest first. */
export function inReadingOrder(jobs: readonly Job[]): Job[] {
  const rank = { running: 0, queued: 1, failed: 2, done: 2, cancelled: 2 } as const;
  return jobs.toSorted(
    (a, b) =>
      rank[a.state] - rank[b.state] ||
      // Equal keeps the order of main's list, which is that of the queue.
      (a.state === 'queued' ? 0 : b.createdAt.localeCompare(a.createdAt) || a.id.localeCompare(b.id)),
  );
}
