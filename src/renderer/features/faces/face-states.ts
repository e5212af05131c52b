// The faces of a photo as the panel and the marks show them: numbered, with their own values or the photo's. Pure.
import type { Face } from '#shared/domain/face.ts';
import type { EditedFace, EditedPhoto } from '#shared/domain/fold-edits.ts';

export interface FaceState {
  readonly face: Face;
  /** From 1. */
  readonly number: number;
  readonly isEnabled: boolean;
  readonly fidelity: number;
  readonly strength: number;
  readonly edited: EditedFace;
}

export function faceStates(edited: EditedPhoto): readonly FaceState[] {
  return edited.faces.map((each, index) => ({
    face: each.face,
    number: index + 1,
    isEnabled: each.isEnabled,
    fidelity: each.fidelity ?? edited.fidelity,
    strength: each.strength,
    edited: each,
  }));
}
