// Finds pixelated regions of a photo. Runs in the engine process; reads the photo only.
import type { Box } from '#shared/domain/geometry.ts';
import { throwIfCancelled } from '#shared/errors/heirloom-error.ts';
import { lumaOf } from '../../pixels/luma.ts';
import type { Plane, Raster } from '../../pixels/raster.ts';
import { findGridAxis, type GridAxis } from './mosaic-grid.ts';

export interface Mosaic {
  /** Whole squares only, in photo pixels. */
  readonly boxInPhoto: Box;
  readonly across: GridAxis;
  readonly down: GridAxis;
}

export interface FindMosaicsOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

/** Side of the windows whose edges are looked at together, and how far apart they lie. */
const windowPx = 160;
const windowStepPx = 80;
const largestPitchPx = 40;
/** A natural window reaches about 0.3; a mosaic saved as JPEG of quality 60 still 0.6. Measured in the tests. */
const clearEnough = 0.3;
const clearEnoughTogether = 0.5;
const evenEnough = 0.6;
/** Differences between neighbours below this (of 255) are noise, grain or compression. */
const edgeFrom = 4;
/** Largest mean difference inside a square, as a part of the differences across its borders. */
const flatness = 0.35;
/** Inside differences up to this are flat whatever the borders are: what compression leaves of one tone. */
const alwaysFlat = 1.2;
/** A square whose borders differ less than this from its neighbours (of 255) could be any even surface. */
const borderFrom = 7;
/** Parts of a row or column of squares: so many flat, so many of them with real borders. */
const flatShare = 0.8;
const borderedShare = 0.4;
/** Of the whole region. Compression blocks on an even surface are flat, but few have such borders. */
const regionBorderedShare = 0.5;
/** Squares a window must show along each side to be looked at closer. */
const fewestSquares = 4;
/** A region of fewer squares along a side hides nothing that could be found again. */
const fewestInRegion = 6;

/** Regions that do not touch each other, largest first. None is the normal result. Throws JobCancelled. */
export function findMosaics(photo: Raster, { signal, onProgress }: FindMosaicsOptions): Mosaic[] {
  const luma = lumaOf(photo);
  const found: Mosaic[] = [];
  const rows = windowStarts(luma.heightPx);
  for (const [index, top] of rows.entries()) {
    throwIfCancelled(signal);
    for (const left of windowStarts(luma.widthPx)) {
      if (found.some(({ boxInPhoto }) => contains(boxInPhoto, left, top))) continue;
      const grid = gridOfWindow(luma, left, top);
      if (grid === null) continue;
      const region = growRegion(luma, grid, left, top);
      if (region === null) continue;
      const overlapping = found.findIndex(({ boxInPhoto }) => overlap(boxInPhoto, region.boxInPhoto));
      if (overlapping < 0) found.push(region);
      else if (area(region) > area(found[overlapping] as Mosaic)) found[overlapping] = region;
    }
    onProgress?.((index + 1) / rows.length);
  }
  return found.sort((a, b) => area(b) - area(a));
}

/**
 * The grid inside a region somebody marked. Null where the marked region has no grid.
 * `boxInPhoto` may be larger than the mosaic.
 */
export function mosaicWithin(photo: Raster, boxInPhoto: Box): Mosaic | null {
  return gridWithin(lumaOf(photo), boxInPhoto);
}

function gridWithin(luma: Plane, boxInPhoto: Box): Mosaic | null {
  const left = Math.max(0, Math.floor(boxInPhoto.x));
  const top = Math.max(0, Math.floor(boxInPhoto.y));
  const right = Math.min(luma.widthPx, Math.ceil(boxInPhoto.x + boxInPhoto.width));
  const bottom = Math.min(luma.heightPx, Math.ceil(boxInPhoto.y + boxInPhoto.height));
  if (right - left < 2 * fewestSquares || bottom - top < 2 * fewestSquares) return null;
  const across = findGridAxis(profileAcross(luma, left, top, right, bottom), (right - left) / fewestSquares);
  const down = findGridAxis(profileDown(luma, left, top, right, bottom), (bottom - top) / fewestSquares);
  if (across === null || down === null) return null;
  const grid = { across: moved(across, left), down: moved(down, top) };
  const columns = lineRange(grid.across, left, right);
  const lines = lineRange(grid.down, top, bottom);
  if (columns === null || lines === null) return null;
  return { boxInPhoto: boxOf(grid, columns, lines), ...grid };
}

type Grid = Pick<Mosaic, 'across' | 'down'>;

function gridOfWindow(luma: Plane, left: number, top: number): Grid | null {
  const right = Math.min(luma.widthPx, left + windowPx);
  const bottom = Math.min(luma.heightPx, top + windowPx);
  const across = findGridAxis(profileAcross(luma, left, top, right, bottom), largestPitchPx);
  if (!isGrid(across)) return null;
  const down = findGridAxis(profileDown(luma, left, top, right, bottom), largestPitchPx);
  if (!isGrid(down)) return null;
  if (Math.sqrt(across.clarity * down.clarity) < clearEnoughTogether) return null;
  // Squares: a fence or a shelf has lines one way, or another spacing the other way.
  if (Math.abs(Math.log(across.pitchPx / down.pitchPx)) > 0.15) return null;
  return { across: moved(across, left), down: moved(down, top) };
}

const isGrid = (axis: GridAxis | null): axis is GridAxis =>
  axis !== null && axis.clarity >= clearEnough && axis.evenness >= evenEnough;

const moved = (axis: GridAxis, byPx: number): GridAxis => ({ ...axis, originPx: axis.originPx + byPx });

type Range = readonly [first: number, end: number];

/** From the window's squares inwards to those that are a mosaic, then outwards while they go on. */
function growRegion(luma: Plane, grid: Grid, left: number, top: number): Mosaic | null {
  const lookAt = squareReader(luma, grid);
  const sharesOf = (columns: Range, lines: Range) => {
    let [flat, bordered] = [0, 0];
    for (let column = columns[0]; column < columns[1]; column += 1)
      for (let line = lines[0]; line < lines[1]; line += 1) {
        const square = lookAt(column, line);
        if (square.isFlat) flat += 1;
        if (square.isFlat && square.hasBorders) bordered += 1;
      }
    const count = (columns[1] - columns[0]) * (lines[1] - lines[0]);
    return { flat: flat / count, bordered: bordered / count };
  };
  const isMosaic = (columns: Range, lines: Range): boolean => {
    const { flat, bordered } = sharesOf(columns, lines);
    return flat >= flatShare && bordered >= borderedShare;
  };
  const columnsInWindow = lineRange(grid.across, left, Math.min(luma.widthPx, left + windowPx));
  const linesInWindow = lineRange(grid.down, top, Math.min(luma.heightPx, top + windowPx));
  if (columnsInWindow === null || linesInWindow === null) return null;
  let columns: Range = columnsInWindow;
  let lines: Range = linesInWindow;
  for (let shrank = true; shrank; ) {
    if (columns[1] - columns[0] < fewestSquares || lines[1] - lines[0] < fewestSquares) return null;
    const [firstColumn, endColumn]: Range = columns;
    const [firstLine, endLine]: Range = lines;
    shrank = true;
    if (!isMosaic([firstColumn, firstColumn + 1], lines)) columns = [firstColumn + 1, endColumn];
    else if (!isMosaic([endColumn - 1, endColumn], lines)) columns = [firstColumn, endColumn - 1];
    else if (!isMosaic(columns, [firstLine, firstLine + 1])) lines = [firstLine + 1, endLine];
    else if (!isMosaic(columns, [endLine - 1, endLine])) lines = [firstLine, endLine - 1];
    else shrank = false;
  }
  const widest: Range = lineRange(grid.across, 0, luma.widthPx) ?? columns;
  const tallest: Range = lineRange(grid.down, 0, luma.heightPx) ?? lines;
  for (let grew = true; grew; ) {
    const [firstColumn, endColumn]: Range = columns;
    const [firstLine, endLine]: Range = lines;
    grew = true;
    if (firstColumn > widest[0] && isMosaic([firstColumn - 1, firstColumn], lines))
      columns = [firstColumn - 1, endColumn];
    else if (endColumn < widest[1] && isMosaic([endColumn, endColumn + 1], lines))
      columns = [firstColumn, endColumn + 1];
    else if (firstLine > tallest[0] && isMosaic(columns, [firstLine - 1, firstLine]))
      lines = [firstLine - 1, endLine];
    else if (endLine < tallest[1] && isMosaic(columns, [endLine, endLine + 1]))
      lines = [firstLine, endLine + 1];
    else grew = false;
  }
  if (sharesOf(columns, lines).bordered < regionBorderedShare) return null;
  if (Math.min(columns[1] - columns[0], lines[1] - lines[0]) < fewestInRegion) return null;
  const box = boxOf(grid, columns, lines);
  // The whole region has more lines than the window that found it: its grid is the more exact one.
  const exact = gridWithin(luma, box);
  const agrees =
    exact !== null &&
    isGrid(exact.across) &&
    isGrid(exact.down) &&
    Math.abs(Math.log(exact.across.pitchPx / grid.across.pitchPx)) < 0.1 &&
    Math.abs(Math.log(exact.down.pitchPx / grid.down.pitchPx)) < 0.1;
  // A window's edges may fall into step by chance; a whole region's do not.
  return agrees ? exact : null;
}

interface Square {
  readonly isFlat: boolean;
  readonly hasBorders: boolean;
}

/** What the square between lines (column, column + 1) and (line, line + 1) looks like. Remembers its answers. */
function squareReader(luma: Plane, { across, down }: Grid): (column: number, line: number) => Square {
  const { widthPx, heightPx, data } = luma;
  const memory = new Map<string, Square>();
  return (column, line) => {
    const key = `${column} ${line}`;
    const known = memory.get(key);
    if (known !== undefined) return known;
    const left = across.originPx + column * across.pitchPx;
    const top = down.originPx + line * down.pitchPx;
    const [right, bottom] = [left + across.pitchPx, top + down.pitchPx];
    let [inside, insideCount] = [0, 0];
    // Per border the strongest of the three differences around it: lines of enlarged mosaics fall between pixels.
    const borders: number[] = [];
    const at = (x: number, y: number): number =>
      data[
        Math.min(heightPx - 1, Math.max(0, y)) * widthPx + Math.min(widthPx - 1, Math.max(0, x))
      ] as number;
    for (let y = Math.ceil(top + 1.5); y < bottom - 1.5; y += 1) {
      for (let x = Math.ceil(left + 1.5); x < right - 1.5; x += 1) {
        inside += Math.max(Math.abs(at(x, y) - at(x - 1, y)), Math.abs(at(x, y) - at(x, y - 1)));
        insideCount += 1;
      }
    }
    const [middleX, middleY] = [Math.round((left + right) / 2), Math.round((top + bottom) / 2)];
    for (const edge of [left, right]) {
      const x = Math.round(edge);
      borders.push(Math.abs(at(x + 1, middleY) - at(x - 2, middleY)));
    }
    for (const edge of [top, bottom]) {
      const y = Math.round(edge);
      borders.push(Math.abs(at(middleX, y + 1) - at(middleX, y - 2)));
    }
    const strongest = Math.max(...borders);
    const isFlat = insideCount > 0 && inside / insideCount <= Math.max(alwaysFlat, flatness * strongest);
    const square = { isFlat, hasBorders: strongest >= borderFrom };
    memory.set(key, square);
    return square;
  };
}

/** Numbers of the first and last grid line between two positions; null with fewer than `fewestSquares` squares. */
function lineRange({ originPx, pitchPx }: GridAxis, fromPx: number, toPx: number): Range | null {
  const first = Math.ceil((fromPx - originPx) / pitchPx - 0.1);
  const last = Math.floor((toPx - originPx) / pitchPx + 0.1);
  return last - first < fewestSquares ? null : [first, last];
}

function boxOf({ across, down }: Grid, columns: Range, lines: Range): Box {
  return {
    x: across.originPx + columns[0] * across.pitchPx,
    y: down.originPx + lines[0] * down.pitchPx,
    width: (columns[1] - columns[0]) * across.pitchPx,
    height: (lines[1] - lines[0]) * down.pitchPx,
  };
}

/** Edge strength between each column of the rectangle and the one before it. */
function profileAcross(luma: Plane, left: number, top: number, right: number, bottom: number): Float64Array {
  const profile = new Float64Array(right - left);
  for (let y = top; y < bottom; y += 1) {
    const row = y * luma.widthPx;
    for (let x = left + 1; x < right; x += 1) {
      const change = Math.abs((luma.data[row + x] as number) - (luma.data[row + x - 1] as number));
      // Square root: one sharp edge of the picture must not outweigh a hundred faint ones of the grid.
      if (change >= edgeFrom) profile[x - left] = (profile[x - left] as number) + Math.sqrt(change);
    }
  }
  return profile;
}

function profileDown(luma: Plane, left: number, top: number, right: number, bottom: number): Float64Array {
  const profile = new Float64Array(bottom - top);
  for (let y = top + 1; y < bottom; y += 1) {
    const [row, above] = [y * luma.widthPx, (y - 1) * luma.widthPx];
    for (let x = left; x < right; x += 1) {
      const change = Math.abs((luma.data[row + x] as number) - (luma.data[above + x] as number));
      if (change >= edgeFrom) profile[y - top] = (profile[y - top] as number) + Math.sqrt(change);
    }
  }
  return profile;
}

function windowStarts(lengthPx: number): number[] {
  const starts: number[] = [];
  for (let start = 0; start === 0 || start + windowPx / 2 < lengthPx; start += windowStepPx)
    starts.push(start);
  return starts;
}

const area = ({ boxInPhoto }: Mosaic): number => boxInPhoto.width * boxInPhoto.height;

function contains(box: Box, left: number, top: number): boolean {
  const [right, bottom] = [left + windowPx, top + windowPx];
  return left >= box.x && top >= box.y && right <= box.x + box.width && bottom <= box.y + box.height;
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
