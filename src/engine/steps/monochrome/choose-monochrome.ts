// Turns the person's choice (auto, gray, tint, colour) and what was measured into what is done.
import type { MonochromeMode } from '#shared/domain/edit.ts';
import type { Raster } from '../../pixels/raster.ts';
import { isNeutralFace, measureTint } from './measure-tint.ts';

/** `colour`: the network's colours are kept. */
export type MonochromeTreatment = 'gray' | 'tint' | 'colour';

/** @param photo the whole photo, sRGB. @param alignedFaces decide photos that measuring alone leaves open. */
export function chooseMonochrome(
  mode: MonochromeMode,
  photo: Raster,
  alignedFaces: readonly Raster[],
): MonochromeTreatment {
  if (mode !== 'auto') return mode;
  const { kind } = measureTint(photo);
  if (kind !== 'uncertain') return kind;
  return alignedFaces.length > 0 && alignedFaces.every(isNeutralFace) ? 'tint' : 'colour';
}
