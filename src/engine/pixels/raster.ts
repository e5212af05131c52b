// The one picture type of the engine. Interleaved samples, row by row, no padding, upright.
// Runs in the engine process. Knows nothing of files, models or colour profiles.

/** RGB picture. `data.length === widthPx * heightPx * 3`; 8-bit samples in Uint8Array, 16-bit in Uint16Array. */
export interface Raster {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Uint8Array | Uint16Array;
}

/** One channel of floats, for masks (0..1) and luma (0..255). `data.length === widthPx * heightPx`. */
export interface Plane {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Float32Array;
}

/** Largest sample value: 255 or 65535. */
export function maxSample(raster: Raster): 255 | 65535 {
  return raster.data instanceof Uint16Array ? 65535 : 255;
}

/**
 * Stores a sample, clipped to 0..`limit` and rounded. Branches instead of one expression: V8 makes an object of a number
 * that is an integer on one way and a fraction on the other, which is megabytes of garbage for each picture.
 */
export function setSample(data: Raster['data'], at: number, value: number, limit: number): void {
  if (value <= 0) data[at] = 0;
  else if (value >= limit) data[at] = limit;
  else data[at] = value + 0.5;
}

/** A black picture of the same sample depth as `like`. */
export function blankRaster(widthPx: number, heightPx: number, like: Raster): Raster {
  const length = widthPx * heightPx * 3;
  const data = like.data instanceof Uint16Array ? new Uint16Array(length) : new Uint8Array(length);
  return { widthPx, heightPx, data };
}
