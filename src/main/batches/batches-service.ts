// One preset for many photos: the edits first, then a restore of each. Main process.
// A photo nobody has looked at for faces is restored once they are found; the plan survives a restart.
import type { CommandOutput } from '#shared/contract/commands.ts';
import type { Edit } from '#shared/domain/edit.ts';
import type { PhotoId } from '#shared/domain/ids.ts';
import type { Job } from '#shared/domain/job.ts';
import { toWire } from '#shared/errors/heirloom-error.ts';
import type { EditsService } from '../edits/edits-service.ts';
import type { PhotosService } from '../photos/photos-service.ts';
import type { ResultsService } from '../results/results-service.ts';
import type { PlannedRestoresStore } from './planned-restores-store.ts';

export type BatchReport = CommandOutput<'batches.start'>;

export interface BatchesService {
  /** An edit that changes nothing is left out of the history. One photo that cannot be restored never stops the rest. */
  start(photoIds: readonly PhotoId[], edits: readonly Edit[]): Promise<BatchReport>;
  /**
   * One photo. Where nobody has looked for faces yet that comes first, and the restore follows by itself. Answers with
   * the job that begins. Errors: as ResultsService.render.
   */
  render(photoId: PhotoId): Promise<Job>;
  /** Queues a planned restore when its faces are found; drops the plan when looking for them failed or was cancelled. */
  noteEnded(job: Job): void;
  /** Takes up what was planned when the program ended. */
  resume(): void;
}

export interface BatchesOptions {
  readonly store: PlannedRestoresStore;
  readonly photos: PhotosService;
  readonly edits: EditsService;
  readonly results: ResultsService;
  readonly queueFindFaces: (photoId: PhotoId) => Job;
  /** A planned restore that could not be queued. */
  readonly onFailure: (error: unknown) => void;
}

export function createBatchesService(options: BatchesOptions): BatchesService {
  const { store, photos, edits, results } = options;

  async function startOne(photoId: PhotoId, wanted: readonly Edit[]): Promise<'queued' | 'up-to-date'> {
    const { photo } = photos.get(photoId);
    for (const edit of wanted) if (changesSomething(photoId, edit)) edits.apply(photoId, edit);
    if (photo.facesFoundAt === null) {
      store.add(photoId);
      options.queueFindFaces(photoId);
      return 'queued';
    }
    return (await results.render(photoId)).state === 'done' ? 'up-to-date' : 'queued';
  }

  function changesSomething(photoId: PhotoId, edit: Edit): boolean {
    const state = edits.folded(photoId);
    switch (edit.kind) {
      case 'photo.set-fidelity':
        return state.fidelity !== edit.fidelity;
      case 'photo.set-restorer':
        return state.restorerId !== edit.modelId;
      case 'photo.set-scale':
        return state.scale !== edit.scale || state.print !== undefined;
      case 'photo.set-print-size':
        return JSON.stringify(state.print) !== JSON.stringify(edit.print);
      case 'photo.set-grain':
        return (state.grain ?? 0) !== edit.strength;
      case 'photo.set-monochrome':
        return state.monochrome !== edit.mode;
      case 'photo.leave-alone':
        return (
          (state.leaveAlone?.smallerThanPx ?? null) !== edit.faces.smallerThanPx ||
          (state.leaveAlone?.lessDetailThanPx ?? null) !== edit.faces.lessDetailThanPx
        );
      case 'photo.set-background':
        return (
          state.background.upscalerId !== edit.background.upscalerId ||
          state.background.strength !== edit.background.strength
        );
      default:
        return true;
    }
  }

  function renderPlanned(photoId: PhotoId): void {
    if (store.take(photoId)) results.render(photoId).catch(options.onFailure);
  }

  return {
    async start(photoIds, wanted) {
      const report: BatchReport = { queued: 0, upToDate: 0, failed: [] };
      for (const photoId of new Set(photoIds)) {
        try {
          if ((await startOne(photoId, wanted)) === 'queued') report.queued += 1;
          else report.upToDate += 1;
        } catch (error) {
          report.failed.push({ photoId, fileName: nameOf(photos, photoId), error: toWire(error) });
        }
      }
      return report;
    },
    async render(photoId) {
      if (photos.get(photoId).photo.facesFoundAt !== null) return results.render(photoId);
      store.add(photoId);
      return options.queueFindFaces(photoId);
    },
    noteEnded({ kind, state, photoId }) {
      if (kind !== 'find-faces' || photoId === null) return;
      if (state === 'done') renderPlanned(photoId);
      else store.take(photoId);
    },
    resume() {
      for (const photoId of store.list()) {
        try {
          if (photos.get(photoId).photo.facesFoundAt === null) options.queueFindFaces(photoId);
          else renderPlanned(photoId);
        } catch {
          // The photo was removed meanwhile; so is the plan.
          store.take(photoId);
        }
      }
    },
  };
}

/** Empty for a photo that is gone. */
function nameOf(photos: PhotosService, photoId: PhotoId): string {
  try {
    return photos.get(photoId).photo.fileName;
  } catch {
    return '';
  }
}
