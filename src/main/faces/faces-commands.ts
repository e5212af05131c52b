// faces.*: from the contract to the services. Main process.
import type { EditedPhoto } from '#shared/domain/fold-edits.ts';
import type { PhotoId } from '#shared/domain/ids.ts';
import type { Job } from '#shared/domain/job.ts';
import type { SomeHandlers } from '../dispatch.ts';
import type { FaceKeyframesService } from './face-keyframes-service.ts';

export interface FacesCommandsOptions {
  /** Errors: project.none-open. */
  readonly faceKeyframes: () => FaceKeyframesService;
  /** Errors: project.none-open, photo.not-found. */
  readonly editedPhoto: (photoId: PhotoId) => EditedPhoto;
  /** Errors: also project.read-only. */
  readonly queueFindFaces: (photoId: PhotoId, demosaic: boolean) => Job;
}

export function facesCommands(options: FacesCommandsOptions): SomeHandlers {
  const { editedPhoto, queueFindFaces, faceKeyframes } = options;
  return {
    /** As edited: with the faces marked by hand, without those removed; switched-off ones stay. */
    'faces.list': ({ photoId }) => editedPhoto(photoId).faces.map(({ face }) => face),
    'faces.find': ({ photoId, demosaic = false }) => queueFindFaces(photoId, demosaic),
    'faces.keyframes': ({ photoId, faceId, fidelities }) =>
      faceKeyframes().keyframes(photoId, faceId, fidelities),
  };
}
