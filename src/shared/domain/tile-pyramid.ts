// A picture cut into square tiles at several sizes, each level half as large as the next. Pure numbers.
// Level 0 fits into one tile; the top level is the picture itself. What no tile is needed for is never decoded.

/** Side of a tile in pixels; those at the right and at the bottom may be smaller. */
export const tileSidePx = 512;

/** Of the level that has all pixels. */
export function topLevel(widthPx: number, heightPx: number): number {
  return Math.max(0, Math.ceil(Math.log2(Math.max(widthPx, heightPx) / tileSidePx)));
}

/** Width and height of a level, in pixels. Halves are rounded up. */
export function levelSize(widthPx: number, heightPx: number, level: number): [number, number] {
  const factor = 2 ** (topLevel(widthPx, heightPx) - level);
  return [Math.ceil(widthPx / factor), Math.ceil(heightPx / factor)];
}
