// Pictures made by code, and how far two of them are apart.

import { faceTemplate512 } from '#shared/domain/face-template.ts';
import type { Landmarks } from '#shared/domain/geometry.ts';
import { type AffineMatrix, applyAffine, invertAffine } from '../../src/engine/pixels/affine-matrix.ts';
import { maxSample, type Plane, type Raster } from '../../src/engine/pixels/raster.ts';

export type Colour = readonly [number, number, number];

/** Samples from 0 to 1 at each pixel, stored in 8 or 16 bits. */
export function paint(
  widthPx: number,
  heightPx: number,
  colourAt: (x: number, y: number) => Colour,
  bits: 8 | 16 = 8,
): Raster {
  const data = bits === 16 ? new Uint16Array(widthPx * heightPx * 3) : new Uint8Array(widthPx * heightPx * 3);
  const limit = bits === 16 ? 65535 : 255;
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const colour = colourAt(x, y);
      colour.forEach((value, channel) => {
        data[(y * widthPx + x) * 3 + channel] = Math.round(Math.min(Math.max(value, 0), 1) * limit);
      });
    }
  }
  return { widthPx, heightPx, data };
}

/** Soft waves in all directions: detail down to about `finestPx` pixels a period. */
export function waves(widthPx: number, heightPx: number, finestPx = 16, bits: 8 | 16 = 8): Raster {
  const k = (2 * Math.PI) / finestPx;
  return paint(
    widthPx,
    heightPx,
    (x, y) => [
      0.5 + 0.2 * Math.sin(k * 0.7 * x + 1) + 0.2 * Math.cos(k * 0.31 * y),
      0.5 + 0.25 * Math.sin(k * 0.5 * (x + y)) + 0.1 * Math.cos(k * 0.9 * y),
      0.4 + 0.3 * Math.cos(k * 0.2 * (x - 2 * y)),
    ],
    bits,
  );
}

/** Numbers 0..1 from a seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function noise(widthPx: number, heightPx: number, seed: number, bits: 8 | 16 = 8): Raster {
  const random = seededRandom(seed);
  return paint(widthPx, heightPx, () => [random(), random(), random()], bits);
}

export function planeOf(widthPx: number, heightPx: number, at: (x: number, y: number) => number): Plane {
  const data = new Float32Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) for (let x = 0; x < widthPx; x++) data[y * widthPx + x] = at(x, y);
  return { widthPx, heightPx, data };
}

/** Landmarks of a face whose aligned square has its centre at (x, y), side `sidePx` and turn `degrees` in the photo. */
export function landmarksAt(x: number, y: number, sidePx: number, degrees = 0): Landmarks {
  const scale = sidePx / 512;
  const cos = Math.cos((degrees * Math.PI) / 180) * scale;
  const sin = Math.sin((degrees * Math.PI) / 180) * scale;
  const place: AffineMatrix = [cos, -sin, x - 255.5 * (cos - sin), sin, cos, y - 255.5 * (sin + cos)];
  return faceTemplate512.map(([u, v]) => applyAffine(place, u, v)) as Landmarks;
}

export function samplesAt(raster: Raster, x: number, y: number): number[] {
  const at = (y * raster.widthPx + x) * 3;
  return [...raster.data.subarray(at, at + 3)];
}

/** Where a face's square lies, as a test for photo or canvas pixels; `insetFraction` of the side is left out all round. */
export function insideFace(photoToFace: AffineMatrix, sizePx: number, insetFraction: number) {
  if (invertAffine(photoToFace) === null) throw new Error('no such face');
  const inset = insetFraction * sizePx;
  return (x: number, y: number): boolean => {
    const [u, v] = applyAffine(photoToFace, x, y);
    return u >= inset && v >= inset && u <= sizePx - 1 - inset && v <= sizePx - 1 - inset;
  };
}

/** Peak signal to noise ratio in dB over the pixels where `counts` holds. */
export function psnr(
  one: Raster,
  other: Raster,
  counts: (x: number, y: number) => boolean = () => true,
): number {
  let sum = 0;
  let count = 0;
  for (let y = 0; y < one.heightPx; y++) {
    for (let x = 0; x < one.widthPx; x++) {
      if (!counts(x, y)) continue;
      for (let channel = 0; channel < 3; channel++) {
        const at = (y * one.widthPx + x) * 3 + channel;
        sum += ((one.data[at] ?? 0) - (other.data[at] ?? 0)) ** 2;
        count++;
      }
    }
  }
  if (count === 0) throw new Error('no pixels to compare');
  return 10 * Math.log10(maxSample(one) ** 2 / Math.max(sum / count, 1e-9));
}
