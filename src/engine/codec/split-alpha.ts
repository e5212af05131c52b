// Interleaved samples with and without alpha. Pure functions on arrays.
import type { Raster } from '../pixels/raster.ts';

export type Samples = Uint8Array | Uint16Array;

/** Colour and alpha of interleaved samples with 1 to 5 channels; gray becomes three equal channels. */
export function splitAlpha(
  samples: Samples,
  widthPx: number,
  heightPx: number,
  channels: number,
): { raster: Raster; alpha: Samples | null } {
  if (channels === 3) return { raster: { widthPx, heightPx, data: samples }, alpha: null };
  const pixels = widthPx * heightPx;
  const data = sameKind(samples, pixels * 3);
  const alpha = channels === 1 ? null : sameKind(samples, pixels);
  const isGray = channels < 3;
  for (let pixel = 0, from = 0, to = 0; pixel < pixels; pixel += 1, from += channels, to += 3) {
    data[to] = samples[from] ?? 0;
    data[to + 1] = samples[isGray ? from : from + 1] ?? 0;
    data[to + 2] = samples[isGray ? from : from + 2] ?? 0;
    if (alpha !== null) alpha[pixel] = samples[isGray ? from + 1 : from + 3] ?? 0;
  }
  return { raster: { widthPx, heightPx, data }, alpha };
}

/** Interleaves colour (or its first channel, when `channels` is below 3) with alpha (when it is 2 or 4). */
export function interleave(raster: Raster, alpha: Samples | null, channels: 1 | 2 | 3 | 4): Samples {
  const { data } = raster;
  if (channels === 3) return data;
  const pixels = raster.widthPx * raster.heightPx;
  const samples = sameKind(data, pixels * channels);
  const hasColour = channels === 4;
  const hasAlpha = channels === 2 || channels === 4;
  for (let pixel = 0, from = 0, to = 0; pixel < pixels; pixel += 1, from += 3) {
    samples[to++] = data[from] ?? 0;
    if (hasColour) {
      samples[to++] = data[from + 1] ?? 0;
      samples[to++] = data[from + 2] ?? 0;
    }
    if (hasAlpha) samples[to++] = alpha?.[pixel] ?? 0;
  }
  return samples;
}

function sameKind(samples: Samples, length: number): Samples {
  return samples instanceof Uint16Array ? new Uint16Array(length) : new Uint8Array(length);
}
