// One face at several fidelities, rendered once and kept beside the previews: what a slider blends between and a strip
// shows. Main process; the pictures are the engine's. A cache: deleting its files loses nothing.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { CommandOutput } from '#shared/contract/commands.ts';
import type { ModelFile } from '#shared/contract/model-file.ts';
import { facePictureAddress, facePictureVariant } from '#shared/contract/pictures.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import type { EditedFace, EditedPhoto } from '#shared/domain/fold-edits.ts';
import { type FaceId, type PhotoId, type Sha256, sha256Schema } from '#shared/domain/ids.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { EnginePort } from '../engine-host/engine-port.ts';
import { writeErrorOf } from '../file-system/file-errors.ts';
import type { ModelsPort } from '../models/models-port.ts';
import type { PhotosService } from '../photos/photos-service.ts';

/** Raise when the same face should look otherwise: old files are then left unused. */
const keyframeVersion = 1;

/** Faces beyond these say nothing new about whether a photo has real colour. */
const facesThatDecideColour = 8;

export type FaceKeyframes = CommandOutput<'faces.keyframes'>;

export interface FaceKeyframesService {
  /** Renders what is missing. Errors: photo.not-found, face.not-found, model.*, output.*, engine's. */
  keyframes(photoId: PhotoId, faceId: FaceId, fidelities: readonly number[]): Promise<FaceKeyframes>;
  /** The file of a picture rendered before. Errors: face.not-found. */
  pictureFile(key: Sha256, variant: string): { path: string; contentType: string };
}

export interface FaceKeyframesOptions {
  readonly photos: PhotosService;
  readonly editedPhoto: (photoId: PhotoId) => EditedPhoto;
  readonly engine: EnginePort;
  readonly models: ModelsPort;
  readonly previewsFolder: string;
}

export function createFaceKeyframesService(options: FaceKeyframesOptions): FaceKeyframesService {
  const { photos, editedPhoto, engine, models, previewsFolder } = options;
  /** The last rendering of each face: a second wish waits for it and then often finds everything there. */
  const underWay = new Map<Sha256, Promise<void>>();

  const pathOf = (key: Sha256, variant: string) =>
    path.join(previewsFolder, `face-${key}-${variant}-v${keyframeVersion}.jpg`);

  async function restorerOf(edited: EditedFace, photo: EditedPhoto): Promise<ModelFile> {
    const chosen = edited.restorerId ?? photo.restorerId;
    const file = chosen === null ? await models.bestFor('face-restoration') : await models.fileOf(chosen);
    if (file === null) throw new HeirloomError('model.not-installed', { name: 'face-restoration' });
    return file;
  }

  return {
    async keyframes(photoId, faceId, fidelities) {
      const stored = photos.get(photoId);
      const photo = editedPhoto(photoId);
      const edited = photo.faces.find(({ face }) => face.id === faceId);
      if (edited === undefined) throw new HeirloomError('face.not-found');
      const restorer = await restorerOf(edited, photo);
      const hasFidelity = restorer.contract.fidelityInput !== undefined;
      // A restorer with one look gives it at any fidelity: one picture is enough.
      const wanted = hasFidelity ? [...new Set(fidelities.map(inHundredths))].toSorted((a, b) => a - b) : [0];
      const { landmarksInPhoto, mosaicInPhoto } = edited.face;
      const monochrome = {
        mode: photo.monochrome,
        faces: photo.faces.slice(0, facesThatDecideColour).map(({ face }) => face.landmarksInPhoto),
      };
      const task = {
        pageIndex: stored.photo.pageIndex,
        landmarksInPhoto,
        monochrome,
        ...(mosaicInPhoto === undefined ? {} : { mosaicInPhoto }),
        ...(edited.paste?.matchesColour ? { matchesColour: true } : {}),
      };
      const key = keyOf({ ...task, original: stored.photo.sha256, restorer: restorer.sha256 });
      const pictures = wanted.map((fidelity) => ({
        fidelity,
        path: pathOf(key, facePictureVariant(fidelity)),
      }));
      const originalPath = pathOf(key, facePictureVariant(null));

      const render = async (): Promise<void> => {
        const missing = pictures.filter((picture) => !existsSync(picture.path));
        const isOriginalThere = existsSync(originalPath);
        if (missing.length === 0 && isOriginalThere) return;
        await mkdir(previewsFolder, { recursive: true }).catch((error: unknown) => {
          throw writeErrorOf(error, previewsFolder);
        });
        await engine.run(
          {
            kind: 'fidelity-keyframes',
            path: photos.originalPathOf(stored),
            ...task,
            restorer,
            keyframes: missing.length > 0 ? missing : pictures.slice(0, 1),
            originalPath: isOriginalThere ? null : originalPath,
          },
          { priority: 'interactive' },
        );
      };
      const before = underWay.get(key) ?? Promise.resolve();
      // What failed for another wish may work for this one.
      const rendering = before.catch(() => undefined).then(render);
      underWay.set(key, rendering);
      try {
        await rendering;
      } finally {
        if (underWay.get(key) === rendering) underWay.delete(key);
      }
      return {
        hasFidelity,
        originalAddress: facePictureAddress(key, null),
        keyframes: wanted.map((fidelity) => ({ fidelity, address: facePictureAddress(key, fidelity) })),
      };
    },
    pictureFile(key, variant) {
      const file = pathOf(key, variant);
      if (!existsSync(file)) throw new HeirloomError('face.not-found');
      return { path: file, contentType: 'image/jpeg' };
    },
  };
}

/** Two faces with the same key have the same pictures. */
function keyOf(facts: object): Sha256 {
  return sha256Schema.parse(createHash('sha256').update(canonicalJson(facts)).digest('hex'));
}

function inHundredths(fidelity: number): number {
  return Math.round(fidelity * 100) / 100;
}
