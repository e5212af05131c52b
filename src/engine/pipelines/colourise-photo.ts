// Colour for the faces of a photo: the network's chroma on the photo's own luma. Part of repaint-file.
import type { FoundFace } from '#shared/domain/face.ts';
import type { DecodedPhoto } from '../codec/decoded-photo.ts';
import type { LoadedModel } from '../onnx/loaded-model.ts';
import type { Raster } from '../pixels/raster.ts';
import { alignFace } from '../steps/align-face.ts';
import { colouriseFace, withChromaOf } from '../steps/colourise-face.ts';
import { faceOval } from '../steps/face-oval.ts';
import { parseFace } from '../steps/parse-face.ts';
import { pasteBack } from '../steps/paste-back.ts';
import { faceSideOf } from '../steps/restore-face.ts';

interface Colouring {
  readonly keepLuma: boolean;
  readonly strength: number;
}

/** `photo.raster` is the aligned square. */
export async function colouriseAligned(
  photo: DecodedPhoto,
  model: LoadedModel,
  colouring: Colouring,
): Promise<Raster> {
  const inSrgb = photo.toSrgb === null ? photo.raster : photo.toSrgb(photo.raster);
  const coloured = await colouriseFace(inSrgb, model, colouring);
  return photo.fromSrgb === null ? coloured : photo.fromSrgb(coloured);
}

/**
 * Every pixel keeps its luma (with `keepLuma`), so that no detail is lost and no seam can show in it; the colour fades
 * out with the face's mask. Depth as the photo.
 */
export async function colourisePhoto(
  photo: DecodedPhoto,
  faces: readonly FoundFace[],
  options: Colouring & {
    readonly model: LoadedModel;
    readonly parser: LoadedModel | null;
    readonly onFace: (index: number) => void;
  },
): Promise<Raster> {
  const { model, parser, keepLuma, strength, onFace } = options;
  const canvas: Raster = { ...photo.raster, data: photo.raster.data.slice() };
  const alignedSizePx = faceSideOf(model);
  const { signal } = new AbortController();
  for (const [index, { landmarksInPhoto }] of faces.entries()) {
    onFace(index);
    const { face, photoToFace } = alignFace(photo.raster, landmarksInPhoto, alignedSizePx);
    const inSrgb = photo.toSrgb === null ? face : photo.toSrgb(face);
    const coloured = await colouriseFace(inSrgb, model, { keepLuma, strength });
    const mask = parser === null ? faceOval() : await parseFace(coloured, parser);
    const own = photo.fromSrgb === null ? coloured : photo.fromSrgb(coloured);
    pasteBack(canvas, [{ face: own, photoToFace, alignedSizePx, mask, strength: 1 }], { scale: 1, signal });
  }
  return keepLuma ? withChromaOf(photo.raster, canvas, 1) : canvas;
}
