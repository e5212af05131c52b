// What the studio suggests for the faces of a photo, and which of it is in use already. Pure.
import type { Edit } from '#shared/domain/edit.ts';
import { adviceFor, type FaceAdvice } from '#shared/domain/face-advice.ts';
import type { FaceState } from './face-states.ts';

/** null: nothing is known of the face. A restorer without fidelity gets no fidelity suggested. */
export function suggestionFor({ face }: FaceState): FaceAdvice | null {
  return face.judgement === undefined ? null : adviceFor(face.judgement);
}

export function isTaken(state: FaceState, { fidelity }: FaceAdvice): boolean {
  return fidelity === null ? !state.isEnabled : state.isEnabled && state.fidelity === fidelity;
}

/** The edit that takes what is suggested for these faces; null when all of it is in use. */
export function takingEdit(states: readonly FaceState[]): Edit | null {
  const faces = states.flatMap((state) => {
    const advice = suggestionFor(state);
    return advice === null || isTaken(state, advice)
      ? []
      : [{ faceId: state.face.id, fidelity: advice.fidelity }];
  });
  return faces.length === 0 ? null : { kind: 'photo.use-suggestions', faces };
}
