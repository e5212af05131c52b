// What an exported picture says about how it was made. Pure.
import type { RestorationRecord } from '#shared/contract/restoration-record.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import type { ModelIdentity } from '#shared/domain/recipe.ts';
import type { Result } from '#shared/domain/result.ts';

export function restorationRecordOf(
  result: Result,
  originalSha256: Sha256,
  software: string,
): RestorationRecord {
  const { faces, background, scale } = result.recipe;
  // At strength 0 the upscaler leaves no pixel in the picture.
  const upscaler = background.strength > 0 ? background.upscaler : null;
  return {
    originalSha256,
    software,
    restoredAt: result.createdAt,
    scale,
    faces: faces.map(({ restorer, fidelity, strength, mosaicInPhoto, holes, colouring }) => ({
      modelId: restorer.modelId,
      modelSha256: restorer.sha256,
      fidelity,
      strength,
      ...(mosaicInPhoto === undefined ? {} : { isInvented: true }),
      ...(holes === undefined ? {} : { filledBy: recorded(holes.inpainter) }),
      ...(colouring === undefined ? {} : { colouredBy: recorded(colouring.colouriser) }),
    })),
    upscaler: upscaler === null ? null : recorded(upscaler),
  };
}

function recorded({ modelId, sha256 }: ModelIdentity): NonNullable<RestorationRecord['upscaler']> {
  return { modelId, modelSha256: sha256 };
}
