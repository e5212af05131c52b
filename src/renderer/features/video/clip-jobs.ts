// Finding jobs of clips in the list. Pure.
import type { ClipId } from '#shared/domain/ids.ts';
import type { Job, JobKind } from '#shared/domain/job.ts';
import { isActive } from '../jobs/job-lookup.ts';

/** The job of this kind that waits or runs for the clip, the newest first. */
export function activeClipJob(
  jobs: readonly Job[] | undefined,
  clipId: ClipId,
  kind: JobKind,
): Job | undefined {
  return jobs?.findLast((job) => job.clipId === clipId && job.kind === kind && isActive(job));
}

/** How the newest job of this kind ended; undefined while one goes on or when there was none. */
export function lastClipJob(
  jobs: readonly Job[] | undefined,
  clipId: ClipId,
  kind: JobKind,
): Job | undefined {
  const newest = jobs
    ?.filter((job) => job.clipId === clipId && job.kind === kind)
    .toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))
    .at(-1);
  return newest === undefined || isActive(newest) ? undefined : newest;
}
