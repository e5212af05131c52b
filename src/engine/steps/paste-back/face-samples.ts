// A restored face made ready to be read at any position of the canvas. Runs in the engine process.
import { type AffineMatrix, composeAffine, resizeMatrix, scaleOfAffine } from '../../pixels/affine-matrix.ts';
import { maxSample, type Raster } from '../../pixels/raster.ts';
import { release } from '../../pixels/release.ts';
import { resizeRaster } from '../../pixels/resize.ts';

/** Samples repeated on each side so that a 4x4 kernel never has to look where it is. */
export const samplePadding = 3;

export interface FaceSamples {
  /** Interleaved RGB in the canvas's sample range, with `samplePadding` on each side. */
  readonly data: Float32Array;
  /** Samples from one row to the next. */
  readonly stride: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** From canvas pixels to this face's pixels, not counting the padding. */
  readonly canvasToFace: AffineMatrix;
}

/** Below this zoom the face is reduced first (Lanczos): reading every second pixel would alias. */
const reduceBelow = 0.95;

/** `canvasToAligned` is for a face of `alignedSizePx`; the face itself may be of any size. */
export function makeFaceSamples(
  face: Raster,
  alignedSizePx: number,
  canvasToAligned: AffineMatrix,
  canvasMaxSample: 255 | 65535,
): FaceSamples {
  const alignedToFace = resizeMatrix(face.widthPx / alignedSizePx, face.heightPx / alignedSizePx);
  let canvasToFace = composeAffine(alignedToFace, canvasToAligned);
  let source = face;
  const zoom = 1 / scaleOfAffine(canvasToFace);
  if (zoom < reduceBelow) {
    const widthPx = Math.max(1, Math.round(face.widthPx * zoom));
    const heightPx = Math.max(1, Math.round(face.heightPx * zoom));
    source = resizeRaster(face, widthPx, heightPx, 'lanczos3');
    canvasToFace = composeAffine(
      resizeMatrix(widthPx / face.widthPx, heightPx / face.heightPx),
      canvasToFace,
    );
  }
  const range = canvasMaxSample / maxSample(source);
  const padded = pad(source, range);
  if (source !== face) release(source.data);
  return { ...padded, canvasToFace };
}

function pad(source: Raster, range: number): Omit<FaceSamples, 'canvasToFace'> {
  const { widthPx, heightPx } = source;
  const stride = (widthPx + 2 * samplePadding) * 3;
  const data = new Float32Array(stride * (heightPx + 2 * samplePadding));
  let at = 0;
  for (let row = -samplePadding; row < heightPx + samplePadding; row++) {
    const line = Math.min(Math.max(row, 0), heightPx - 1) * widthPx;
    for (let column = -samplePadding; column < widthPx + samplePadding; column++) {
      const from = (line + Math.min(Math.max(column, 0), widthPx - 1)) * 3;
      data[at++] = (source.data[from] as number) * range;
      data[at++] = (source.data[from + 1] as number) * range;
      data[at++] = (source.data[from + 2] as number) * range;
    }
  }
  return { data, stride, widthPx, heightPx };
}
