// Tiles cover the photo at every zoom, and every face small enough lies whole in one of them.
import { describe, expect, it } from 'vitest';
import { type Tile, tileGrid } from '../../../../../src/engine/steps/detect/tile-grid.ts';
import { seededRandom } from '../../../../helpers/seeded-random.ts';

const options = { tileSidePx: 256, overlapPx: 80, finestZoom: 1 };
const zoomOf = ({ tileToPhoto }: Tile): number => 1 / tileToPhoto[0];

function byZoom(tiles: readonly Tile[]): Map<number, Tile[]> {
  const zooms = new Map<number, Tile[]>();
  for (const tile of tiles) {
    const zoom = Number(zoomOf(tile).toPrecision(9));
    zooms.set(zoom, [...(zooms.get(zoom) ?? []), tile]);
  }
  return zooms;
}

/** Corners of a tile in photo pixels. */
function extent({ tileToPhoto: [perPixel, , left, , , top] }: Tile) {
  const side = perPixel * options.tileSidePx;
  return { left, top, right: left + side, bottom: top + side };
}

describe('tileGrid', () => {
  it('begins with the whole photo with room around it, then the whole photo', () => {
    const tiles = tileGrid(1024, 512, options);
    expect(tiles.slice(0, 2).map(zoomOf)).toEqual([expect.closeTo(0.15, 9), expect.closeTo(0.25, 9)]);
    // The short side is centred: 128 of 256 tile pixels, 64 above, which are 256 in the photo.
    expect(tiles[1]?.tileToPhoto).toEqual([4, 0, 0, 0, 4, -256]);
    expect(tiles[1]?.cuts).toEqual({ left: false, top: false, right: false, bottom: false });
  });

  it('ends at the finest zoom asked for, in steps of not much more than 2.2', () => {
    const zooms = [...byZoom(tileGrid(4000, 3000, options)).keys()];
    expect(zooms.at(-1)).toBeCloseTo(1, 9);
    for (const [index, zoom] of zooms.entries())
      if (index > 1) expect(zoom / (zooms[index - 1] ?? zoom)).toBeLessThan(2.2 ** 1.25);
  });

  it('asks nothing finer of a photo that is small already', () => {
    expect(tileGrid(200, 100, options)).toHaveLength(2);
  });

  it('marks exactly the edges where the photo goes on', () => {
    for (const tile of tileGrid(1500, 900, options)) {
      const { left, top, right, bottom } = extent(tile);
      expect(tile.cuts).toEqual({
        left: left > 1,
        top: top > 1,
        right: right < 1499,
        bottom: bottom < 899,
      });
    }
  });

  it('holds every face up to the overlap whole in some tile of every zoom', () => {
    const seed = Math.floor(Math.random() * 2 ** 32);
    console.info(`seed ${seed}`);
    const random = seededRandom(seed);
    for (let round = 0; round < 40; round++) {
      const widthPx = 100 + Math.floor(random() * 4000);
      const heightPx = 100 + Math.floor(random() * 4000);
      for (const [zoom, tiles] of byZoom(tileGrid(widthPx, heightPx, options))) {
        const side = Math.min((options.overlapPx / zoom) * 0.999, widthPx, heightPx);
        const x = random() * (widthPx - side);
        const y = random() * (heightPx - side);
        const holds = tiles
          .map(extent)
          .some(
            ({ left, top, right, bottom }) =>
              left <= x + 1e-6 && top <= y + 1e-6 && right >= x + side - 1e-6 && bottom >= y + side - 1e-6,
          );
        expect(holds, `${widthPx} x ${heightPx}, zoom ${zoom}, face ${side} at ${x}, ${y}`).toBe(true);
      }
    }
  });
});
