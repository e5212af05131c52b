// Draws a green frame around each aligned face into the finished canvas. Runs in the engine process.
import {
  type AffineMatrix,
  applyAffine,
  composeAffine,
  invertAffine,
  resizeMatrix,
  scaleOfAffine,
} from '../pixels/affine-matrix.ts';
import { transformedCorners } from '../pixels/quadrilateral.ts';
import { maxSample, type Raster } from '../pixels/raster.ts';

export interface FrameOfFace {
  readonly photoToFace: AffineMatrix;
  readonly alignedSizePx: number;
}

/** On the canvas. The official script's 1400 / sqrt(area) aligned pixels come to this on the canvas, at any size of face. */
const thicknessPx = 1400 / 512;

/** In place. The frame's outer edge is the aligned square's; its edges are softened over one pixel. */
export function drawFaceFrames(canvas: Raster, frames: readonly FrameOfFace[], scale: number): void {
  for (const { photoToFace, alignedSizePx } of frames) {
    const faceToPhoto = invertAffine(photoToFace);
    if (faceToPhoto === null) continue;
    const faceToCanvas = composeAffine(resizeMatrix(scale, scale), faceToPhoto);
    const canvasToFace = invertAffine(faceToCanvas);
    if (canvasToFace !== null) drawFrame(canvas, faceToCanvas, canvasToFace, alignedSizePx);
  }
}

function drawFrame(
  canvas: Raster,
  faceToCanvas: AffineMatrix,
  canvasToFace: AffineMatrix,
  sizePx: number,
): void {
  const { widthPx, heightPx, data } = canvas;
  const top = maxSample(canvas);
  const canvasPerFace = scaleOfAffine(faceToCanvas);
  const corners = transformedCorners(faceToCanvas, [-0.5, -0.5], [sizePx - 0.5, sizePx - 0.5]);
  const range = (values: number[], limit: number): [number, number] => [
    Math.max(0, Math.floor(Math.min(...values)) - 1),
    Math.min(limit - 1, Math.ceil(Math.max(...values)) + 1),
  ];
  const [left, right] = range(
    corners.map(([x]) => x),
    widthPx,
  );
  const [first, last] = range(
    corners.map(([, y]) => y),
    heightPx,
  );
  for (let y = first; y <= last; y += 1) {
    for (let x = left; x <= right; x += 1) {
      const [faceX, faceY] = applyAffine(canvasToFace, x, y);
      // Canvas pixels from the square's edge, positive inside.
      const depthPx = (Math.min(faceX, faceY, sizePx - 1 - faceX, sizePx - 1 - faceY) + 0.5) * canvasPerFace;
      const cover = Math.min(1, Math.max(0, Math.min(depthPx + 0.5, thicknessPx - depthPx + 0.5)));
      if (cover === 0) continue;
      const at = (y * widthPx + x) * 3;
      data[at] = Math.round((data[at] as number) * (1 - cover));
      data[at + 1] = Math.round((data[at + 1] as number) * (1 - cover) + top * cover);
      data[at + 2] = Math.round((data[at + 2] as number) * (1 - cover));
    }
  }
}
