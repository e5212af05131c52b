// Finds the frames at which a new scene begins, from a tiny gray picture of each frame. Pure; runs in the engine process.

const columns = 32;
const rows = 18;
/** Samples per cell and direction: enough that grain averages out. */
const samplesAcross = 8;

/** Samples of one frame's luma (or of any one channel): `step` apart, `stride` per row. */
export interface LumaSamples {
  readonly samples: Uint8Array | Uint16Array;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly step: number;
  /** Offset of the first sample. */
  readonly first: number;
  readonly largest: number;
}

/** Mean brightness of each cell of a coarse grid, 0..255. */
export function thumbnailOf({ samples, widthPx, heightPx, step, first, largest }: LumaSamples): Float32Array {
  const thumbnail = new Float32Array(columns * rows);
  const across = columns * samplesAcross;
  const down = rows * samplesAcross;
  for (let j = 0; j < down; j++) {
    const row = Math.floor(((j + 0.5) * heightPx) / down) * widthPx;
    const cellRow = Math.floor(j / samplesAcross) * columns;
    for (let i = 0; i < across; i++) {
      const column = Math.floor(((i + 0.5) * widthPx) / across);
      const cell = cellRow + Math.floor(i / samplesAcross);
      thumbnail[cell] = (thumbnail[cell] ?? 0) + (samples[first + (row + column) * step] ?? 0);
    }
  }
  const unit = 255 / (largest * samplesAcross * samplesAcross);
  for (let cell = 0; cell < thumbnail.length; cell++) thumbnail[cell] = (thumbnail[cell] ?? 0) * unit;
  return thumbnail;
}

/** Below this deviation a picture is one flat tone: nothing to correlate. */
const flatDeviation = 2;
/** Least change (0 same, 1 unrelated) that can be a cut; a running camera stays below. */
const leastChange = 0.35;
/** And this many times what changed from frame to frame just before. */
const timesUsual = 5;
const remembered = 8;

/** Compares shapes, not brightness: old films flicker, and flicker is no cut. */
export class CutFinder {
  #previous: Float32Array | null = null;
  #recentChanges: number[] = [];

  /** Frames come in order; true for the first frame of a new scene. The very first frame is no cut. */
  isCut(thumbnail: Float32Array): boolean {
    const previous = this.#previous;
    this.#previous = thumbnail;
    if (previous === null) return false;
    const change = changeBetween(previous, thumbnail);
    const usual =
      this.#recentChanges.reduce((sum, value) => sum + value, 0) / Math.max(1, this.#recentChanges.length);
    const isCut = change > Math.max(leastChange, Math.min(timesUsual * usual, 0.9));
    if (isCut) this.#recentChanges = [];
    else this.#recentChanges = [...this.#recentChanges, change].slice(-remembered);
    return isCut;
  }
}

/** 0: the same picture but for brightness and contrast; 1: unrelated. */
function changeBetween(before: Float32Array, after: Float32Array): number {
  const [a, b] = [statistics(before), statistics(after)];
  if (a.deviation < flatDeviation && b.deviation < flatDeviation) return 0;
  if (a.deviation < flatDeviation || b.deviation < flatDeviation) {
    // Fading out or in passes through flat pictures slowly; only a jump is a cut.
    return Math.abs(a.deviation - b.deviation) > 8 * flatDeviation ? 1 : 0;
  }
  let covariance = 0;
  for (let cell = 0; cell < before.length; cell++) {
    covariance += ((before[cell] ?? 0) - a.mean) * ((after[cell] ?? 0) - b.mean);
  }
  const correlation = covariance / (before.length * a.deviation * b.deviation);
  return Math.min(1, 1 - correlation);
}

function statistics(values: Float32Array): { mean: number; deviation: number } {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / values.length) };
}
