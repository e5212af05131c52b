// A colour transform sampled at the corners of a 3D lattice, and tetrahedral interpolation between them.
// Pure numbers: who fills the lattice (libvips with lcms) stands in profile-maps.ts.
import type { Raster } from '../../pixels/raster.ts';
import type { ColourMap } from '../decoded-photo.ts';

/** Corners per axis. */
export const latticeSide = 33;
const last = latticeSide - 1;

/** Level of each corner, 0..255: whole numbers, as the lattice is filled in 8 bits, and denser towards black. */
const levels = Uint8Array.from({ length: latticeSide }, (_, index) =>
  Math.max(index, Math.round((index / last) ** 2 * 255)),
);

/** Every corner as an 8-bit RGB picture in one row; red varies slowest. */
export function latticeCorners(): Uint8Array {
  const corners = new Uint8Array(latticeSide ** 3 * 3);
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
  if (positions !== undefined) return positions;
  positions = new Float32Array(65_536);
  for (let cell = 0; cell < last; cell += 1) {
    const low = (levels[cell] ?? 0) * 257;
    const high = (levels[cell + 1] ?? 0) * 257;
    for (let value = low; value <= high; value += 1) positions[value] = cell + (value - low) / (high - low);
  }
  return positions;
}

/** The map of a lattice whose corners went through a transform (8 bit). Takes 8 and 16 bit; size and depth stay. */
export function mapThroughLattice(mapped: Uint8Array): ColourMap {
  return (picture: Raster): Raster => {
    const { data } = picture;
    const isWide = data instanceof Uint16Array;
    const out = isWide ? new Uint16Array(data.length) : new Uint8Array(data.length);
    const axis = axisPositions();
    const widen = isWide ? 1 : 257;
    const scale = isWide ? 257 : 1;
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
        out[at + channel] = value * scale + 0.5;
      }
    }
    return { widthPx: picture.widthPx, heightPx: picture.heightPx, data: out };
  };
}
