// Which tiles of a picture the pane shows, and where they lie on it. Pure.
import type { Tile } from '#shared/contract/pictures.ts';
import { levelSize, tileSidePx, topLevel } from '#shared/domain/tile-pyramid.ts';
import type { Size, View } from './view-transform.ts';

export interface PlacedTile extends Tile {
  /** CSS pixels on the pane, on whole device pixels, so that neighbours touch without a seam. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The level that is sharp on the screen, on top of the next coarser one: zooming either way, something of the level
 * before is still there until the new tiles have come. `photo`: the size `view` is about.
 */
export function visibleTiles(
  picture: { readonly widthPx: number; readonly heightPx: number },
  photo: Size,
  view: View,
  pane: Size,
  devicePixels: number,
): PlacedTile[] {
  const sharpest = topLevel(picture.widthPx, picture.heightPx);
  const devicePixelsPerPixel = ((photo.width * view.scale) / picture.widthPx) * devicePixels;
  const halvings = Math.max(0, Math.floor(-Math.log2(devicePixelsPerPixel) + 0.1));
  const level = Math.max(0, sharpest - halvings);
  const levels = level === 0 ? [0] : [level - 1, level];
  return levels.flatMap((each) => tilesOfLevel(each));

  function tilesOfLevel(each: number): PlacedTile[] {
    const [levelWidth, levelHeight] = levelSize(picture.widthPx, picture.heightPx, each);
    const columns = along(view.x, photo.width * view.scale, levelWidth, pane.width, devicePixels);
    const rows = along(view.y, photo.height * view.scale, levelHeight, pane.height, devicePixels);
    return rows.flatMap((row) =>
      columns.map((column) => ({
        level: each,
        column: column.index,
        row: row.index,
        left: column.start,
        width: column.end - column.start,
        top: row.start,
        height: row.end - row.start,
      })),
    );
  }
}

/** The tiles of one axis that lie on the pane. */
function along(
  offset: number,
  shown: number,
  levelPx: number,
  panePx: number,
  devicePixels: number,
): { index: number; start: number; end: number }[] {
  const scale = shown / levelPx;
  const snap = (value: number): number => Math.round(value * devicePixels) / devicePixels;
  const first = Math.max(0, Math.floor(-offset / scale / tileSidePx));
  const last = Math.min(Math.ceil(levelPx / tileSidePx), Math.ceil((panePx - offset) / scale / tileSidePx));
  return Array.from({ length: Math.max(0, last - first) }, (_, place) => {
    const index = first + place;
    return {
      index,
      start: snap(offset + index * tileSidePx * scale),
      end: snap(offset + Math.min(levelPx, (index + 1) * tileSidePx) * scale),
    };
  });
}
