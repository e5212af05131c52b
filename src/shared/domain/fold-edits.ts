// The state of a photo: its found faces with the edits up to the cursor applied, one after the other.
// Pure, used by main to render and by the window to show. Must not look anything up.
import type { BrushStroke } from './brush.ts';
import type { Background, Edit, HistoryStep, MonochromeMode } from './edit.ts';
import type { Face } from './face.ts';
import { isLeftAlone, type LeaveAlone } from './face-advice.ts';
import { type FacePainting, withoutLayer, withStroke } from './face-painting.ts';
import { type FacePaste, pasteWith } from './face-paste.ts';
import type { FaceId, ModelId } from './ids.ts';
import type { Photo } from './photo.ts';
import { type PrintSize, scaleForPrint } from './print-size.ts';
import { defaultFidelity, defaultScaleFor } from './recipe.ts';

/** A face as edited. null means: as the photo says. */
export interface EditedFace {
  readonly face: Face;
  readonly isEnabled: boolean;
  /** Own fidelity weight w, 0 to 1.3. */
  readonly fidelity: number | null;
  /** How much of the restored face is blended in, 0 to 1. */
  readonly strength: number;
  readonly restorerId: ModelId | null;
  /** How it is laid back; undefined: as every face is. */
  readonly paste?: FacePaste | undefined;
  /** What was painted on it; undefined: nothing. */
  readonly painting?: FacePainting | undefined;
  /** How strongly it is coloured, above 0 to 1; undefined: not at all. */
  readonly colouring?: number | undefined;
  /** Somebody said so; undefined: `isEnabled` follows from the face and the photo. */
  readonly ownEnabled?: boolean | undefined;
}

/** A photo as edited. null models mean: the best installed one. */
export interface EditedPhoto {
  readonly faces: readonly EditedFace[];
  readonly restorerId: ModelId | null;
  readonly fidelity: number;
  readonly background: Background;
  /** Output size over input size. */
  readonly scale: number;
  readonly monochrome: MonochromeMode;
  /** The size on paper the scale comes from; undefined: the scale was chosen itself. */
  readonly print?: PrintSize | undefined;
  /** Of the photo's grain on restored faces, above 0 to 1; undefined: none. */
  readonly grain?: number | undefined;
  /** Strokes over what stays as it was; absent where there are none. */
  readonly keptStrokes?: readonly BrushStroke[];
  /** Undefined: no face is left alone for how it looks. */
  readonly leaveAlone?: LeaveAlone | undefined;
}

/** Of the upright photo; decides the scale nobody has chosen. */
export type PhotoSize = Pick<Photo, 'widthPx' | 'heightPx'>;

/**
 * Applies the steps with `sequence <= cursor`, in their order, to the faces a detector found.
 * Edits of a face that is not there (any more) change nothing: finding faces again must not break a history.
 */
export function foldEdits(
  size: PhotoSize,
  faces: readonly Face[],
  steps: readonly HistoryStep[],
  cursor: number,
): EditedPhoto {
  const applied = steps.filter((step) => step.sequence <= cursor).toSorted((a, b) => a.sequence - b.sequence);
  return applied.reduce((photo, step) => applyStep(photo, step, size), untouched(size, faces));
}

/** The state before the first step and after each: one more than there are steps, for the price of one fold. */
export function foldEachEdit(
  size: PhotoSize,
  faces: readonly Face[],
  steps: readonly HistoryStep[],
): EditedPhoto[] {
  const states = [untouched(size, faces)];
  for (const step of steps) states.push(applyStep(states.at(-1) ?? untouched(size, faces), step, size));
  return states;
}

function untouched({ widthPx, heightPx }: PhotoSize, faces: readonly Face[]): EditedPhoto {
  return {
    faces: faces.map((face) => untouchedFace(face)),
    restorerId: null,
    fidelity: defaultFidelity,
    background: { upscalerId: null, strength: 1 },
    scale: defaultScaleFor(widthPx, heightPx),
    monochrome: 'auto',
  };
}

function untouchedFace(face: Face, leaveAlone?: LeaveAlone): EditedFace {
  return { face, isEnabled: isWanted(face, leaveAlone), fidelity: null, strength: 1, restorerId: null };
}

/** Whether a face is restored while nobody has said so of it. */
function isWanted(face: Face, leaveAlone: LeaveAlone | undefined): boolean {
  // A face that would be invented is restored only when somebody asks for it.
  if (face.mosaicInPhoto !== undefined) return false;
  return leaveAlone === undefined || !isLeftAlone(face, leaveAlone);
}

function applyStep(photo: EditedPhoto, step: HistoryStep, size: PhotoSize): EditedPhoto {
  const edit: Edit = step.edit;
  switch (edit.kind) {
    case 'face.set-enabled':
      return withFace(photo, edit.faceId, switched(edit.enabled));
    case 'face.set-fidelity':
      return withFace(photo, edit.faceId, { fidelity: edit.fidelity });
    case 'face.set-strength':
      return withFace(photo, edit.faceId, { strength: edit.strength });
    case 'face.set-model':
      return withFace(photo, edit.faceId, { restorerId: edit.modelId });
    case 'face.set-mask':
      return withPaste(photo, edit.faceId, { mask: edit.mask });
    case 'face.set-edge':
      return withPaste(photo, edit.faceId, { expandPx: edit.expandPx, featherPx: edit.featherPx });
    case 'face.set-upscaler':
      return withPaste(photo, edit.faceId, { upscalerId: edit.upscalerId });
    case 'face.set-colour-match':
      return withPaste(photo, edit.faceId, { matchesColour: edit.matchesColour });
    case 'face.paint':
      return withPainting(photo, edit.faceId, (painting) => withStroke(painting, edit.layer, edit.stroke));
    case 'face.clear-painting':
      return withPainting(photo, edit.faceId, (painting) => withoutLayer(painting, edit.layer));
    case 'face.set-colouring':
      return withFace(photo, edit.faceId, { colouring: edit.strength === 0 ? undefined : edit.strength });
    case 'face.reset':
      return {
        ...photo,
        faces: photo.faces.map((edited) =>
          edited.face.id === edit.faceId ? untouchedFace(edited.face, photo.leaveAlone) : edited,
        ),
      };
    case 'photo.set-all-faces': {
      const { fidelity, strength, restorerId } = edit.settings;
      const paste = pasteWith(undefined, edit.settings.paste);
      const faces = photo.faces.map((edited) => ({ ...edited, fidelity, strength, restorerId, paste }));
      return { ...photo, faces };
    }
    case 'photo.use-suggestions':
      return edit.faces.reduce(
        (state, { faceId, fidelity }) =>
          withFace(state, faceId, fidelity === null ? switched(false) : { ...switched(true), fidelity }),
        photo,
      );
    case 'photo.leave-alone': {
      const { smallerThanPx, lessDetailThanPx } = edit.faces;
      const leaveAlone = smallerThanPx === null && lessDetailThanPx === null ? undefined : edit.faces;
      const faces = photo.faces.map((edited) => ({
        ...edited,
        isEnabled: edited.ownEnabled ?? isWanted(edited.face, leaveAlone),
      }));
      return { ...photo, faces, leaveAlone };
    }
    case 'face.add': {
      const face: Face = {
        id: edit.faceId,
        photoId: step.photoId,
        boxInPhoto: edit.boxInPhoto,
        landmarksInPhoto: edit.landmarksInPhoto,
        score: 1,
        source: 'manual',
        detectorId: null,
      };
      return { ...photo, faces: [...withoutFace(photo, edit.faceId), untouchedFace(face)] };
    }
    case 'face.remove':
      return { ...photo, faces: withoutFace(photo, edit.faceId) };
    case 'photo.keep-original':
      return { ...photo, keptStrokes: [...(photo.keptStrokes ?? []), edit.stroke] };
    case 'photo.clear-kept': {
      const { keptStrokes: _dropped, ...others } = photo;
      return others;
    }
    case 'photo.set-restorer':
      return { ...photo, restorerId: edit.modelId };
    case 'photo.set-fidelity':
      return { ...photo, fidelity: edit.fidelity };
    case 'photo.set-background':
      return { ...photo, background: edit.background };
    case 'photo.set-scale':
      return { ...photo, scale: edit.scale, print: undefined };
    case 'photo.set-print-size':
      return { ...photo, scale: scaleForPrint(size, edit.print).scale, print: edit.print };
    case 'photo.set-grain':
      return { ...photo, grain: edit.strength === 0 ? undefined : edit.strength };
    case 'photo.set-monochrome':
      return { ...photo, monochrome: edit.mode };
  }
}

function withFace(photo: EditedPhoto, faceId: FaceId, change: Partial<EditedFace>): EditedPhoto {
  const faces = photo.faces.map((edited) => (edited.face.id === faceId ? { ...edited, ...change } : edited));
  return { ...photo, faces };
}

function withPaste(photo: EditedPhoto, faceId: FaceId, change: Partial<FacePaste>): EditedPhoto {
  const before = photo.faces.find(({ face }) => face.id === faceId)?.paste;
  return withFace(photo, faceId, { paste: pasteWith(before, change) });
}

function withPainting(
  photo: EditedPhoto,
  faceId: FaceId,
  change: (painting: FacePainting | undefined) => FacePainting | undefined,
): EditedPhoto {
  const before = photo.faces.find(({ face }) => face.id === faceId)?.painting;
  return withFace(photo, faceId, { painting: change(before) });
}

function switched(isEnabled: boolean): Pick<EditedFace, 'isEnabled' | 'ownEnabled'> {
  return { isEnabled, ownEnabled: isEnabled };
}

function withoutFace(photo: EditedPhoto, faceId: FaceId): EditedFace[] {
  return photo.faces.filter((edited) => edited.face.id !== faceId);
}
