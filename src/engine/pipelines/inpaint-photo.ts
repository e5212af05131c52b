// Holes in the faces of a photo filled by an inpainting network. Part of repaint-file.
import type { FoundFace } from '#shared/domain/face.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { decodePhoto } from '../codec/decode-photo.ts';
import type { DecodedPhoto } from '../codec/decoded-photo.ts';
import type { LoadedModel } from '../onnx/loaded-model.ts';
import { applyAffine, invertAffine } from '../pixels/affine-matrix.ts';
import { lumaOf } from '../pixels/luma.ts';
import type { Plane, Raster } from '../pixels/raster.ts';
import { alignFace } from '../steps/align-face.ts';
import { type HoleMask, inpaintFace, whiteHoles } from '../steps/inpaint-face.ts';
import { pasteBack } from '../steps/paste-back.ts';
import { faceSideOf } from '../steps/restore-face.ts';

/** From half white up, a pixel of a mask file is a hole. */
const maskThreshold = 127;

/**
 * By the mask file, or every exactly white pixel. Errors: command.invalid-input when the mask has another size than
 * the photo; those of decodePhoto for the mask.
 */
export async function holesOfPhoto(photo: DecodedPhoto, maskPath: string | null): Promise<HoleMask> {
  if (maskPath === null) return whiteHoles(photo.raster);
  const { raster } = await decodePhoto(maskPath, 0);
  const { widthPx, heightPx } = photo.raster;
  if (raster.widthPx !== widthPx || raster.heightPx !== heightPx) {
    const problem = `mask ${raster.widthPx} × ${raster.heightPx}, photo ${widthPx} × ${heightPx}`;
    throw new HeirloomError('command.invalid-input', { problem });
  }
  return Uint8Array.from(lumaOf(raster).data, (luma) => (luma > maskThreshold ? 1 : 0));
}

/** `aligned` is the photo stretched to the network's square, `holes` those of the photo before that. */
export async function fillAligned(
  aligned: DecodedPhoto,
  photo: DecodedPhoto,
  holes: HoleMask | null,
  model: LoadedModel,
): Promise<Raster> {
  const { widthPx, heightPx } = photo.raster;
  const side = aligned.raster.widthPx;
  const stretched = new Uint8Array(side * side);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const sourceX = Math.min(widthPx - 1, Math.floor(((x + 0.5) / side) * widthPx));
      const sourceY = Math.min(heightPx - 1, Math.floor(((y + 0.5) / side) * heightPx));
      stretched[y * side + x] = holes?.[sourceY * widthPx + sourceX] ?? 0;
    }
  }
  const inSrgb = aligned.toSrgb === null ? aligned.raster : aligned.toSrgb(aligned.raster);
  const filled = await inpaintFace(inSrgb, model, stretched);
  return aligned.fromSrgb === null ? filled : aligned.fromSrgb(filled);
}

/** Only hole pixels, and one pixel around them that resampling has mixed with them, are written. */
export async function fillPhoto(
  photo: DecodedPhoto,
  holes: HoleMask,
  faces: readonly FoundFace[],
  options: { readonly model: LoadedModel; readonly onFace: (index: number) => void },
): Promise<{ raster: Raster; holePixelsLeft: number }> {
  const canvas: Raster = { ...photo.raster, data: photo.raster.data.slice() };
  const left = holes.slice();
  const alignedSizePx = faceSideOf(options.model);
  const { signal } = new AbortController();
  for (const [index, { landmarksInPhoto }] of faces.entries()) {
    options.onFace(index);
    const { face, photoToFace } = alignFace(photo.raster, landmarksInPhoto, alignedSizePx);
    const faceToPhoto = invertAffine(photoToFace);
    if (faceToPhoto === null) continue;
    const alignedHoles = new Uint8Array(alignedSizePx * alignedSizePx);
    let any = false;
    for (let y = 0; y < alignedSizePx; y += 1) {
      for (let x = 0; x < alignedSizePx; x += 1) {
        const [photoX, photoY] = applyAffine(faceToPhoto, x, y);
        if (!touchesHole(holes, photo.raster, photoX, photoY)) continue;
        alignedHoles[y * alignedSizePx + x] = 1;
        any = true;
      }
    }
    if (!any) continue;
    const inSrgb = photo.toSrgb === null ? face : photo.toSrgb(face);
    const filled = await inpaintFace(inSrgb, options.model, alignedHoles);
    const own = photo.fromSrgb === null ? filled : photo.fromSrgb(filled);
    const mask: Plane = {
      widthPx: alignedSizePx,
      heightPx: alignedSizePx,
      data: Float32Array.from(alignedHoles),
    };
    pasteBack(canvas, [{ face: own, photoToFace, alignedSizePx, mask, strength: 1 }], { scale: 1, signal });
    markFilled(left, photo.raster, photoToFace, alignedSizePx);
  }
  return { raster: canvas, holePixelsLeft: left.reduce((sum, hole) => sum + (hole === 0 ? 0 : 1), 0) };
}

/** Whether any of the four samples the bilinear warp reads is a hole. */
function touchesHole(holes: HoleMask, { widthPx, heightPx }: Raster, x: number, y: number): boolean {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  for (let row = top; row <= top + 1; row += 1) {
    for (let column = left; column <= left + 1; column += 1) {
      const isInside = row >= 0 && column >= 0 && row < heightPx && column < widthPx;
      if (isInside && holes[row * widthPx + column] !== 0) return true;
    }
  }
  return false;
}

/** Pasting fades out towards the rim of the square: what lies there is not filled. */
const rimOf512 = 24;

function markFilled(
  left: HoleMask,
  { widthPx }: Raster,
  photoToFace: Parameters<typeof applyAffine>[0],
  sizePx: number,
): void {
  const rim = (rimOf512 / 512) * sizePx;
  for (let pixel = 0; pixel < left.length; pixel += 1) {
    if (left[pixel] === 0) continue;
    const [x, y] = applyAffine(photoToFace, pixel % widthPx, Math.floor(pixel / widthPx));
    if (x >= rim && y >= rim && x < sizePx - rim && y < sizePx - rim) left[pixel] = 0;
  }
}
