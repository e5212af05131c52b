// A colour transform sampled at the corners of a 3D lattice, and tetrahedral interpolation between them.
// Pure numbers: who fills the lattice (libvips with lcms) stands in profile-maps.ts.
import type { Raster } from '../../pixels/raster.ts';
import type { ColourMap } from '../decoded-photo.ts';

/**
 * Corners per axis. They lie at the squares of equal steps, denser towards black, where a gamma without a linear
 * toe (Adobe RGB) is far from straight in sRGB.
 */
export const latticeSide = 33;
const last = latticeSide - 1;

/** Every corner as a 16-bit RGB picture, one row; red varies slowest. */
export function latticeCorners(side: number = latticeSide): Uint16Array {
  const levels = Array.from({ length: side }, (_, index) => Math.round((index / (side - 1)) ** 2 * 65_535));
  const corners = new Uint16Array(side ** 3 * 3);
  let at = 0;
  for (const red of levels) {
    for (const green of levels) {
      for (const blue of levels) {
        corners[at++] = red;
        corners[at++] = green;
        corners[at++] = blue;
      }
    }
  }
  return corners;
}

/** Position of each 16-bit value on an axis, in lattice steps: made once, 256 KB. */
let positions: Float32Array | undefined;
function axisPositions(): Float32Array {
  positions ??= Float32Array.from({ length: 65_536 }, (_, value) => axisPosition(value));
  return positions;
}

/** Linear between two corners, whose true levels are rounded to 16 bits. */
function axisPosition(value: number): number {
  const guess = Math.min(last - 1, Math.floor(Math.sqrt(value / 65_535) * last));
  const level = (index: number) => Math.round((index / last) ** 2 * 65_535);
  const cell =
    value < level(guess) ? guess - 1 : value >= level(guess + 1) && guess < last - 1 ? guess + 1 : guess;
  return cell + (value - level(cell)) / (level(cell + 1) - level(cell));
}

/** The map of a lattice whose corners went through a transform. 8 and 16 bit; same size and depth come back. */
export function mapThroughLattice(mapped: Uint16Array): ColourMap {
  return (picture: Raster): Raster => {
    const { data } = picture;
    const isWide = data instanceof Uint16Array;
    const out = isWide ? new Uint16Array(data.length) : new Uint8Array(data.length);
    const axis = axisPositions();
    const widen = isWide ? 1 : 257;
    const narrow = isWide ? 1 : 1 / 257;
    const stepBlue = 3;
    const stepGreen = latticeSide * 3;
    const stepRed = latticeSide * latticeSide * 3;
    for (let at = 0; at < data.length; at += 3) {
      const red = axis[(data[at] ?? 0) * widen] ?? 0;
      const green = axis[(data[at + 1] ?? 0) * widen] ?? 0;
      const blue = axis[(data[at + 2] ?? 0) * widen] ?? 0;
      const cellRed = Math.min(last - 1, Math.floor(red));
      const cellGreen = Math.min(last - 1, Math.floor(green));
      const cellBlue = Math.min(last - 1, Math.floor(blue));
      const r = red - cellRed;
      const g = green - cellGreen;
      const b = blue - cellBlue;
      const base = cellRed * stepRed + cellGreen * stepGreen + cellBlue * stepBlue;
      // The tetrahedron is the path from the low to the high corner in the order of the three fractions.
      let first: number;
      let second: number;
      let high: number;
      let middle: number;
      let low: number;
      if (r >= g) {
        if (g >= b) [first, second, high, middle, low] = [stepRed, stepGreen, r, g, b];
        else if (r >= b) [first, second, high, middle, low] = [stepRed, stepBlue, r, b, g];
        else [first, second, high, middle, low] = [stepBlue, stepRed, b, r, g];
      } else if (b >= g) [first, second, high, middle, low] = [stepBlue, stepGreen, b, g, r];
      else if (b >= r) [first, second, high, middle, low] = [stepGreen, stepBlue, g, b, r];
      else [first, second, high, middle, low] = [stepGreen, stepRed, g, r, b];
      const one = base + first;
      const two = one + second;
      const three = base + stepRed + stepGreen + stepBlue;
      for (let channel = 0; channel < 3; channel += 1) {
        const value =
          (1 - high) * (mapped[base + channel] ?? 0) +
          (high - middle) * (mapped[one + channel] ?? 0) +
          (middle - low) * (mapped[two + channel] ?? 0) +
          low * (mapped[three + channel] ?? 0);
        out[at + channel] = value * narrow + 0.5;
      }
    }
    return { widthPx: picture.widthPx, heightPx: picture.heightPx, data: out };
  };
}
