// Lays the photo's grain over a face that was pasted, as far as it was pasted. Engine process.
import { type AffineMatrix, composeAffine, invertAffine } from '../pixels/affine-matrix.ts';
import { lumaOf } from '../pixels/luma.ts';
import { transformedCorners } from '../pixels/quadrilateral.ts';
import { maxSample, type Raster } from '../pixels/raster.ts';
import { resizePlane } from '../pixels/resize.ts';
import { lackingGrain } from './match-grain.ts';
import { type FacePaste, pasteBack } from './paste-back.ts';

/** Whole photo pixels. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Changes `canvas` in place, inside the face's own box. `photo` is what the canvas was enlarged from by `scale`; `paste`
 * is how the face was laid there. The same photo and face give the same grain; in a film `frame` makes it move.
 */
export function layGrain(
  canvas: Raster,
  photo: Raster,
  paste: FacePaste,
  {
    scale,
    strength,
    frame = 0,
    signal,
  }: {
    readonly scale: number;
    readonly strength: number;
    readonly frame?: number;
    readonly signal: AbortSignal;
  },
): void {
  const box = boxOf(paste, photo);
  if (strength <= 0 || box === null) return;
  const onCanvas = boxOnCanvas(box, scale, canvas);
  const pasted = lumaOf(cut(canvas, onCanvas));
  const original = lumaOf(cut(photo, box));
  const sameSize = resizePlane(pasted, box.width, box.height, scale > 1 ? 'area' : 'bilinear');
  const grain = lackingGrain(sameSize, original, { strength, seed: seedOf(paste.photoToFace, frame) });
  if (grain === null) return;
  const enlarged = resizePlane(grain, onCanvas.width, onCanvas.height, scale < 1 ? 'area' : 'lanczos3');
  const cover = coverOf(paste, onCanvas, scale, signal);
  const white = maxSample(canvas);
  for (let y = 0, from = 0; y < onCanvas.height; y += 1) {
    let at = ((onCanvas.y + y) * canvas.widthPx + onCanvas.x) * 3;
    for (let x = 0; x < onCanvas.width; x += 1, from += 1) {
      const amount = ((enlarged.data[from] as number) * (cover.data[from * 3] as number) * white) / 255 ** 2;
      for (let channel = 0; channel < 3; channel += 1, at += 1)
        canvas.data[at] = Math.min(white, Math.max(0, Math.round((canvas.data[at] as number) + amount)));
    }
  }
}

function boxOf({ photoToFace, alignedSizePx }: FacePaste, photo: Raster): Box | null {
  const faceToPhoto = invertAffine(photoToFace);
  if (faceToPhoto === null) return null;
  const corners = transformedCorners(faceToPhoto, [0, 0], [alignedSizePx, alignedSizePx]);
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const x = Math.max(0, Math.floor(Math.min(...xs)));
  const y = Math.max(0, Math.floor(Math.min(...ys)));
  const width = Math.min(photo.widthPx, Math.ceil(Math.max(...xs)) + 1) - x;
  const height = Math.min(photo.heightPx, Math.ceil(Math.max(...ys)) + 1) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

function boxOnCanvas(box: Box, scale: number, canvas: Raster): Box {
  const x = Math.round(box.x * scale);
  const y = Math.round(box.y * scale);
  return {
    x,
    y,
    width: Math.max(1, Math.min(canvas.widthPx - x, Math.round(box.width * scale))),
    height: Math.max(1, Math.min(canvas.heightPx - y, Math.round(box.height * scale))),
  };
}

function cut(raster: Raster, { x, y, width, height }: Box): Raster {
  const length = width * height * 3;
  const data = raster.data instanceof Uint16Array ? new Uint16Array(length) : new Uint8Array(length);
  for (let row = 0; row < height; row += 1) {
    const from = ((y + row) * raster.widthPx + x) * 3;
    data.set(raster.data.subarray(from, from + width * 3), row * width * 3);
  }
  return { widthPx: width, heightPx: height, data };
}

/** How far the face was laid: a white face on black, by the same masks. Red of each pixel, 0 to 255. */
function coverOf(paste: FacePaste, onCanvas: Box, scale: number, signal: AbortSignal): Raster {
  const { width, height } = onCanvas;
  const black: Raster = { widthPx: width, heightPx: height, data: new Uint8Array(width * height * 3) };
  const white: Raster = { widthPx: 4, heightPx: 4, data: new Uint8Array(48).fill(255) };
  const photoToFace = composeAffine(paste.photoToFace, [1, 0, onCanvas.x / scale, 0, 1, onCanvas.y / scale]);
  pasteBack(black, [{ ...paste, face: white, photoToFace }], { scale, signal });
  return black;
}

/** From where the face lies: another face has other grain. */
function seedOf(matrix: AffineMatrix, frame: number): number {
  return matrix.reduce((mixed, value) => Math.imul(mixed, 31) + Math.round(value * 256), 17 + frame) >>> 0;
}
