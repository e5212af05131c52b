// Colour maps of a gray profile: its tone curve (kTRC) against sRGB's. libvips leaves 16-bit gray profiles aside.
import type { Raster } from '../../pixels/raster.ts';
import type { ColourMap } from '../decoded-photo.ts';
import { iccTag, readIccHeader } from './icc-header.ts';
import { readCurve, srgbEncode } from './tone-curve.ts';

export interface ColourMaps {
  readonly toSrgb: ColourMap;
  readonly fromSrgb: ColourMap;
}

/** Maps between equal-channel pictures in a gray profile and sRGB; null when the profile has no usable curve. */
export function grayMaps(profile: Uint8Array): ColourMaps | null {
  const header = readIccHeader(profile);
  const curveTag = iccTag(profile, 'kTRC');
  const curve = curveTag === null ? null : readCurve(curveTag);
  if (header === null || curve === null) return null;
  const luminance = header.connectionSpace === 'Lab ' ? (gray: number) => luminanceOf(curve(gray)) : curve;
  const forward = Float64Array.from(
    { length: 65_536 },
    (_, value) => srgbEncode(luminance(value / 65_535)) * 65_535,
  );
  for (let value = 1; value < forward.length; value += 1) {
    // A curve that falls cannot be undone.
    if ((forward[value] ?? 0) < (forward[value - 1] ?? 0) - 1e-6) return null;
  }
  return { toSrgb: mapThroughTable(forward), fromSrgb: mapThroughTable(inverse(forward)) };
}

/** CIE L* (0..1 for 0..100) to relative luminance. */
function luminanceOf(lightness: number): number {
  const l = lightness * 100;
  return l > 8 ? ((l + 16) / 116) ** 3 : l / 903.2963;
}

/** For each 16-bit value, where a rising table reaches it. */
function inverse(forward: Float64Array): Float64Array {
  const table = new Float64Array(65_536);
  let below = 0;
  for (let value = 0; value < 65_536; value += 1) {
    while (below < 65_534 && (forward[below + 1] ?? 0) <= value) below += 1;
    const low = forward[below] ?? 0;
    const high = forward[below + 1] ?? 0;
    const fraction = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0;
    table[value] = below + fraction;
  }
  return table;
}

function mapThroughTable(table: Float64Array): ColourMap {
  return (picture: Raster): Raster => {
    const { data } = picture;
    if (data instanceof Uint16Array) {
      return { ...picture, data: data.map((value) => Math.round(table[value] ?? 0)) };
    }
    return { ...picture, data: data.map((value) => Math.round((table[value * 257] ?? 0) / 257)) };
  };
}
