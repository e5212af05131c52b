// Finding models in the list. Pure.
import type { ModelId } from '#shared/domain/ids.ts';
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

/** The restorer a photo uses: its own choice, or the default one; null while none is installed or known. */
export function restorerOf(
  models: readonly ModelStatus[] | undefined,
  restorerId: ModelId | null,
): ModelStatus | null {
  const installed = installedModels(models, 'face-restoration');
  return installed.find(({ entry }) => entry.id === restorerId) ?? installed[0] ?? null;
}

/** False for networks with one look only: a slider would move nothing. */
export function hasFidelity({ entry: { contract } }: ModelStatus): boolean {
  // What a checkpoint can do is known when it has been converted.
  return contract.interface !== 'face-restorer' || contract.fidelityInput !== undefined;
}

/** Order of the models page: what matters most to a person first. */
export const purposeOrder: readonly ModelPurpose[] = [
  'face-restoration',
  'upscaling',
  'face-detection',
  'face-parsing',
  'face-landmarks',
  'face-recognition',
  'colourisation',
  'inpainting',
];
