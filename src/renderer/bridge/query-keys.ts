// Names of the cached answers. Events change or invalidate them by the same names.
import type { ClipId, JobId, PhotoId } from '#shared/domain/ids.ts';

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
  rendered: (photoId: PhotoId) => ['rendered', photoId],
  result: (photoId: PhotoId) => ['result', photoId],
  jobs: ['jobs'],
  jobsPaused: ['jobs-paused'],
  progress: (jobId: JobId) => ['progress', jobId],
  clips: ['clips'],
  clipHistory: (clipId: ClipId) => ['clip-history', clipId],
  clipPlan: (clipId: ClipId) => ['clip-plan', clipId],
  /** Of the run that goes on, or of the last one. */
  clipProgress: (clipId: ClipId) => ['clip-progress', clipId],
  clipEncoders: ['clip-encoders'],
  /** Renderings of faces: all of them go when previews do. */
  faceKeyframes: ['face-keyframes'],
  models: ['models'],
  modelsFolder: ['models-folder'],
  engine: ['engine'],
} as const;

/** First parts of the keys that belong to one photo. */
export const perPhotoKeys = ['faces', 'history', 'versions', 'rendered', 'result', 'face-keyframes'] as const;
/** The same of one clip. */
export const perClipKeys = ['clip-history', 'clip-plan', 'clip-progress'] as const;
