// What a batch may do to every photo alike: edits that name no face. Words stand in the gallery's catalogue.
import type { Edit } from '#shared/domain/edit.ts';

export const presetNames = ['own', 'sharper', 'balanced', 'faithful'] as const;
export type PresetName = (typeof presetNames)[number];

/** Fidelity weights w: 0.5 is the CodeFormer authors' choice for whole photos; the others leave room on both sides. */
export const presetEdits: Readonly<Record<PresetName, readonly Edit[]>> = {
  own: [],
  sharper: [{ kind: 'photo.set-fidelity', fidelity: 0.25 }],
  balanced: [{ kind: 'photo.set-fidelity', fidelity: 0.5 }],
  faithful: [{ kind: 'photo.set-fidelity', fidelity: 0.85 }],
};
