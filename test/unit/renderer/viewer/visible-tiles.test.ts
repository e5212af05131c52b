import { describe, expect, it } from 'vitest';
import { levelSize, topLevel } from '#shared/domain/tile-pyramid.ts';
import { visibleTiles } from '../../../../src/renderer/viewer/visible-tiles.ts';

const scan = { widthPx: 11_600, heightPx: 8700 };
const photo = { width: 11_600, height: 8700 };
const pane = { width: 1000, height: 700 };

describe('visible tiles', () => {
  it('at 100 % are those of the picture itself that lie on the pane, over the next coarser ones', () => {
    const tiles = visibleTiles(scan, photo, { scale: 1, x: -5000, y: -4000 }, pane, 1);
    const sharp = tiles.filter(({ level }) => level === 5);
    expect([...new Set(sharp.map(({ column }) => column))]).toEqual([9, 10, 11]);
    expect([...new Set(sharp.map(({ row }) => row))]).toEqual([7, 8, 9]);
    expect(sharp[0]).toMatchObject({ left: 9 * 512 - 5000, top: 7 * 512 - 4000, width: 512, height: 512 });
    expect(tiles.at(-1)?.level).toBe(5);
    expect(new Set(tiles.map(({ level }) => level))).toEqual(new Set([4, 5]));
  });

  it('never many, however large the picture and wherever the view', () => {
    for (const scale of [0.1, 0.3, 0.5, 0.77, 1, 3, 16])
      for (const x of [0, -3000 * scale, -11_000 * scale]) {
        const tiles = visibleTiles(scan, photo, { scale, x, y: -2000 * scale }, pane, 1);
        expect(tiles.length).toBeLessThan(45);
        const top = topLevel(scan.widthPx, scan.heightPx);
        for (const { level, column, row } of tiles) {
          const [width, height] = levelSize(scan.widthPx, scan.heightPx, level);
          expect(level).toBeLessThanOrEqual(top);
          expect(column * 512).toBeLessThan(width);
          expect(row * 512).toBeLessThan(height);
        }
      }
  });

  it('touch without a seam at any zoom, on whole device pixels', () => {
    const tiles = visibleTiles(scan, photo, { scale: 0.3717, x: -1000.37, y: -500.91 }, pane, 1.5);
    const top = Math.max(...tiles.map(({ level }) => level));
    const sharp = tiles.filter(({ level }) => level === top);
    for (const tile of sharp) {
      expect((tile.left * 1.5) % 1).toBeCloseTo(0, 6);
      const right = sharp.find(({ column, row }) => column === tile.column + 1 && row === tile.row);
      if (right !== undefined) expect(tile.left + tile.width).toBeCloseTo(right.left, 9);
    }
  });

  it('of a result lie where the photo lies, twice as fine', () => {
    const result = { widthPx: 23_200, heightPx: 17_400 };
    const tiles = visibleTiles(result, photo, { scale: 1, x: 0, y: 0 }, pane, 2);
    expect(tiles.at(-1)).toMatchObject({ level: 6, width: 256, height: 256 });
  });
});
