// Finding models in the list. Pure.
import type { ModelPurpose, ModelStatus } from '#shared/domain/model.ts';

/** Installed models of a purpose, the default first. */
export function installedModels(
  models: readonly ModelStatus[] | undefined,
  purpose: ModelPurpose,
): ModelStatus[] {
  return (models ?? [])
    .filter(({ entry, state }) => entry.purpose === purpose && state === 'installed')
    .toSorted((a, b) => b.entry.rank - a.entry.rank);
}

/** Order of the models page: what matters most to a person first. */
export const purposeOrder: readonly ModelPurpose[] = [
  'face-restoration',
  'upscaling',
  'face-detection',
  'face-parsing',
  'face-landmarks',
  'colourisation',
  'inpainting',
];
