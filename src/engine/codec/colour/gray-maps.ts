// Colour maps of a gray profile: its tone curve (kTRC) against sRGB's. libvips leaves 16-bit gray profiles aside.
import type { Raster } from '../../pixels/raster.ts';
import type { ColourMap } from '../decoded-photo.ts';
import { iccTag, readIccHeader } from './icc-header.ts';

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

/** ICC `curv` and `para` types as a function of 0..1; null for others. */
export function readCurve(tag: Buffer): ((value: number) => number) | null {
  const type = tag.toString('latin1', 0, 4);
  if (type === 'curv' && tag.length >= 12) {
    const count = tag.readUInt32BE(8);
    if (count === 0) return (value) => value;
    if (tag.length < 12 + count * 2) return null;
    if (count === 1) {
      const gamma = tag.readUInt16BE(12) / 256;
      return (value) => value ** gamma;
    }
    const samples = Float64Array.from(
      { length: count },
      (_, index) => tag.readUInt16BE(12 + index * 2) / 65_535,
    );
    return (value) => {
      const position = value * (count - 1);
      const cell = Math.min(count - 2, Math.floor(position));
      const fraction = position - cell;
      return (samples[cell] ?? 0) * (1 - fraction) + (samples[cell + 1] ?? 0) * fraction;
    };
  }
  if (type === 'para' && tag.length >= 16) return readParametric(tag);
  return null;
}

/** ICC.1:2022 table 68: parameters g a b c d e f as far as the function type uses them. */
function readParametric(tag: Buffer): ((value: number) => number) | null {
  const kind = tag.readUInt16BE(8);
  const parameterCount = [1, 3, 4, 5, 7][kind];
  if (parameterCount === undefined || tag.length < 12 + parameterCount * 4) return null;
  const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from(
    { length: parameterCount },
    (_, index) => tag.readInt32BE(12 + index * 4) / 65_536,
  );
  const power = (value: number) => Math.max(0, a * value + b) ** g;
  switch (kind) {
    case 0:
      return (value) => value ** g;
    case 1:
      return (value) => (value >= -b / a ? power(value) : 0);
    case 2:
      return (value) => (value >= -b / a ? power(value) + c : c);
    case 3:
      return (value) => (value >= d ? power(value) : c * value);
    default:
      return (value) => (value >= d ? power(value) + e : c * value + f);
  }
}

/** CIE L* (0..1 for 0..100) to relative luminance. */
function luminanceOf(lightness: number): number {
  const l = lightness * 100;
  return l > 8 ? ((l + 16) / 116) ** 3 : l / 903.2963;
}

/** IEC 61966-2-1. */
function srgbEncode(linear: number): number {
  const value = Math.min(1, Math.max(0, linear));
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
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
