// Joins tiles into a strip and strips into a picture, fading each into the one before. Runs in the engine process.
import { blankRaster, type Raster } from '../../pixels/raster.ts';

/** Part of a tile or strip along one direction, in output pixels. */
export interface OutputSpan {
  /** Where sample 0 of the piece lies in the whole. */
  readonly from: number;
  /** The piece is written from here ... */
  readonly writeFrom: number;
  /** ... fading in until here (equal to writeFrom: no fade) ... */
  readonly fullFrom: number;
  /** ... to here. */
  readonly writeTo: number;
}

/** Writes columns of `tile` into `strip`, blending with what is there where the tile fades in. Heights are equal. */
export function joinTile(strip: Raster, tile: Raster, span: OutputSpan): void {
  const fullFrom = Math.min(span.fullFrom, span.writeTo);
  for (let row = 0; row < strip.heightPx; row++) {
    const at = row * strip.widthPx;
    const from = row * tile.widthPx - span.from;
    for (let column = span.writeFrom; column < fullFrom; column++) {
      const weight = fadeIn(column, span);
      for (let channel = 0; channel < 3; channel++) {
        const value = tile.data[(from + column) * 3 + channel] as number;
        const old = strip.data[(at + column) * 3 + channel] as number;
        strip.data[(at + column) * 3 + channel] = old + weight * (value - old) + 0.5;
      }
    }
    const rest = tile.data.subarray((from + fullFrom) * 3, (from + span.writeTo) * 3);
    strip.data.set(rest, (at + fullFrom) * 3);
  }
}

/** Writes rows of `strip` into `picture`. Widths are equal. */
export function joinStrip(picture: Raster, strip: Raster, span: OutputSpan): void {
  const line = picture.widthPx * 3;
  for (let row = span.writeFrom; row < span.writeTo; row++) {
    const weight = fadeIn(row, span);
    const from = (row - span.from) * line;
    const at = row * line;
    if (weight >= 1) {
      picture.data.set(strip.data.subarray(from, from + line), at);
      continue;
    }
    for (let i = 0; i < line; i++) {
      const old = picture.data[at + i] as number;
      picture.data[at + i] = old + weight * ((strip.data[from + i] as number) - old) + 0.5;
    }
  }
}

function fadeIn(position: number, { writeFrom, fullFrom }: OutputSpan): number {
  return position >= fullFrom ? 1 : (position - writeFrom + 0.5) / (fullFrom - writeFrom);
}

/** A window of `source`; beyond its sides the picture is mirrored, without repeating the outermost samples. */
export function readMirrored(
  source: Raster,
  left: number,
  top: number,
  widthPx: number,
  heightPx: number,
): Raster {
  const window = blankRaster(widthPx, heightPx, source);
  let at = 0;
  for (let row = 0; row < heightPx; row++) {
    const line = mirror(top + row, source.heightPx) * source.widthPx;
    for (let column = 0; column < widthPx; column++, at += 3) {
      const from = (line + mirror(left + column, source.widthPx)) * 3;
      window.data[at] = source.data[from] as number;
      window.data[at + 1] = source.data[from + 1] as number;
      window.data[at + 2] = source.data[from + 2] as number;
    }
  }
  return window;
}

function mirror(index: number, size: number): number {
  if (index >= 0 && index < size) return index;
  if (size === 1) return 0;
  const period = 2 * (size - 1);
  const folded = ((index % period) + period) % period;
  return folded < size ? folded : period - folded;
}
