// The inner loop of paste-back: for each canvas pixel under a face, mask, cubic sample, blend. Runs in the engine process.
// Plain arithmetic on typed arrays with everything hoisted: this loop is most of the step's time.
import type { AffineMatrix } from '../../pixels/affine-matrix.ts';
import { cubicPhases, phaseCount } from '../../pixels/cubic-weights.ts';
import { transformedCorners } from '../../pixels/quadrilateral.ts';
import { maxSample, type Plane, type Raster } from '../../pixels/raster.ts';
import { type FaceSamples, samplePadding } from './face-samples.ts';
import type { SquareMask } from './square-mask.ts';

export interface FaceBlend {
  readonly samples: FaceSamples;
  readonly canvasToAligned: AffineMatrix;
  readonly alignedToCanvas: AffineMatrix;
  readonly square: SquareMask;
  readonly parsing: Plane | null;
  /** Parsing mask pixels in one aligned pixel. */
  readonly parsingPerAligned: number;
  /** Canvas pixels over which the mask fades in from each border of the canvas; 0: not at all. */
  readonly borderFade: { left: number; right: number; top: number; bottom: number };
  readonly strength: number;
}

export function blendFace(canvas: Raster, blend: FaceBlend): void {
  const { square, samples, parsing, strength, borderFade } = blend;
  const { left, right, top, bottom } = square.support;
  if (right <= left || bottom <= top) return;
  const corners = transformedCorners(blend.alignedToCanvas, [left, top], [right, bottom]);
  const firstRow = Math.max(0, Math.ceil(Math.min(...corners.map(([, y]) => y))));
  const lastRow = Math.min(canvas.heightPx - 1, Math.floor(Math.max(...corners.map(([, y]) => y))));

  const canvasData = canvas.data;
  const limit = maxSample(canvas);
  const { across, down, stepsPerPx } = square;
  const { data: faceData, stride } = samples;
  const origin = samplePadding * stride + samplePadding * 3;
  const [a, b, tx, c, d, ty] = blend.canvasToAligned;
  const [fa, fb, ftx, fc, fd, fty] = samples.canvasToFace;
  const maxFaceX = samples.widthPx + 0.5;
  const maxFaceY = samples.heightPx + 0.5;
  const fades = borderFade.left > 0 || borderFade.right > 0 || borderFade.top > 0 || borderFade.bottom > 0;

  for (let row = firstRow; row <= lastRow; row++) {
    const span = spanWithin(
      [a, b * row + tx, left, right],
      [c, d * row + ty, top, bottom],
      canvas.widthPx - 1,
    );
    let at = (row * canvas.widthPx + span.first) * 3;
    for (let column = span.first; column <= span.last; column++, at += 3) {
      const u = a * column + b * row + tx;
      const v = c * column + d * row + ty;
      let mask =
        (across[((u + 1) * stepsPerPx + 0.5) | 0] as number) *
        (down[((v + 1) * stepsPerPx + 0.5) | 0] as number);
      if (parsing !== null && mask > 0) {
        const parsed = parsingAt(parsing, u, v, blend.parsingPerAligned);
        if (parsed < mask) mask = parsed;
      }
      if (fades) mask *= fadeAt(column, row, canvas, borderFade);
      mask *= strength;
      // Less than a tenth of the smallest visible step of an 8-bit sample.
      if (!(mask > 0.0004)) continue;

      let x = fa * column + fb * row + ftx;
      let y = fc * column + fd * row + fty;
      x = Math.min(Math.max(x, -1.5), maxFaceX);
      y = Math.min(Math.max(y, -1.5), maxFaceY);
      // Positions are at least -1.5: adding 2 makes truncation the same as rounding down.
      const cellX = ((x + 2) | 0) - 2;
      const cellY = ((y + 2) | 0) - 2;
      const phaseX = (((x - cellX) * phaseCount + 0.5) | 0) << 2;
      const phaseY = (((y - cellY) * phaseCount + 0.5) | 0) << 2;
      const w0 = cubicPhases[phaseX] as number;
      const w1 = cubicPhases[phaseX + 1] as number;
      const w2 = cubicPhases[phaseX + 2] as number;
      const w3 = cubicPhases[phaseX + 3] as number;
      let line = origin + (cellY - 1) * stride + (cellX - 1) * 3;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let tap = 0; tap < 4; tap++, line += stride) {
        const weight = cubicPhases[phaseY + tap] as number;
        red +=
          weight *
          (w0 * (faceData[line] as number) +
            w1 * (faceData[line + 3] as number) +
            w2 * (faceData[line + 6] as number) +
            w3 * (faceData[line + 9] as number));
        green +=
          weight *
          (w0 * (faceData[line + 1] as number) +
            w1 * (faceData[line + 4] as number) +
            w2 * (faceData[line + 7] as number) +
            w3 * (faceData[line + 10] as number));
        blue +=
          weight *
          (w0 * (faceData[line + 2] as number) +
            w1 * (faceData[line + 5] as number) +
            w2 * (faceData[line + 8] as number) +
            w3 * (faceData[line + 11] as number));
      }
      if (red < 0) red = 0;
      else if (red > limit) red = limit;
      if (green < 0) green = 0;
      else if (green > limit) green = limit;
      if (blue < 0) blue = 0;
      else if (blue > limit) blue = limit;
      const oldRed = canvasData[at] as number;
      const oldGreen = canvasData[at + 1] as number;
      const oldBlue = canvasData[at + 2] as number;
      canvasData[at] = oldRed + mask * (red - oldRed) + 0.5;
      canvasData[at + 1] = oldGreen + mask * (green - oldGreen) + 0.5;
      canvasData[at + 2] = oldBlue + mask * (blue - oldBlue) + 0.5;
    }
  }
}

/** A line `slope * column + offset` and the closed interval it must stay in. */
type Bound = readonly [slope: number, offset: number, from: number, to: number];

/** The columns 0..lastColumn of one row for which both lines stay in their intervals; first > last when there are none. */
function spanWithin(first: Bound, second: Bound, lastColumn: number): { first: number; last: number } {
  let from = 0;
  let to = lastColumn;
  for (const [slope, offset, low, high] of [first, second]) {
    if (Math.abs(slope) < 1e-12) {
      if (offset < low || offset > high) return { first: 0, last: -1 };
      continue;
    }
    const one = (low - offset) / slope;
    const other = (high - offset) / slope;
    from = Math.max(from, Math.ceil(Math.min(one, other)));
    to = Math.min(to, Math.floor(Math.max(one, other)));
  }
  return { first: from, last: to };
}

/** Bilinear; `u`, `v` in aligned pixels, the mask may be of another size than the face. */
function parsingAt(mask: Plane, u: number, v: number, perAligned: number): number {
  const { widthPx, heightPx, data } = mask;
  let x = (u + 0.5) * perAligned - 0.5;
  let y = (v + 0.5) * perAligned - 0.5;
  x = Math.min(Math.max(x, 0), widthPx - 1.001);
  y = Math.min(Math.max(y, 0), heightPx - 1.001);
  const left = x | 0;
  const top = y | 0;
  const at = top * widthPx + left;
  const north = data[at] as number;
  const south = data[at + widthPx] as number;
  const onTop = north + (x - left) * ((data[at + 1] as number) - north);
  const below = south + (x - left) * ((data[at + widthPx + 1] as number) - south);
  return onTop + (y - top) * (below - onTop);
}

function fadeAt(column: number, row: number, canvas: Raster, fade: FaceBlend['borderFade']): number {
  let factor = 1;
  if (fade.left > 0) factor = Math.min(factor, (column + 0.5) / fade.left);
  if (fade.right > 0) factor = Math.min(factor, (canvas.widthPx - 0.5 - column) / fade.right);
  if (fade.top > 0) factor = Math.min(factor, (row + 0.5) / fade.top);
  if (fade.bottom > 0) factor = Math.min(factor, (canvas.heightPx - 0.5 - row) / fade.bottom);
  return factor;
}
