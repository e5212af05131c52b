// What an exported picture says about how it was made. Pure.
import type { RestorationRecord } from '#shared/contract/engine.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
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
    faces: faces.map(({ restorer, fidelity, strength, mosaicInPhoto }) => ({
      modelId: restorer.modelId,
      modelSha256: restorer.sha256,
      fidelity,
      strength,
      ...(mosaicInPhoto === undefined ? {} : { isInvented: true }),
    })),
    upscaler: upscaler === null ? null : { modelId: upscaler.modelId, modelSha256: upscaler.sha256 },
  };
}
