// From the edited state of a photo to its recipe: the same state, with every model named by its digest.
// Pure, used by main. Which models are installed is for the caller to know.
import type { FacePaste } from './face-paste.ts';
import type { EditedPhoto } from './fold-edits.ts';
import type { ModelId } from './ids.ts';
import { type ModelIdentity, pipelineVersion, type Recipe } from './recipe.ts';

/** Every model the state names by id: these must be resolved before a recipe can be made. */
export function modelsNamedBy(photo: EditedPhoto): ModelId[] {
  const ids = new Set<ModelId>();
  const enabled = photo.faces.filter((edited) => edited.isEnabled);
  for (const { restorerId, paste } of enabled) {
    if (restorerId !== null) ids.add(restorerId);
    if (paste?.upscalerId) ids.add(paste.upscalerId);
  }
  if (photo.restorerId !== null && enabled.some((edited) => edited.restorerId === null))
    ids.add(photo.restorerId);
  if (photo.background.upscalerId !== null) ids.add(photo.background.upscalerId);
  return [...ids];
}

/** True when a face is to be restored by the best installed restorer. */
export function needsDefaultRestorer(photo: EditedPhoto): boolean {
  return photo.restorerId === null && photo.faces.some((face) => face.isEnabled && face.restorerId === null);
}

export function needsInpainter(photo: EditedPhoto): boolean {
  return photo.faces.some(({ isEnabled, painting }) => isEnabled && painting?.holes !== undefined);
}

export function needsColouriser(photo: EditedPhoto): boolean {
  return photo.faces.some(({ isEnabled, colouring }) => isEnabled && colouring !== undefined);
}

export interface RecipeModels {
  /** Identities of all of `modelsNamedBy`. */
  readonly named: ReadonlyMap<ModelId, ModelIdentity>;
  /** Best installed restorer; may be null when `needsDefaultRestorer` is false. */
  readonly defaultRestorer: ModelIdentity | null;
  /** Best installed ones; may be null where `needsInpainter` and `needsColouriser` are false. */
  readonly inpainter?: ModelIdentity | null;
  readonly colouriser?: ModelIdentity | null;
  /** Best installed face parser; null: square masks. */
  readonly parser: ModelIdentity | null;
}

/**
 * The recipe of a state. Faces that are switched off are left out. A photo without faces names no parser,
 * so that installing one does not make its result stale. Throws when `models` lacks one that is needed.
 */
export function recipeOf(photo: EditedPhoto, pageIndex: number, models: RecipeModels): Recipe {
  const identityOf = (id: ModelId | null): ModelIdentity => {
    const identity = id === null ? models.defaultRestorer : models.named.get(id);
    if (!identity) throw new Error(`recipe needs the model ${id ?? 'for faces'}, which was not resolved`);
    return plain(identity);
  };
  const faces = photo.faces
    .filter((edited) => edited.isEnabled)
    .map(({ face, fidelity, strength, restorerId, paste, painting, colouring }) => ({
      faceId: face.id,
      boxInPhoto: face.boxInPhoto,
      landmarksInPhoto: face.landmarksInPhoto,
      fidelity: fidelity ?? photo.fidelity,
      strength,
      restorer: identityOf(restorerId ?? photo.restorerId),
      ...(face.mosaicInPhoto === undefined ? {} : { mosaicInPhoto: face.mosaicInPhoto }),
      ...(paste === undefined ? {} : recipePaste(paste)),
      ...(painting?.mask === undefined ? {} : { maskStrokes: [...painting.mask] }),
      ...(painting?.holes === undefined
        ? {}
        : { holes: { strokes: [...painting.holes], inpainter: needed(models.inpainter, 'holes') } }),
      ...(colouring === undefined
        ? {}
        : { colouring: { strength: colouring, colouriser: needed(models.colouriser, 'colour') } }),
    }));
  function recipePaste({ mask, expandPx, featherPx, upscalerId, matchesColour }: FacePaste) {
    return {
      // Without a parser every mask is the same oval.
      ...(mask === 'face-and-hair' || models.parser === null ? {} : { mask }),
      ...(expandPx === 0 ? {} : { expandPx }),
      ...(featherPx === 0 ? {} : { featherPx }),
      ...(upscalerId === null ? {} : { faceUpscaler: identityOf(upscalerId) }),
      ...(matchesColour ? { matchesColour } : {}),
    };
  }
  const { upscalerId, strength } = photo.background;
  return {
    pipelineVersion,
    pageIndex,
    faces,
    parser: faces.length > 0 && models.parser !== null ? plain(models.parser) : null,
    background: { upscalerId, strength, upscaler: upscalerId === null ? null : identityOf(upscalerId) },
    scale: photo.scale,
    monochrome: photo.monochrome,
    // Without faces there is nothing to lay grain on.
    ...(photo.grain === undefined || faces.length === 0 ? {} : { grain: photo.grain }),
    ...(photo.keptStrokes === undefined ? {} : { keepOriginal: [...photo.keptStrokes] }),
  };
}

function needed(identity: ModelIdentity | null | undefined, purpose: string): ModelIdentity {
  if (!identity) throw new Error(`recipe needs a model for ${purpose}, which was not resolved`);
  return plain(identity);
}

/** Two members and no more: a path that slipped in would change the result's key from computer to computer. */
function plain({ modelId, sha256 }: ModelIdentity): ModelIdentity {
  return { modelId, sha256 };
}
