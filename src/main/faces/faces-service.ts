// Finding the faces of a photo and keeping them. Main process; detection is the engine's.
import { randomUUID } from 'node:crypto';
import type { EngineOutput } from '#shared/contract/engine.ts';
import type { Face } from '#shared/domain/face.ts';
import { faceIdSchema, type ModelId, type PhotoId } from '#shared/domain/ids.ts';
import type { Step } from '#shared/domain/job.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { EnginePort } from '../engine-host/engine-port.ts';
import type { Emit } from '../event-bus.ts';
import type { ModelsPort } from '../models/models-port.ts';
import type { PhotosService } from '../photos/photos-service.ts';
import type { PhotosStore } from '../photos/photos-store.ts';
import type { ProjectDocument } from '../projects/open-project-document.ts';
import type { FacesStore } from './faces-store.ts';
import { idsToKeep } from './keep-face-ids.ts';

export interface FaceWork {
  readonly signal: AbortSignal;
  readonly onProgress: (step: Step, fraction: number) => void;
}

export interface FacesService {
  /** Runs the best installed detector and saves what it found. No face is a normal result. Errors: model.not-installed, photo.*, engine's. */
  find(photoId: PhotoId, work: FaceWork, demosaic?: boolean): Promise<void>;
}

export interface FacesOptions {
  readonly document: ProjectDocument;
  readonly photos: PhotosService;
  readonly photosStore: PhotosStore;
  readonly store: FacesStore;
  readonly engine: EnginePort;
  readonly models: ModelsPort;
  readonly emit: Emit;
  readonly now: () => Date;
  /** Called inside the transaction that saves faces: what follows from them is written with them. */
  readonly onSaved: (photoId: PhotoId) => void;
}

export function createFacesService(options: FacesOptions): FacesService {
  const { document, photos, photosStore, store, engine, models, emit, now } = options;

  function facesOf(photoId: PhotoId, output: EngineOutput<'find-faces'>, detectorId: ModelId): Face[] {
    const kept = idsToKeep(output.faces, store.listOf(photoId));
    return output.faces.map((found, index) => ({
      ...found,
      id: kept[index] ?? faceIdSchema.parse(randomUUID()),
      photoId,
      source: 'detected',
      detectorId,
    }));
  }

  return {
    async find(photoId, work, demosaic = false) {
      const stored = photos.get(photoId);
      const detector = await models.bestFor('face-detection');
      if (detector === null) throw new HeirloomError('model.not-installed', { name: 'face-detection' });
      const landmarks = await models.bestFor('face-landmarks');
      const output = await engine.run(
        {
          kind: 'find-faces',
          path: photos.originalPathOf(stored),
          pageIndex: stored.photo.pageIndex,
          models: { detector, landmarks },
          ...(demosaic ? { demosaic } : {}),
        },
        { signal: work.signal, onProgress: work.onProgress, priority: 'interactive' },
      );
      document.database
        .transaction(() => {
          store.replaceAll(photoId, facesOf(photoId, output, detector.modelId));
          photosStore.setFacesFound(photoId, now().toISOString());
          photosStore.setFailed(photoId, false);
          options.onSaved(photoId);
        })
        .immediate();
      emit({ type: 'faces.changed', photoId });
      photos.announce(photoId);
    },
  };
}
