// Named versions of a photo: kept, opened, forgotten. Opening one never loses another way the photo was edited. Main process.
import { randomUUID } from 'node:crypto';
import type { HistoryStep } from '#shared/domain/edit.ts';
import { foldEdits } from '#shared/domain/fold-edits.ts';
import type { HistoryChange } from '#shared/domain/history-change.ts';
import { type PhotoId, type VersionId, versionIdSchema } from '#shared/domain/ids.ts';
import type { HistoryVersion } from '#shared/domain/version.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { FacesStore } from '../faces/faces-store.ts';
import type { PhotosService } from '../photos/photos-service.ts';
import type { ProjectDocument } from '../projects/open-project-document.ts';
import type { EditsService } from './edits-service.ts';
import { stateKeyOf } from './state-key.ts';
import type { VersionsStore } from './versions-store.ts';

export interface VersionsService {
  /** Errors: photo.not-found. */
  list(photoId: PhotoId): HistoryVersion[];
  /** Names the current position. Errors: photo.not-found. */
  save(photoId: PhotoId, name: string): HistoryVersion[];
  /**
   * Goes to a version. Where its steps have left the history, they come back in place of those that are there, which
   * are kept under the name `keepAs` first unless another version holds them. Errors: version.not-found.
   */
  open(photoId: PhotoId, id: VersionId, keepAs: string): HistoryChange;
  /** The steps of each version, oldest version first. */
  stepsOf(photoId: PhotoId): readonly { readonly id: VersionId; readonly steps: readonly HistoryStep[] }[];
  /** The name only: the history stays. */
  remove(photoId: PhotoId, id: VersionId): HistoryVersion[];
}

export interface VersionsOptions {
  readonly document: ProjectDocument;
  readonly photos: PhotosService;
  readonly facesStore: FacesStore;
  readonly edits: EditsService;
  readonly store: VersionsStore;
  readonly now: () => Date;
}

export function createVersionsService(options: VersionsOptions): VersionsService {
  const { document, photos, facesStore, edits, store, now } = options;

  function list(photoId: PhotoId): HistoryVersion[] {
    photos.get(photoId);
    return store.listOf(photoId).map(({ version }) => version);
  }

  function keep(photoId: PhotoId, name: string, steps: readonly HistoryStep[]): void {
    const { photo } = photos.get(photoId);
    const stateKey = stateKeyOf(foldEdits(photo, facesStore.listOf(photoId), steps, steps.length));
    const id = versionIdSchema.parse(randomUUID());
    store.add({ id, photoId, name, steps, stateKey, madeAt: now().toISOString() });
  }

  return {
    list,
    save(photoId, name) {
      const { steps, cursor } = edits.history(photoId);
      keep(photoId, name, steps.slice(0, cursor));
      return list(photoId);
    },
    open(photoId, id, keepAs) {
      const { steps } = edits.history(photoId);
      const stored = store.listOf(photoId);
      const wanted = stored.find(({ version }) => version.id === id);
      if (wanted === undefined) throw new HeirloomError('version.not-found');
      if (startsWith(steps, wanted.steps)) return edits.jump(photoId, wanted.steps.length);
      return document.database
        .transaction(() => {
          if (!stored.some((each) => startsWith(each.steps, steps))) keep(photoId, keepAs, steps);
          return edits.replace(photoId, wanted.steps);
        })
        .immediate();
    },
    stepsOf: (photoId) => store.listOf(photoId).map(({ version, steps }) => ({ id: version.id, steps })),
    remove(photoId, id) {
      store.remove(photoId, id);
      return list(photoId);
    },
  };
}

function startsWith(steps: readonly HistoryStep[], beginning: readonly HistoryStep[]): boolean {
  return beginning.every((step, index) => steps[index]?.id === step.id);
}
