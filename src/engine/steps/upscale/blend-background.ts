// How much of an upscaler's picture the background gets. Runs in the engine process.
import type { Raster } from '../../pixels/raster.ts';

/**
 * 0 gives the plain enlargement, 1 the upscaler's picture, between them a mixture, which is written over `plain`
 * so that no third picture of that size is needed. Both of the same size and depth.
 */
export function blendBackground(plain: Raster, upscaled: Raster, strength: number): Raster {
  if (plain.data.length !== upscaled.data.length || plain.widthPx !== upscaled.widthPx) {
    throw new RangeError('pictures of different sizes cannot be mixed');
  }
  if (strength <= 0) return plain;
  if (strength >= 1) return upscaled;
  const mixed = plain.data;
  const other = upscaled.data;
  for (let i = 0; i < mixed.length; i++) {
    const value = mixed[i] as number;
    mixed[i] = value + strength * ((other[i] as number) - value) + 0.5;
  }
  return plain;
}
