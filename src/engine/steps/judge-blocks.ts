// Says how visible the squares of a compressed picture are where a face lies. Pure; runs in the engine process.
// JPEG cuts a picture into squares of eight pixels: steps between neighbours are larger on that grid than beside it.
// Reads the photo's own pixels: after aligning, the grid is gone.
import type { Box } from '#shared/domain/geometry.ts';
import { cropRaster } from '../pixels/crop.ts';
import { lumaOf } from '../pixels/luma.ts';
import type { Plane, Raster } from '../pixels/raster.ts';

const gridPx = 8;
/** Enough to tell, and quick on a portrait of a hundred megapixels. */
const mostPx = 512;
/** Fewer squares than this along a side prove nothing. */
const leastPx = 4 * gridPx;

/** By how many levels of 255 the steps on the grid exceed those beside it where they are noticed, and seen at once. */
const noticedFrom = 0.6;
const plainFrom = 2.6;

/** 0: none, 1: seen at once. `box` in photo pixels; parts outside the photo do not count. */
export function judgeBlocks(photo: Raster, box: Box): number {
  const across = middleOf(box.x, box.width, photo.widthPx);
  const down = middleOf(box.y, box.height, photo.heightPx);
  if (across.length < leastPx || down.length < leastPx) return 0;
  const luma = lumaOf(cropRaster(photo, across.from, down.from, across.length, down.length));
  const excess = Math.min(gridExcess(luma, 'across'), gridExcess(luma, 'down'));
  return Math.min(1, Math.max(0, (excess - noticedFrom) / (plainFrom - noticedFrom)));
}

function middleOf(from: number, length: number, limit: number): { from: number; length: number } {
  const start = Math.max(0, Math.floor(from));
  const end = Math.min(limit, Math.ceil(from + length));
  const kept = Math.min(mostPx, end - start);
  return { from: Math.floor((start + end - kept) / 2), length: kept };
}

/**
 * How much larger steps are at one place of every eight than the median place. Where the grid begins is not known: a
 * photo may have been turned, or cut. Steps count against those right beside them, so that edges of the picture's own
 * do not.
 */
function gridExcess({ widthPx, heightPx, data }: Plane, direction: 'across' | 'down'): number {
  const [length, lines, along, between] =
    direction === 'across' ? [widthPx, heightPx, 1, widthPx] : [heightPx, widthPx, widthPx, 1];
  const sums = new Float64Array(gridPx);
  const counts = new Float64Array(gridPx);
  for (let at = 1; at < length - 2; at++) {
    let sum = 0;
    for (let line = 0; line < lines; line++) {
      const here = line * between + at * along;
      const one = data[here - along] as number;
      const two = data[here] as number;
      const three = data[here + along] as number;
      const four = data[here + 2 * along] as number;
      sum += Math.max(0, Math.abs(three - two) - (Math.abs(two - one) + Math.abs(four - three)) / 2);
    }
    const phase = at % gridPx;
    sums[phase] = (sums[phase] as number) + sum;
    counts[phase] = (counts[phase] as number) + 1;
  }
  const means = [...sums].map((sum, phase) => sum / lines / Math.max(1, counts[phase] as number));
  const sorted = means.toSorted((a, b) => a - b);
  const usual = ((sorted[3] as number) + (sorted[4] as number)) / 2;
  return (sorted[7] as number) - usual;
}
