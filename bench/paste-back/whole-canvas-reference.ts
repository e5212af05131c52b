// The whole-canvas way of pasting faces in plain TypeScript, for machines without OpenCV: warp, erode, erode, blur and
// blend every pixel of the canvas for each face. Its filters are the engine's own, so only the waste differs.
import { composeAffine, invertAffine, resizeMatrix } from '../../src/engine/pixels/affine-matrix.ts';
import { gaussianBlur } from '../../src/engine/pixels/gaussian-blur.ts';
import type { Plane, Raster } from '../../src/engine/pixels/raster.ts';
import { erodeBySquare } from '../../src/engine/pixels/square-erosion.ts';
import { warpAffine } from '../../src/engine/pixels/warp.ts';
import type { FacePaste } from '../../src/engine/steps/paste-back.ts';

export function measureWholeCanvas(
  canvas: Raster,
  pastes: readonly FacePaste[],
  scale: number,
): { name: string; seconds: number } {
  const begin = performance.now();
  for (const paste of pastes) pasteOne(canvas, paste, scale);
  return { name: 'plain TypeScript', seconds: (performance.now() - begin) / 1000 };
}

function pasteOne(canvas: Raster, paste: FacePaste, scale: number): void {
  const faceToPhoto = invertAffine(paste.photoToFace);
  if (faceToPhoto === null) throw new Error('the face has no place');
  const faceToCanvas = composeAffine(resizeMatrix(scale, scale), faceToPhoto);
  const size = { widthPx: canvas.widthPx, heightPx: canvas.heightPx, outside: [0, 0, 0] as const };
  const restored = warpAffine(paste.face, faceToCanvas, size);
  const white: Raster = { ...paste.face, data: new Uint8Array(paste.face.data.length).fill(255) };
  const square = firstChannel(warpAffine(white, faceToCanvas, size));
  const once = erodeBySquare(square, 2 * scale);
  const edgePx = Math.floor(Math.sqrt(once.data.reduce((sum, value) => sum + value, 0)) / 20);
  const soft = gaussianBlur(erodeBySquare(once, 2 * edgePx), 2 * edgePx + 1);
  for (let i = 0; i < canvas.data.length; i++) {
    const mask = soft.data[Math.floor(i / 3)] ?? 0;
    const old = canvas.data[i] ?? 0;
    canvas.data[i] = old + mask * ((restored.data[i] ?? 0) - old) + 0.5;
  }
}

function firstChannel({ widthPx, heightPx, data }: Raster): Plane {
  return {
    widthPx,
    heightPx,
    data: Float32Array.from({ length: widthPx * heightPx }, (_, i) => (data[i * 3] ?? 0) / 255),
  };
}
