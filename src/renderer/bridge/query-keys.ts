// Names of the cached answers. Events change or invalidate them by the same names.
import type { JobId, PhotoId } from '#shared/domain/ids.ts';

export const queryKeys = {
  app: ['app'],
  settings: ['settings'],
  project: ['project'],
  recentProjects: ['recent-projects'],
  photos: ['photos'],
  originalProblems: ['original-problems'],
  faces: (photoId: PhotoId) => ['faces', photoId],
  history: (photoId: PhotoId) => ['history', photoId],
  versions: (photoId: PhotoId) => ['versions', photoId],
  result: (photoId: PhotoId) => ['result', photoId],
  jobs: ['jobs'],
  jobsPaused: ['jobs-paused'],
  progress: (jobId: JobId) => ['progress', jobId],
  models: ['models'],
  modelsFolder: ['models-folder'],
  engine: ['engine'],
} as const;

/** First parts of the keys that belong to one photo. */
export const perPhotoKeys = ['faces', 'history', 'versions', 'result'] as const;
