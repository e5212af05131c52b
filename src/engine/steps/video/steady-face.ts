// Holds a restored face still from frame to frame: what does not move is averaged over time, what moves is not.
// Runs in the engine process; plain arithmetic. The history is part of the result, so it can be stored and taken up again.
import { maxSample, type Plane, type Raster, setSample } from '../../pixels/raster.ts';

const gridCells = 32;

/** Of one track, after a frame. Floats, so that slow changes are not rounded away. */
export interface SteadyHistory {
  /** Frame it belongs to; the next one must follow directly. */
  readonly frame: number;
  /** Frames averaged so far. */
  readonly count: number;
  readonly sidePx: number;
  /** Mean brightness of the aligned face before restoration, 32 by 32. */
  readonly grid: Float32Array;
  /** The steadied face, interleaved RGB. */
  readonly face: Float32Array;
  readonly mask: Plane;
}

export interface FaceInTime {
  readonly frame: number;
  /** Before restoration: tells what moves. */
  readonly aligned: Raster;
  readonly restored: Raster;
  readonly mask: Plane;
}

/** Change of a cell, in deviations of the noise, below which nothing moves and above which everything does. */
const stillBelow = 3;
const movingAbove = 8;
/** Steps of 255: no film is cleaner than this after averaging a cell. */
const leastNoise = 0.5;

/** Share a of the newest frame where nothing moves. Noise keeps sqrt(a / (2 - a)) of its deviation: 0.37 at steadiness 0.8. */
function newestShare(steadiness: number): number {
  return 1 - 0.95 * Math.min(1, Math.max(0, steadiness));
}

/**
 * `steadiness` 0 gives the face as it is. The answers are the caller's; the history keeps its own copies. `before` is used
 * up: its floats become the next history's, for they are the largest arrays of a film, and one of them is made anew for
 * each frame otherwise.
 */
export function steadyFace(
  now: FaceInTime,
  before: SteadyHistory | null,
  steadiness: number,
): { face: Raster; mask: Plane; history: SteadyHistory } {
  const grid = gridOf(now.aligned);
  const { restored } = now;
  const sidePx = restored.widthPx;
  const follows =
    before !== null &&
    before.frame === now.frame - 1 &&
    before.sidePx === sidePx &&
    before.mask.data.length === now.mask.data.length;
  if (!follows || steadiness === 0) {
    const isAsLong = before?.face.length === restored.data.length;
    const face = isAsLong ? before.face : new Float32Array(restored.data.length);
    face.set(restored.data);
    const history = { frame: now.frame, count: 1, sidePx, grid, face, mask: now.mask };
    return { face: restored, mask: now.mask, history };
  }
  const { shares, brighter } = sharesOfNewest(
    grid,
    before.grid,
    Math.max(newestShare(steadiness), 1 / (before.count + 1)),
  );
  const unit = maxSample(restored) / 255;
  const { face } = before;
  blendInto(face, restored, shares, brighter * unit);
  const mask = blendMasks(now.mask, before.mask, shares);
  const data = samplesOf(face, restored);
  return {
    face: { widthPx: sidePx, heightPx: restored.heightPx, data },
    mask,
    history: { frame: now.frame, count: before.count + 1, sidePx, grid, face, mask },
  };
}

/** Cell by cell; a film that grows brighter as a whole does not move, and takes its history along. */
function sharesOfNewest(
  grid: Float32Array,
  before: Float32Array,
  still: number,
): { shares: Float32Array; brighter: number } {
  const changes = grid.map((value, cell) => value - (before[cell] ?? 0));
  const brighter = median(changes);
  const distances = changes.map((change) => Math.abs(change - brighter));
  const noise = Math.max(leastNoise, 1.4826 * median(distances));
  const shares = distances.map((distance) => {
    const motion = (distance / noise - stillBelow) / (movingAbove - stillBelow);
    return still + (1 - still) * Math.min(1, Math.max(0, motion));
  });
  return { shares, brighter };
}

function median(values: Float32Array): number {
  const sorted = values.toSorted();
  return sorted[sorted.length >> 1] ?? 0;
}

function gridOf({ widthPx, heightPx, data }: Raster): Float32Array {
  const grid = new Float32Array(gridCells * gridCells);
  const counts = new Float32Array(gridCells * gridCells);
  const unit = data instanceof Uint16Array ? 1 / 257 : 1;
  for (let y = 0; y < heightPx; y++) {
    const cellRow = Math.floor((y * gridCells) / heightPx) * gridCells;
    for (let x = 0, at = y * widthPx * 3; x < widthPx; x++, at += 3) {
      const cell = cellRow + Math.floor((x * gridCells) / widthPx);
      const luma =
        0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number);
      grid[cell] = (grid[cell] as number) + luma * unit;
      counts[cell] = (counts[cell] as number) + 1;
    }
  }
  return grid.map((sum, cell) => sum / Math.max(1, counts[cell] ?? 1));
}

/** Left cell and share of the right one for each pixel of a side. */
function positions(sidePx: number): { cells: Uint8Array; parts: Float32Array } {
  const cells = new Uint8Array(sidePx);
  const parts = new Float32Array(sidePx);
  for (let x = 0; x < sidePx; x++) {
    const place = Math.min(gridCells - 1, Math.max(0, ((x + 0.5) * gridCells) / sidePx - 0.5));
    const cell = Math.min(gridCells - 2, Math.floor(place));
    cells[x] = cell;
    parts[x] = place - cell;
  }
  return { cells, parts };
}

/**
 * Calls back with the newest frame's share at each pixel of a row, in an array that is used again for the next one.
 * A row at a time, because V8 makes an object of each number that a callback takes: 8 MB of garbage a frame.
 */
function eachRow(
  sidePx: number,
  shares: Float32Array,
  visit: (firstPixel: number, rowShares: Float64Array) => void,
): void {
  const { cells, parts } = positions(sidePx);
  const across = new Float32Array(gridCells);
  const row = new Float64Array(sidePx);
  for (let y = 0; y < sidePx; y++) {
    const upper = (cells[y] as number) * gridCells;
    const down = parts[y] as number;
    for (let cell = 0; cell < gridCells; cell++) {
      const above = shares[upper + cell] as number;
      across[cell] = above + ((shares[upper + gridCells + cell] as number) - above) * down;
    }
    for (let x = 0; x < sidePx; x++) {
      const cell = cells[x] as number;
      const left = across[cell] as number;
      row[x] = left + ((across[cell + 1] as number) - left) * (parts[x] as number);
    }
    visit(y * sidePx, row);
  }
}

/** Each sample of `face` is read once, before it is written. */
function blendInto(
  face: Float32Array,
  { data, widthPx }: Raster,
  shares: Float32Array,
  brighter: number,
): void {
  eachRow(widthPx, shares, (firstPixel, row) => {
    for (let x = 0, at = firstPixel * 3; x < row.length; x++, at += 3) {
      const share = row[x] as number;
      const kept = 1 - share;
      face[at] = (data[at] as number) * share + ((face[at] as number) + brighter) * kept;
      face[at + 1] = (data[at + 1] as number) * share + ((face[at + 1] as number) + brighter) * kept;
      face[at + 2] = (data[at + 2] as number) * share + ((face[at + 2] as number) + brighter) * kept;
    }
  });
}

/** Rounded and clipped, in the depth of `like`. */
function samplesOf(face: Float32Array, like: Raster): Raster['data'] {
  const data = like.data instanceof Uint16Array ? new Uint16Array(face.length) : new Uint8Array(face.length);
  const limit = maxSample(like);
  for (let at = 0; at < face.length; at++) setSample(data, at, face[at] as number, limit);
  return data;
}

function blendMasks(now: Plane, before: Plane, shares: Float32Array): Plane {
  // The oval without a parser is one and the same plane each time.
  if (now === before) return now;
  const data = new Float32Array(now.data.length);
  eachRow(now.widthPx, shares, (firstPixel, row) => {
    for (let x = 0, pixel = firstPixel; x < row.length; x++, pixel++) {
      const share = row[x] as number;
      data[pixel] = (now.data[pixel] as number) * share + (before.data[pixel] as number) * (1 - share);
    }
  });
  return { widthPx: now.widthPx, heightPx: now.heightPx, data };
}
