// Quarter turns of a picture and the way back for what was found in it. Runs in the engine process; pure functions.
import type { Point } from '#shared/domain/geometry.ts';
import { blankRaster, type Raster } from '../../pixels/raster.ts';

export type QuarterTurn = 0 | 90 | 180 | 270;

/** `degrees` clockwise. */
export function turnRaster(source: Raster, degrees: QuarterTurn): Raster {
  if (degrees === 0) return source;
  const { widthPx, heightPx, data } = source;
  const isSideways = degrees !== 180;
  const target = blankRaster(isSideways ? heightPx : widthPx, isSideways ? widthPx : heightPx, source);
  // Where the source's first pixel goes, and how far one step right or down moves in the target.
  const [start, right, down] = {
    90: [heightPx - 1, heightPx, -1],
    180: [widthPx * heightPx - 1, -1, -widthPx],
    270: [(widthPx - 1) * heightPx, -heightPx, 1],
  }[degrees] as [number, number, number];
  let from = 0;
  for (let row = 0; row < heightPx; row++) {
    let to = (start + row * down) * 3;
    for (let column = 0; column < widthPx; column++, from += 3, to += right * 3) {
      target.data[to] = data[from] as number;
      target.data[to + 1] = data[from + 1] as number;
      target.data[to + 2] = data[from + 2] as number;
    }
  }
  return target;
}

/** A position in the turned picture as a position in the picture before turning, whose size is given. */
export function turnBack([x, y]: Point, degrees: QuarterTurn, widthPx: number, heightPx: number): Point {
  switch (degrees) {
    case 0:
      return [x, y];
    case 90:
      return [y, heightPx - x];
    case 180:
      return [widthPx - x, heightPx - y];
    case 270:
      return [widthPx - y, x];
  }
}
