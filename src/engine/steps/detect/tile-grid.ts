// Where to look: the photo at several zooms, each covered with overlapping square tiles. Pure arithmetic, engine process.
import type { AffineMatrix } from '../../pixels/affine-matrix.ts';

export interface Tile {
  /** From positions in the tile (network input) to positions in the photo. */
  readonly tileToPhoto: AffineMatrix;
  /** Which edges of the tile cut through the photo; a face that touches one is seen whole in another tile. */
  readonly cuts: {
    readonly left: boolean;
    readonly top: boolean;
    readonly right: boolean;
    readonly bottom: boolean;
  };
}

export interface TileGridOptions {
  readonly tileSidePx: number;
  /** Neighbours share this much; faces up to this size are seen whole at every zoom. */
  readonly overlapPx: number;
  /** Tile pixels per photo pixel of the finest zoom. */
  readonly finestZoom: number;
}

/** Coarsest first: the whole photo with room around it, the whole photo, then finer in even steps to the finest. */
export function tileGrid(widthPx: number, heightPx: number, options: TileGridOptions): Tile[] {
  const { tileSidePx, finestZoom } = options;
  const wholeZoom = tileSidePx / Math.max(widthPx, heightPx);
  const zooms = [wholeZoom * roomyShare, wholeZoom];
  const steps = Math.ceil(Math.log(finestZoom / wholeZoom) / Math.log(largestStep) - 0.2);
  for (let step = 1; step <= steps; step++)
    zooms.push(wholeZoom * (finestZoom / wholeZoom) ** (step / steps));
  return zooms.flatMap((zoom) => tilesAtZoom(widthPx, heightPx, zoom, options));
}

/**
 * From one zoom to the next. A face too large for the overlap at one zoom must be large enough to be found at the
 * coarser one before: overlap over smallest face is 4 for the bundled detector, so there is room to see most twice.
 */
const largestStep = 2.2;

/** A face that fills the whole photo is too large for detectors trained on people at arm's length. */
const roomyShare = 0.6;

function tilesAtZoom(widthPx: number, heightPx: number, zoom: number, options: TileGridOptions): Tile[] {
  const tiles: Tile[] = [];
  const across = startsAlong(widthPx * zoom, options);
  for (const top of startsAlong(heightPx * zoom, options)) {
    for (const left of across) {
      tiles.push({
        tileToPhoto: [1 / zoom, 0, left / zoom, 0, 1 / zoom, top / zoom],
        cuts: {
          left: left > 0.5,
          top: top > 0.5,
          right: left + options.tileSidePx < widthPx * zoom - 0.5,
          bottom: top + options.tileSidePx < heightPx * zoom - 0.5,
        },
      });
    }
  }
  return tiles;
}

/** Evenly spread, the first flush with the start and the last with the end; a short side is centred in its one tile. */
function startsAlong(length: number, { tileSidePx, overlapPx }: TileGridOptions): number[] {
  if (length <= tileSidePx) return [(length - tileSidePx) / 2];
  const count = Math.ceil((length - overlapPx) / (tileSidePx - overlapPx));
  return Array.from({ length: count }, (_, index) => (index * (length - tileSidePx)) / (count - 1));
}
