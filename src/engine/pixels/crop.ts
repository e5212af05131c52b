// Cutting a rectangle out of a picture. Runs in the engine process.
import { blankRaster, type Raster } from './raster.ts';

/** A copy of the rectangle, which must lie inside the picture; whole pixels. */
export function cropRaster(
  source: Raster,
  left: number,
  top: number,
  widthPx: number,
  heightPx: number,
): Raster {
  const output = blankRaster(widthPx, heightPx, source);
  for (let row = 0; row < heightPx; row++) {
    const begin = ((top + row) * source.widthPx + left) * 3;
    output.data.set(source.data.subarray(begin, begin + widthPx * 3), row * widthPx * 3);
  }
  return output;
}
