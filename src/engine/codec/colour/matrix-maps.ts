// Colour maps of a matrix profile (three tone curves and three primaries: nearly every camera, screen and editing space).
// Computed here rather than sampled: exact in 16 bits, where libvips goes through an 8-bit-like table.
import type { Raster } from '../../pixels/raster.ts';
import type { ColourMap } from '../decoded-photo.ts';
import type { ColourMaps } from './gray-maps.ts';
import { iccTag } from './icc-header.ts';
import { readCurve, srgbDecode, srgbEncode } from './tone-curve.ts';

type Matrix = readonly number[];
type Curve = (value: number) => number;

/** sRGB's primaries adapted to D50, as IEC 61966-2-1 and Bradford give them; row by row, to XYZ. */
const srgbToXyz: Matrix = [
  0.4360747, 0.3850649, 0.1430804, 0.2225045, 0.7168786, 0.0606169, 0.0139322, 0.0971045, 0.7141733,
];

/** True when the profile has the matrix and no table that would take precedence. */
export function isMatrixProfile(profile: Uint8Array): boolean {
  return iccTag(profile, 'A2B0') === null && iccTag(profile, 'rXYZ') !== null;
}

/** Null when a curve or primary is missing or cannot be undone. Colours outside the other space are clipped to it. */
export function matrixMaps(profile: Uint8Array): ColourMaps | null {
  const curves = ['rTRC', 'gTRC', 'bTRC'].map((name) => {
    const tag = iccTag(profile, name);
    return tag === null ? null : readCurve(tag);
  });
  const [red, green, blue] = ['rXYZ', 'gXYZ', 'bXYZ'].map((name) => readXyz(profile, name));
  if (!red || !green || !blue || curves.some((curve) => curve === null)) return null;
  const toXyz: Matrix = [0, 1, 2].flatMap((row) => [red[row] ?? 0, green[row] ?? 0, blue[row] ?? 0]);
  const fromXyz = invert(toXyz);
  const fromXyzToSrgb = invert(srgbToXyz);
  if (fromXyz === null || fromXyzToSrgb === null) return null;
  const decodeTables = curves.map((curve) => decodeTable(curve ?? srgbDecode));
  const encodeTables = decodeTables.map(inverseTable);
  if (decodeTables.some((table) => !rises(table))) return null;
  const srgbIn = decodeTable(srgbDecode);
  const srgbOut = encodeTable(srgbEncode);
  return {
    toSrgb: mapThroughMatrix(decodeTables, multiply(fromXyzToSrgb, toXyz), [srgbOut, srgbOut, srgbOut]),
    fromSrgb: mapThroughMatrix([srgbIn, srgbIn, srgbIn], multiply(fromXyz, srgbToXyz), encodeTables),
  };
}

/** ICC `XYZ ` type: three s15Fixed16 numbers. */
function readXyz(profile: Uint8Array, name: string): readonly number[] | null {
  const tag = iccTag(profile, name);
  if (tag === null || tag.length < 20) return null;
  return [8, 12, 16].map((at) => tag.readInt32BE(at) / 65_536);
}

/** Linear light of each 16-bit value. */
function decodeTable(curve: Curve): Float32Array {
  return Float32Array.from({ length: 65_536 }, (_, value) => Math.min(1, Math.max(0, curve(value / 65_535))));
}

/** 16-bit value of linear light, indexed by its square root: a plain gamma is infinitely steep at black. */
function encodeTable(curve: Curve): Float32Array {
  return Float32Array.from({ length: 65_536 }, (_, root) => curve((root / 65_535) ** 2) * 65_535);
}

function inverseTable(decode: Float32Array): Float32Array {
  const table = new Float32Array(65_536);
  let below = 0;
  for (let root = 0; root < 65_536; root += 1) {
    const linear = (root / 65_535) ** 2;
    while (below < 65_534 && (decode[below + 1] ?? 0) <= linear) below += 1;
    const low = decode[below] ?? 0;
    const high = decode[below + 1] ?? 0;
    table[root] = below + (high > low ? Math.min(1, Math.max(0, (linear - low) / (high - low))) : 0);
  }
  return table;
}

function rises(table: Float32Array): boolean {
  return (
    table.every((value, index) => index === 0 || value >= (table[index - 1] ?? 0)) &&
    (table[65_535] ?? 0) > 0.5
  );
}

function mapThroughMatrix(
  decode: readonly Float32Array[],
  matrix: Matrix,
  encode: readonly Float32Array[],
): ColourMap {
  const [inRed, inGreen, inBlue] = decode;
  const [outRed, outGreen, outBlue] = encode;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = matrix;
  if (!inRed || !inGreen || !inBlue || !outRed || !outGreen || !outBlue)
    throw new Error('three tables expected');
  return (picture: Raster): Raster => {
    const { data } = picture;
    const isWide = data instanceof Uint16Array;
    const out = isWide ? new Uint16Array(data.length) : new Uint8Array(data.length);
    const widen = isWide ? 1 : 257;
    const narrow = isWide ? 1 : 1 / 257;
    for (let at = 0; at < data.length; at += 3) {
      const red = inRed[(data[at] ?? 0) * widen] ?? 0;
      const green = inGreen[(data[at + 1] ?? 0) * widen] ?? 0;
      const blue = inBlue[(data[at + 2] ?? 0) * widen] ?? 0;
      out[at] = (outRed[rootIndex(a * red + b * green + c * blue)] ?? 0) * narrow + 0.5;
      out[at + 1] = (outGreen[rootIndex(d * red + e * green + f * blue)] ?? 0) * narrow + 0.5;
      out[at + 2] = (outBlue[rootIndex(g * red + h * green + i * blue)] ?? 0) * narrow + 0.5;
    }
    return { widthPx: picture.widthPx, heightPx: picture.heightPx, data: out };
  };
}

function rootIndex(linear: number): number {
  if (linear <= 0) return 0;
  return linear >= 1 ? 65_535 : (Math.sqrt(linear) * 65_535 + 0.5) | 0;
}

function multiply(left: Matrix, right: Matrix): Matrix {
  return Array.from({ length: 9 }, (_, index) => {
    const row = Math.floor(index / 3) * 3;
    const column = index % 3;
    return [0, 1, 2].reduce((sum, k) => sum + (left[row + k] ?? 0) * (right[k * 3 + column] ?? 0), 0);
  });
}

function invert(matrix: Matrix): Matrix | null {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = matrix;
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  if (Math.abs(determinant) < 1e-6) return null;
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ].map((value) => value / determinant);
}
