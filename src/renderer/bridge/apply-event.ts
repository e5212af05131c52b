// What an event does to the cached answers. Pure with respect to the window: only the query cache changes.
import type { QueryClient } from '@tanstack/react-query';
import type { HeirloomEvent } from '#shared/contract/events.ts';
import type { Job } from '#shared/domain/job.ts';
import type { ModelStatus } from '#shared/domain/model.ts';
import type { Photo } from '#shared/domain/photo.ts';
import type { Clip } from '#shared/domain/project-clip.ts';
import { applyHistoryChange } from './apply-history-change.ts';
import { hasEditsUnderway } from './edits-kept.ts';
import { tell } from './news-while-asking.ts';
import { perClipKeys, perPhotoKeys, queryKeys } from './query-keys.ts';

export function applyEvent(cache: QueryClient, event: HeirloomEvent): void {
  switch (event.type) {
    case 'project.changed':
      applyProject(cache, event.project);
      return;
    case 'photos.listed-anew':
      invalidate(cache, queryKeys.photos);
      return;
    case 'photo.changed':
      tell<Photo[]>(cache, queryKeys.photos, (photos) => replaced(photos, event.photo, sameId));
      return;
    case 'faces.changed':
      invalidate(cache, queryKeys.faces(event.photoId));
      invalidate(cache, queryKeys.rendered(event.photoId));
      invalidate(cache, queryKeys.result(event.photoId));
      return;
    case 'history.changed':
      applyHistoryChange(cache, event.change);
      invalidate(cache, queryKeys.result(event.change.photoId));
      return;
    case 'job.changed':
      applyJob(cache, event.job);
      return;
    case 'job.progressed':
      cache.setQueryData(queryKeys.progress(event.progress.jobId), event.progress);
      return;
    case 'result.saved':
      invalidate(cache, queryKeys.result(event.result.photoId));
      invalidate(cache, queryKeys.versions(event.result.photoId));
      invalidate(cache, queryKeys.rendered(event.result.photoId));
      return;
    case 'clips.listed-anew':
      invalidate(cache, queryKeys.clips);
      return;
    case 'clip.changed':
      tell<Clip[]>(cache, queryKeys.clips, (clips) => replaced(clips, event.clip, sameId));
      return;
    case 'clip.history-changed':
      // With edits on their way the page is ahead of main, and the last answer is what it should show.
      if (!hasEditsUnderway(cache, event.history.clipId)) {
        tell(cache, queryKeys.clipHistory(event.history.clipId), () => event.history);
      }
      invalidate(cache, queryKeys.clipPlan(event.history.clipId));
      return;
    case 'clip.progressed':
      cache.setQueryData(queryKeys.clipProgress(event.clip.clipId), event.clip);
      return;
    case 'model.changed':
      applyModel(cache, event.status);
      return;
    case 'settings.changed':
      tell(cache, queryKeys.settings, () => event.settings);
      // Another ffmpeg can do other things.
      invalidate(cache, queryKeys.clipEncoders);
      return;
    case 'engine.changed':
      tell(cache, queryKeys.engine, () => event.status);
      return;
    case 'device.fell-back':
      invalidate(cache, queryKeys.engine);
      return;
    case 'events.missed':
      void cache.invalidateQueries();
      return;
    case 'import.progressed':
    case 'export.offered':
    case 'failure.reported':
    case 'menu.chosen':
    case 'paths.opened':
      return;
  }
}

function applyProject(cache: QueryClient, project: { id: string } | null): void {
  const before = cache.getQueryData<{ id: string } | null>(queryKeys.project);
  tell(cache, queryKeys.project, () => project);
  invalidate(cache, queryKeys.recentProjects);
  if (before?.id === project?.id) return;
  for (const key of [...perPhotoKeys, ...perClipKeys]) cache.removeQueries({ queryKey: [key] });
  // reset, not remove: mounted lists must not show the photos of the project before.
  void cache.resetQueries({ queryKey: queryKeys.photos });
  void cache.resetQueries({ queryKey: queryKeys.clips });
  invalidate(cache, queryKeys.jobs);
  invalidate(cache, queryKeys.jobsPaused);
}

function applyJob(cache: QueryClient, job: Job): void {
  tell<Job[]>(cache, queryKeys.jobs, (jobs) => {
    if (jobs === undefined) return jobs;
    return jobs.some(({ id }) => id === job.id) ? replaced(jobs, job, sameId) : [...jobs, job];
  });
  if (job.state !== 'done' || job.photoId === null) return;
  if (job.kind === 'restore-photo') invalidate(cache, queryKeys.result(job.photoId));
  if (job.kind === 'find-faces') {
    invalidate(cache, queryKeys.faces(job.photoId));
  }
}

function applyModel(cache: QueryClient, status: ModelStatus): void {
  const before = cache
    .getQueryData<ModelStatus[]>(queryKeys.models)
    ?.find(({ entry }) => entry.id === status.entry.id);
  tell<ModelStatus[]>(cache, queryKeys.models, (models) =>
    replaced(models, status, (a, b) => a.entry.id === b.entry.id),
  );
  if (before?.state === status.state) return;
  // What is installed decides the defaults of every photo and the room on the disk.
  invalidate(cache, queryKeys.modelsFolder);
  invalidate(cache, ['result']);
  invalidate(cache, ['clip-plan']);
}

function invalidate(cache: QueryClient, queryKey: readonly unknown[]): void {
  void cache.invalidateQueries({ queryKey });
}

const sameId = (a: { id: string }, b: { id: string }): boolean => a.id === b.id;

function replaced<T>(
  list: readonly T[] | undefined,
  item: T,
  isSame: (a: T, b: T) => boolean,
): T[] | undefined {
  return list?.map((existing) => (isSame(existing, item) ? item : existing));
}
