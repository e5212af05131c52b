// Grain for a restored face: a network leaves skin cleaner than the film around it, which looks pasted in. The grain is
// cut from the photo itself, out of its smoothest places, and laid anew over the face. Engine process, pure.
import { gaussianBlur } from '../pixels/gaussian-blur.ts';
import type { Plane } from '../pixels/raster.ts';

export interface GrainOptions {
  /** 0: as restored, 1: as grainy as the photo. */
  readonly strength: number;
  /** The same seed gives the same grain, to the bit. */
  readonly seed: number;
}

/** In photo pixels: film grain of a scan is up to a few pixels coarse. */
const grainSigma = 1.6;
const patchPx = 16;
/** Share of the places that count as smooth: skin, wall, sky. */
const smoothShare = 0.3;
/** Levels of brightness that have a grain of their own: film is grainiest between light and dark. */
const levels = 5;
/** Clipped places show no grain. */
const seenLuma = [10, 245] as const;
const leastPatches = 6;

interface Block {
  readonly x: number;
  readonly y: number;
  readonly luma: number;
  /** Of what is finer than the blur, 8-bit units. */
  readonly grain: number;
  /** Of what is coarser: edges and features. */
  readonly structure: number;
}

/**
 * What has to be added to the restored luma so that it is as grainy as the photo around it, in 8-bit units. Both planes
 * show the same part of the photo at the photo's own size, 0..255. Null where the photo has no smooth place, or no more
 * grain than is there already.
 */
export function lackingGrain(
  restored: Plane,
  original: Plane,
  { strength, seed }: GrainOptions,
): Plane | null {
  const { widthPx, heightPx } = restored;
  if (original.widthPx !== widthPx || original.heightPx !== heightPx)
    throw new RangeError('the pictures differ in size');
  if (strength <= 0) return null;
  const photo = split(original);
  const patches = smoothBlocks(photo);
  if (patches.length < leastPatches) return null;
  const face = split(restored);
  const wanted = grainByLevel(patches);
  const has = grainByLevel(smoothBlocks(face));
  const lacking = wanted.map((grain, level) => Math.sqrt(Math.max(0, grain ** 2 - (has[level] ?? 0) ** 2)));
  if (lacking.every((grain) => grain === 0)) return null;
  const data = layPatches(photo.fine, patches, seed, face.coarse);
  for (let pixel = 0; pixel < data.length; pixel += 1) {
    const level = ((face.coarse.data[pixel] as number) / 256) * levels - 0.5;
    data[pixel] = (data[pixel] as number) * between(lacking, level) * strength;
  }
  return { widthPx, heightPx, data };
}

/** What is coarser than grain, and what is as fine as it. */
function split(luma: Plane): { coarse: Plane; fine: Plane } {
  const coarse = gaussianBlur(luma, 2 * Math.ceil(3 * grainSigma) + 1, grainSigma);
  const data = luma.data.map((value, at) => value - (coarse.data[at] as number));
  return { coarse, fine: { ...luma, data } };
}

/** The smoothest blocks of a picture, not clipped. */
function smoothBlocks({ coarse, fine }: { coarse: Plane; fine: Plane }): Block[] {
  const blocks: Block[] = [];
  for (let y = 0; y + patchPx <= coarse.heightPx; y += patchPx / 2) {
    for (let x = 0; x + patchPx <= coarse.widthPx; x += patchPx / 2) {
      const large = statistics(coarse, x, y, patchPx);
      if (large.mean < seenLuma[0] || large.mean > seenLuma[1]) continue;
      const small = statistics(fine, x, y, patchPx);
      blocks.push({ x, y, luma: large.mean, grain: small.deviation, structure: large.deviation });
    }
  }
  const sorted = blocks.toSorted((a, b) => a.structure - b.structure || a.y - b.y || a.x - b.x);
  return sorted.slice(0, Math.ceil(sorted.length * smoothShare));
}

function statistics(plane: Plane, left: number, top: number, sizePx: number) {
  let sum = 0;
  let squares = 0;
  for (let y = top; y < top + sizePx; y += 1) {
    for (let x = left, at = y * plane.widthPx + left; x < left + sizePx; x += 1, at += 1) {
      const value = plane.data[at] as number;
      sum += value;
      squares += value * value;
    }
  }
  const mean = sum / sizePx ** 2;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / sizePx ** 2 - mean * mean)) };
}

/** Median grain of each level of brightness; levels without blocks take that of all. */
function grainByLevel(blocks: readonly Block[]): number[] {
  const all = median(blocks.map(({ grain }) => grain));
  return Array.from({ length: levels }, (_, level) => {
    const here = blocks.filter(({ luma }) => Math.floor((luma / 256) * levels) === level);
    return here.length < leastPatches / 2 ? all : median(here.map(({ grain }) => grain));
  });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function between(values: readonly number[], at: number): number {
  const place = Math.min(values.length - 1, Math.max(0, at));
  const low = Math.floor(place);
  const high = Math.min(values.length - 1, low + 1);
  return (values[low] as number) * (1 - place + low) + (values[high] as number) * (place - low);
}

/**
 * Patches drawn by chance among those of like brightness, laid half over each other under sine windows: their squares
 * sum to one, so that the grain is even where patches meet. Deviation about 1 everywhere.
 */
function layPatches(fine: Plane, patches: readonly Block[], seed: number, luma: Plane): Float32Array {
  const { widthPx, heightPx } = fine;
  const grain = new Float32Array(widthPx * heightPx);
  const random = seeded(seed);
  const window = Float32Array.from({ length: patchPx }, (_, i) => Math.sin((Math.PI * (i + 0.5)) / patchPx));
  const byLuma = patches.toSorted((a, b) => a.luma - b.luma || a.y - b.y || a.x - b.x);
  for (let y = -patchPx / 2; y < heightPx; y += patchPx / 2) {
    for (let x = -patchPx / 2; x < widthPx; x += patchPx / 2) {
      const centreX = Math.min(widthPx - 1, Math.max(0, x + patchPx / 2));
      const centreY = Math.min(heightPx - 1, Math.max(0, y + patchPx / 2));
      const patch = likePatch(byLuma, luma.data[centreY * widthPx + centreX] as number, random());
      const [flipsX, flipsY] = [random() < 0.5, random() < 0.5];
      if (patch.grain < 1e-3) continue;
      for (let v = 0; v < patchPx; v += 1) {
        if (y + v < 0 || y + v >= heightPx) continue;
        const row = (patch.y + (flipsY ? patchPx - 1 - v : v)) * widthPx + patch.x;
        for (let u = 0; u < patchPx; u += 1) {
          if (x + u < 0 || x + u >= widthPx) continue;
          const value = fine.data[row + (flipsX ? patchPx - 1 - u : u)] as number;
          const at = (y + v) * widthPx + x + u;
          grain[at] =
            (grain[at] as number) + (value / patch.grain) * (window[u] as number) * (window[v] as number);
        }
      }
    }
  }
  return grain;
}

/** One of the third of all patches that are nearest in brightness. */
function likePatch(byLuma: readonly Block[], luma: number, chance: number): Block {
  const count = Math.max(leastPatches, Math.ceil(byLuma.length / 3));
  const from = byLuma.findIndex((patch) => patch.luma >= luma);
  const middle = from < 0 ? byLuma.length : from;
  const start = Math.min(Math.max(0, byLuma.length - count), Math.max(0, middle - Math.floor(count / 2)));
  const patch = byLuma[Math.min(byLuma.length - 1, start + Math.floor(chance * count))];
  if (patch === undefined) throw new RangeError('no patches');
  return patch;
}

/** Mulberry32: small, quick, and the same everywhere. 0 to below 1. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
