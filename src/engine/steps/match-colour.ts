// Brings a restored face's colours to those the photo has there. Runs in the engine process; pure.
// Only the coarse picture counts: detail that a network added must not change how bright or contrasty a face is taken for.
import { faceOvalAt } from '#shared/domain/face-oval.ts';
import { maxSample, type Raster } from '../pixels/raster.ts';
import { resizeRaster } from '../pixels/resize.ts';

/** Both faces are compared at this size. */
const coarsePx = 32;
/** What lies further out is hair and wall. */
const ovalFrom = 0.5;
/** A stain or a hand over the face must not turn it into a poster. */
const gainLimits = [0.75, 1.33] as const;

interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * Each channel of `restored` with the mean and the deviation of `aligned` over the face. Same size and depth as
 * `restored`; both squares in sRGB. `isInside` says of a pixel of `aligned` whether it shows the photo.
 */
export function matchColour(
  restored: Raster,
  aligned: Raster,
  isInside: (u: number, v: number) => boolean,
): Raster {
  const perCell = aligned.widthPx / coarsePx;
  const cells: number[] = [];
  for (let cell = 0; cell < coarsePx * coarsePx; cell++) {
    const u = (cell % coarsePx) + 0.5;
    const v = Math.floor(cell / coarsePx) + 0.5;
    const isFace = faceOvalAt((u * 512) / coarsePx, (v * 512) / coarsePx) >= ovalFrom;
    if (isFace && isInside(u * perCell, v * perCell)) cells.push(cell);
  }
  if (cells.length < 16) return restored;
  const got = spreads(restored, cells);
  const wanted = spreads(aligned, cells);
  const limit = maxSample(restored);
  const data = restored.data.slice();
  for (let channel = 0; channel < 3; channel++) {
    const [from, to] = [got[channel] as Spread, wanted[channel] as Spread];
    const gain = from.deviation < 1e-4 ? 1 : to.deviation / from.deviation;
    const limited = Math.min(Math.max(gain, gainLimits[0]), gainLimits[1]);
    for (let at = channel; at < data.length; at += 3) {
      const value = ((data[at] as number) / limit - from.mean) * limited + to.mean;
      data[at] = Math.round(Math.min(Math.max(value, 0), 1) * limit);
    }
  }
  return { ...restored, data };
}

/** Of each channel over the cells, in units of the largest sample. */
function spreads(face: Raster, cells: readonly number[]): Spread[] {
  const { data } = resizeRaster(face, coarsePx, coarsePx, 'area');
  const unit = maxSample(face);
  return [0, 1, 2].map((channel) => {
    const values = cells.map((cell) => (data[cell * 3 + channel] ?? 0) / unit);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    return { mean, deviation: Math.sqrt(variance) };
  });
}
