// How a photo is cut into tiles for an upscaler, from the memory there is. Runs in the engine process.
import type { ModelContract } from '#shared/domain/model.ts';

/** Largest tile without its surroundings, in photo pixels. */
export interface TileSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * For networks that do not say: the usual export of Real-ESRGAN's large networks takes 0.75 GB over the idle process
 * for a tile of 480 × 480 at ×2, and the same per output pixel at ×4.
 */
const unknownBytesPerOutputPixel = 900;
/** The rest is for the photo, its copies and everybody else. */
const shareOfFreeMemory = 0.5;
/** A tile cannot be cancelled and says nothing of its progress. */
const mostTilePixels = 4_000_000;

/** Photo pixels, surroundings included, that a tile may have. `freeBytes`: what the machine can still give. */
export function tilePixelsWithin(freeBytes: number, contract: ModelContract): number {
  return Math.min(mostTilePixels, (freeBytes * shareOfFreeMemory) / bytesPerPixel(contract));
}

/** Memory a network takes while it computes, per pixel of the photo. */
export function bytesPerPixel({ workingBytesPerOutputPixel, scale = 1 }: ModelContract): number {
  return (workingBytesPerOutputPixel ?? unknownBytesPerOutputPixel) * scale ** 2;
}

/**
 * The cut into equal tiles that computes the fewest pixels with at most `windowPixels` a tile: one tile where the
 * photo fits, else strips or a grid. Tiles of less than `smallestPx` a side are never asked for.
 */
export function chooseTileSize(
  photo: TileSize,
  windowPixels: number,
  padPx: number,
  smallestPx: number,
): TileSize {
  let best: TileSize = {
    widthPx: Math.min(smallestPx, photo.widthPx),
    heightPx: Math.min(smallestPx, photo.heightPx),
  };
  let fewest = Number.POSITIVE_INFINITY;
  for (const [columns, widthPx] of cuts(photo.widthPx, smallestPx)) {
    for (const [rows, heightPx] of cuts(photo.heightPx, smallestPx)) {
      const window = withPad(widthPx, photo.widthPx, padPx) * withPad(heightPx, photo.heightPx, padPx);
      const total = window * columns * rows;
      if (window > windowPixels || total >= fewest) continue;
      fewest = total;
      best = { widthPx, heightPx };
    }
  }
  return best;
}

/** Numbers of equal parts and their lengths, down to the smallest. */
function cuts(lengthPx: number, smallestPx: number): [number, number][] {
  const most = Math.max(1, Math.floor(lengthPx / smallestPx));
  return Array.from({ length: most }, (_, index) => [index + 1, Math.ceil(lengthPx / (index + 1))]);
}

function withPad(tilePx: number, lengthPx: number, padPx: number): number {
  return Math.min(lengthPx, tilePx + 2 * padPx);
}
