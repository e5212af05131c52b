// One short text for an edited state, so that SQL can tell whether a result shows what a photo is now. Main process.
import { createHash } from 'node:crypto';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { type EditedPhoto, foldEdits, type PhotoSize } from '#shared/domain/fold-edits.ts';

/** SHA-256 over what can change pixels: detector scores and names do not count. */
export function stateKeyOf(photo: EditedPhoto): string {
  const faces = photo.faces
    .filter((edited) => edited.isEnabled)
    .map(({ face, fidelity, strength, restorerId, paste, painting, colouring }) => ({
      id: face.id,
      boxInPhoto: face.boxInPhoto,
      landmarksInPhoto: face.landmarksInPhoto,
      fidelity: fidelity ?? photo.fidelity,
      strength,
      restorerId: restorerId ?? photo.restorerId,
      ...(paste === undefined ? {} : { paste }),
      ...(painting === undefined ? {} : { painting }),
      ...(colouring === undefined ? {} : { colouring }),
    }));
  const { background, scale, monochrome, keptStrokes, grain } = photo;
  const kept = {
    ...(keptStrokes === undefined ? {} : { keptStrokes }),
    ...(grain === undefined ? {} : { grain }),
  };
  return createHash('sha256')
    .update(canonicalJson({ faces, background, scale, monochrome, ...kept }))
    .digest('hex');
}

/** Of a photo as it comes in: no faces, no edits. */
export function untouchedStateKey(size: PhotoSize): string {
  return stateKeyOf(foldEdits(size, [], [], 0));
}
