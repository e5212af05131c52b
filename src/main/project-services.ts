// Everything that lives as long as a project is open, wired in the order of the nouns. Main process.
// What flows back (faces found -> state of the photo, job failed -> photo failed) is a callback given here.
import path from 'node:path';
import { z } from 'zod';
import { type PhotoId, photoIdSchema } from '#shared/domain/ids.ts';
import type { Job } from '#shared/domain/job.ts';
import { toWire } from '#shared/errors/heirloom-error.ts';
import { type BatchesService, createBatchesService } from './batches/batches-service.ts';
import { createPlannedRestoresStore } from './batches/planned-restores-store.ts';
import { clipExportSchema, createClipExports } from './clips/clip-exports.ts';
import { createClipFilms } from './clips/clip-films.ts';
import { clipRunSchema, createClipRuns } from './clips/clip-runs.ts';
import type { ClipServices } from './clips/clips-commands.ts';
import { createClipsService } from './clips/clips-service.ts';
import { createClipsStore } from './clips/clips-store.ts';
import { documentErrorOf } from './db/document-errors.ts';
import { createEditsService, type EditsService } from './edits/edits-service.ts';
import { createEditsStore } from './edits/edits-store.ts';
import { untouchedStateKey } from './edits/state-key.ts';
import { createVersionsService, type VersionsService } from './edits/versions-service.ts';
import { createVersionsStore } from './edits/versions-store.ts';
import type { EnginePort } from './engine-host/engine-port.ts';
import type { Emit } from './event-bus.ts';
import { createExportsService, type ExportsService, exportInputSchema } from './exports/exports-service.ts';
import { createFaceKeyframesService, type FaceKeyframesService } from './faces/face-keyframes-service.ts';
import { createFacesService } from './faces/faces-service.ts';
import { createFacesStore } from './faces/faces-store.ts';
import { jobHandler } from './jobs/job-handler.ts';
import { createJobQueue, type JobQueue } from './jobs/job-queue.ts';
import { createJobsStore } from './jobs/jobs-store.ts';
import type { ModelsPort } from './models/models-port.ts';
import type { CopyFile } from './photos/keep-original.ts';
import { createPhotosService, type PhotosService } from './photos/photos-service.ts';
import { createPhotosStore } from './photos/photos-store.ts';
import { createPreviewsService, type PreviewsService } from './previews/previews-service.ts';
import type { ProjectDocument } from './projects/open-project-document.ts';
import type { ProjectServices } from './projects/projects-service.ts';
import { createResultsService, type ResultsService, renderSchema } from './results/results-service.ts';
import { createResultsStore } from './results/results-store.ts';

export interface StudioProject extends ProjectServices {
  readonly photos: PhotosService;
  readonly edits: EditsService;
  readonly versions: VersionsService;
  readonly results: ResultsService;
  readonly exports: ExportsService;
  readonly batches: BatchesService;
  readonly jobs: JobQueue;
  readonly previews: PreviewsService;
  readonly faceKeyframes: FaceKeyframesService;
  readonly clips: ClipServices;
  /** The job that is looking already, or a new one. Errors: photo.not-found. */
  queueFindFaces(photoId: PhotoId, demosaic?: boolean): Job;
}

/** What a project's services need from the studio around them. */
export interface ProjectSurroundings {
  readonly engine: EnginePort;
  readonly models: ModelsPort;
  readonly emit: Emit;
  readonly now: () => Date;
  /** Monotonic, in milliseconds. */
  readonly nowMs: () => number;
  readonly stagingFolder: string;
  readonly offerDownload: ((file: { path: string; fileName: string }) => string) | null;
  readonly software: string;
  /** From the settings: where ffmpeg is, or null to look for it. */
  readonly ffmpegPath: () => string | null;
  /** The project's own facts changed. */
  readonly onListChanged: () => void;
  /** Replaced in tests to fail like a full disk. */
  readonly copyFile?: CopyFile;
}

// Jobs queued by earlier versions carry no wish about pixelated faces.
const findFacesInputSchema = z.object({ photoId: photoIdSchema, demosaic: z.boolean().default(false) });

export function assembleProject(document: ProjectDocument, surroundings: ProjectSurroundings): StudioProject {
  const { database } = document;
  const { engine, models, emit, now, nowMs, stagingFolder } = surroundings;
  const photosStore = createPhotosStore(database);
  const facesStore = createFacesStore(database);

  const photos = createPhotosService({ ...surroundings, document, store: photosStore, untouchedStateKey });
  const edits = createEditsService({
    document,
    photos,
    photosStore,
    facesStore,
    store: createEditsStore(database),
    isKnownModel: (modelId) => models.list().some(({ entry }) => entry.id === modelId),
    emit,
    now,
  });
  const versions = createVersionsService({
    document,
    photos,
    facesStore,
    edits,
    store: createVersionsStore(database),
    now,
  });
  const faces = createFacesService({
    document,
    photos,
    photosStore,
    store: facesStore,
    engine,
    models,
    emit,
    now,
    onSaved: edits.refreshState,
  });
  const results = createResultsService({
    document,
    photos,
    photosStore,
    edits,
    versions,
    store: createResultsStore(database),
    jobs: () => jobs,
    engine,
    models,
    emit,
    now,
    nowMs,
  });
  const exports = createExportsService({
    ...surroundings,
    document,
    photos,
    results,
    jobs: () => jobs,
    downloadsFolder: path.join(stagingFolder, 'downloads'),
    originalSizes: () => new Set(photosStore.listOriginals().map(({ byteSize }) => byteSize)),
    isOriginal: (digest) => photosStore.findByContent(digest, 0) !== null,
  });
  const previewsFolder = document.isReadOnly ? path.join(stagingFolder, 'previews') : document.previewsFolder;
  const clipsStore = createClipsStore(database);
  const clips = createClipsService({
    ...surroundings,
    document,
    store: clipsStore,
    isKnownModel: (modelId) => models.list().some(({ entry }) => entry.id === modelId),
  });
  const clipRuns = createClipRuns({
    ...surroundings,
    document,
    clips,
    store: clipsStore,
    jobs: () => jobs,
    previewsFolder,
  });
  const clipFilms = createClipFilms({ ...surroundings, document, clips, runs: clipRuns, previewsFolder });
  const clipExports = createClipExports({
    ...surroundings,
    document,
    clips,
    store: clipsStore,
    jobs: () => jobs,
  });
  const jobs: JobQueue = createJobQueue({
    store: createJobsStore(database),
    handlers: {
      'find-faces': jobHandler(findFacesInputSchema, async ({ photoId, demosaic }, work) => {
        await faces.find(photoId, work, demosaic);
        return {};
      }),
      'restore-photo': jobHandler(renderSchema, async (render, work) => {
        const result = await results.make(render, work);
        return { resultId: result.id };
      }),
      'export-photo': jobHandler(exportInputSchema, (input, work) => exports.run(input, work)),
      'follow-clip-faces': jobHandler(clipRunSchema, (run, work) => clipRuns.follow(run, work)),
      'restore-clip': jobHandler(clipRunSchema, (run, work) => clipRuns.restore(run, work)),
      'export-clip': jobHandler(clipExportSchema, (input, work) => clipExports.run(input, work)),
    },
    emit,
    now,
    nowMs,
    explain: (error) => documentErrorOf(error, document.documentPath),
    onEnded(job) {
      batches.noteEnded(job);
      // A failed export says nothing about the photo or the clip.
      const isFailure = job.state === 'failed' && job.kind !== 'export-photo' && job.kind !== 'export-clip';
      if (job.photoId !== null && isFailure) {
        photosStore.setFailed(job.photoId, true);
        photos.announce(job.photoId);
      }
      if (job.clipId !== null) {
        if (isFailure) clipsStore.setFailed(job.clipId, true);
        // Also when it was stopped: there may be more finished parts than before.
        clips.announce(job.clipId);
      }
    },
  });
  function queueFindFaces(photoId: PhotoId, demosaic = false): Job {
    photos.get(photoId);
    const waiting = jobs.unfinishedOf(photoId, 'find-faces')[0];
    return waiting?.job ?? jobs.add('find-faces', photoId, { photoId, demosaic });
  }
  const batches = createBatchesService({
    store: createPlannedRestoresStore(database),
    photos,
    edits,
    results,
    queueFindFaces,
    onFailure: (error) => emit({ type: 'failure.reported', error: toWire(error) }),
  });
  const faceKeyframes = createFaceKeyframesService({
    photos,
    editedPhoto: edits.folded,
    engine,
    models,
    previewsFolder,
  });
  const previews = createPreviewsService({ photos, results, faces: faceKeyframes, engine, previewsFolder });

  return {
    photos,
    edits,
    versions,
    results,
    exports,
    jobs,
    previews,
    faceKeyframes,
    clips: { clips, runs: clipRuns, films: clipFilms, exports: clipExports },
    batches,
    queueFindFaces,
    start() {
      if (document.isReadOnly) return;
      jobs.start();
      batches.resume();
    },
    async close() {
      photos.close();
      clipFilms.close();
      clips.close();
      await jobs.close();
    },
  };
}
