// Says how much detail a face still has, before any model runs. Pure; runs in the engine process.
// Each octave of a sharp photo holds about as much detail as the next; blur, enlargement and compression empty the
// finest octaves first, so the ratios between neighbouring octaves tell how far down the detail ends.
import { lumaOf } from '../pixels/luma.ts';
import type { Plane, Raster } from '../pixels/raster.ts';
import { resizePlane, resizeRaster } from '../pixels/resize.ts';

export interface FaceJudgement {
  /** The side, in pixels, of the smallest aligned face that would hold all the detail there is: 32 to 512. */
  readonly detailPx: number;
  /** 0 (none) to 1 (grain or sensor noise drowns the finest detail). */
  readonly noise: number;
}

const judgedSizePx = 512;

/**
 * Detail ratio of an octave to the next coarser one, and the reduction that leaves it, medians of 150 photographed
 * faces reduced by each factor and enlarged again. A table holds where its ratio is below `below`.
 */
const reductionByRatio: readonly {
  readonly octave: number;
  readonly below: number;
  readonly table: readonly (readonly [ratio: number, reduction: number])[];
}[] = [
  {
    octave: 3,
    below: 0.5,
    table: [
      [0.61, 8],
      [0.46, 12],
      [0.37, 16],
    ],
  },
  {
    octave: 2,
    below: 0.5,
    table: [
      [0.57, 4],
      [0.44, 6],
      [0.36, 8],
    ],
  },
  {
    octave: 1,
    below: 0.6,
    table: [
      [0.6, 1],
      [0.49, 2],
      [0.43, 3],
      [0.37, 4],
    ],
  },
];

/** `face`: aligned, square, sRGB, any size and depth. */
export function judgeFace(face: Raster): FaceJudgement {
  const full =
    face.widthPx === judgedSizePx ? face : resizeRaster(face, judgedSizePx, judgedSizePx, 'bicubic');
  let luma = lumaOf(full);
  const detail: number[] = [];
  for (let octave = 0; octave < 5; octave += 1) {
    detail.push(detailOf(luma));
    luma = resizePlane(luma, luma.widthPx / 2, luma.heightPx / 2, 'area');
  }
  const ratio = (octave: number): number =>
    (detail[octave] as number) / Math.max(detail[octave + 1] as number, 1e-6);
  // Coarse octaves first: what enlarging leaves in the fine ones is not detail.
  const asked = reductionByRatio.find(({ octave, below }) => ratio(octave) < below);
  const reduction = asked === undefined ? 1 : interpolate(asked.table, ratio(asked.octave));
  // Noise fills the finest octave beyond what any sharp face has there.
  const noise = reduction >= 8 ? 0 : Math.min(1, Math.max(0, (ratio(0) - 0.6) / 0.9));
  return { detailPx: judgedSizePx / reduction, noise };
}

/** `table` falls in its first and rises in its second number; beyond its ends the end's value. */
function interpolate(table: readonly (readonly [number, number])[], value: number): number {
  for (let index = 1; index < table.length; index += 1) {
    const [high, from] = table[index - 1] as readonly [number, number];
    const [low, to] = table[index] as readonly [number, number];
    if (value >= high) return from;
    if (value > low) return from + ((high - value) / (high - low)) * (to - from);
  }
  return (table[table.length - 1] as readonly [number, number])[1];
}

/** Root mean square of the 5-point Laplacian where eyes, nose and mouth are. */
function detailOf({ widthPx, heightPx, data }: Plane): number {
  let [sum, count] = [0, 0];
  for (let y = Math.floor(heightPx * 0.3); y < heightPx * 0.85; y += 1) {
    for (let x = Math.floor(widthPx * 0.25); x < widthPx * 0.75; x += 1) {
      const at = y * widthPx + x;
      const change =
        4 * (data[at] as number) -
        (data[at - 1] as number) -
        (data[at + 1] as number) -
        (data[at - widthPx] as number) -
        (data[at + widthPx] as number);
      sum += change * change;
      count += 1;
    }
  }
  return Math.sqrt(sum / count);
}
