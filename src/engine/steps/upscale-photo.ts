// A whole photo through an upscaling network, tile by tile. Runs in the engine process.
// Keeps one strip of tiles and the result in memory; knows nothing of faces.
import { HeirloomError, JobCancelled, throwIfCancelled } from '#shared/errors/heirloom-error.ts';
import type { LoadedModel } from '../onnx/loaded-model.ts';
import { blankRaster, type Raster } from '../pixels/raster.ts';
import { makeTileLine, type TileLine, type TileWindow } from '../pixels/tile-grid.ts';
import { bytesPerPixel, chooseTileSize, type TileSize, tilePixelsWithin } from './upscale/choose-windows.ts';
import { joinStrip, joinTile, type OutputSpan, readMirrored } from './upscale/tile-strip.ts';
import { fixedTileSize, upscalerScale, upscaleTile } from './upscale/upscale-tile.ts';

export interface UpscaleOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
  /** Photo pixels a tile is responsible for, per side; left out, tiles are as large as the memory allows. */
  readonly tilePx?: number;
  /** Memory the machine can still give; left out, it is asked. */
  readonly freeBytes?: number;
}

/**
 * Surroundings of a tile, between the 10 and 40 px that the official scripts use with these networks. Their receptive
 * field is far larger, what they make of it is not: bench/upscale.ts measures the seam.
 */
const padPx = 32;
/** Over this many photo pixels one tile fades into the next: what difference is left has no edge to be seen by. */
const fadePx = 16;
/** Smaller tiles would be mostly surroundings. */
const smallestTilePx = 64;
/** Opening a network takes a part of a second: after faces and small photos it stays as it is. */
const keptBytes = 500e6;

/**
 * Sides times the contract's scale, same sample depth. When the network fails on a tile (mostly for lack of memory),
 * everything is done again with tiles of a quarter of the pixels; with the smallest tile the failure is passed on.
 * Errors: model.wrong-output, engine.out-of-memory. Throws JobCancelled between tiles.
 */
export async function upscalePhoto(
  photo: Raster,
  model: LoadedModel,
  options: UpscaleOptions,
): Promise<Raster> {
  const fixed = fixedTileSize(model);
  let reached = 0;
  const onProgress = (fraction: number) => {
    reached = Math.max(reached, fraction);
    options.onProgress?.(reached);
  };
  let tile = firstTileSize(photo, model, options);
  for (;;) {
    try {
      const enlarged = await upscaleInTiles(photo, model, tile, fixed, { ...options, onProgress });
      if (workingBytes(tile, model) > keptBytes) await model.release?.();
      return enlarged;
    } catch (error) {
      await model.release?.();
      const isHopeless = error instanceof HeirloomError && error.code === 'model.wrong-digest';
      const isSmallest = tile.widthPx <= smallestTilePx && tile.heightPx <= smallestTilePx;
      if (error instanceof JobCancelled || isHopeless || fixed !== null || isSmallest) throw error;
      tile = { widthPx: halfTile(tile.widthPx), heightPx: halfTile(tile.heightPx) };
    }
  }
}

/** What a tile of that size leaves behind in the network's buffers. */
function workingBytes({ widthPx, heightPx }: TileSize, { file: { contract } }: LoadedModel): number {
  return (widthPx + 2 * padPx) * (heightPx + 2 * padPx) * bytesPerPixel(contract);
}

function firstTileSize(photo: Raster, model: LoadedModel, options: UpscaleOptions): TileSize {
  if (options.tilePx !== undefined) {
    return {
      widthPx: Math.min(options.tilePx, photo.widthPx),
      heightPx: Math.min(options.tilePx, photo.heightPx),
    };
  }
  const pixels = tilePixelsWithin(options.freeBytes ?? process.availableMemory(), model.file.contract);
  return chooseTileSize(photo, pixels, padPx, smallestTilePx);
}

function halfTile(sidePx: number): number {
  return Math.max(Math.min(smallestTilePx, sidePx), Math.floor(sidePx / 2));
}

async function upscaleInTiles(
  photo: Raster,
  model: LoadedModel,
  tile: TileSize,
  fixed: { widthPx: number; heightPx: number } | null,
  options: { signal: AbortSignal; onProgress: (fraction: number) => void },
): Promise<Raster> {
  const scale = upscalerScale(model);
  const multiple = model.file.contract.sideMultiple ?? 1;
  const line = { padPx, multiple };
  const columns = makeTileLine(photo.widthPx, {
    ...line,
    tilePx: tile.widthPx,
    fixedPx: fixed?.widthPx ?? null,
  });
  const rows = makeTileLine(photo.heightPx, {
    ...line,
    tilePx: tile.heightPx,
    fixedPx: fixed?.heightPx ?? null,
  });
  if (columns.windowPx === photo.widthPx && rows.windowPx === photo.heightPx) {
    throwIfCancelled(options.signal);
    const enlarged = await upscaleTile(photo, model);
    options.onProgress(1);
    return enlarged;
  }
  const output = blankRaster(photo.widthPx * scale, photo.heightPx * scale, photo);
  const strip = blankRaster(output.widthPx, rows.windowPx * scale, photo);
  const total = rows.windows.length * columns.windows.length;
  let done = 0;
  for (const row of rows.windows) {
    for (const column of columns.windows) {
      throwIfCancelled(options.signal);
      const cut = readMirrored(photo, column.from, row.from, columns.windowPx, rows.windowPx);
      joinTile(strip, await upscaleTile(cut, model), spanOf(column, columns, photo.widthPx, scale));
      done += 1;
      options.onProgress(done / total);
    }
    joinStrip(output, strip, spanOf(row, rows, photo.heightPx, scale));
  }
  return output;
}

/** A window's place in the output: it fades in around the border it shares with the window before. */
function spanOf(window: TileWindow, line: TileLine, lengthPx: number, scale: number): OutputSpan {
  // Never wider than the overlap, or a tile would be asked for pixels it does not have.
  const half = (border: number, from: number) => Math.min(fadePx / 2, border - from);
  const isFirst = window.ownFrom === 0;
  const isLast = window.ownTo === lengthPx;
  const fadeIn = isFirst ? 0 : half(window.ownFrom, window.from);
  const fadeOut = isLast ? 0 : Math.min(fadePx / 2, window.from + line.windowPx - window.ownTo);
  return {
    from: window.from * scale,
    writeFrom: (window.ownFrom - fadeIn) * scale,
    fullFrom: (window.ownFrom + fadeIn) * scale,
    writeTo: (window.ownTo + fadeOut) * scale,
  };
}
