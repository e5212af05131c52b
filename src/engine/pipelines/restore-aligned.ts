// A picture that is one aligned face already, through the face restorer: nothing is detected, nothing pasted back.
// Part of restore-file. Writes no files.
import type { MonochromeMode } from '#shared/domain/edit.ts';
import type { DecodedPhoto } from '../codec/decoded-photo.ts';
import type { LoadedModel } from '../onnx/loaded-model.ts';
import { resizeRaster } from '../pixels/resize.ts';
import { chooseMonochrome } from '../steps/monochrome/choose-monochrome.ts';
import { keepTint, tintOfFace } from '../steps/monochrome/keep-tint.ts';
import { faceSideOf, restoreFace } from '../steps/restore-face.ts';
import type { RenderedPhoto, RestoredFace } from './render-photo.ts';

/**
 * The picture is stretched to the network's square, as the official `--has_aligned` does. The answer has the network's
 * output size. Errors: model.wrong-output.
 */
export async function restoreAligned(
  photo: DecodedPhoto,
  restorer: LoadedModel,
  options: { readonly fidelity: number; readonly monochrome: MonochromeMode },
): Promise<{ picture: RenderedPhoto; face: RestoredFace }> {
  const side = faceSideOf(restorer);
  const aligned = resizeRaster(photo.raster, side, side, 'bilinear');
  const treatment =
    options.monochrome === 'auto' && photo.isGrayFile
      ? 'gray'
      : chooseMonochrome(options.monochrome, photo.raster, [aligned]);
  const input = photo.toSrgb === null ? aligned : photo.toSrgb(aligned);
  const answer = await restoreFace(input, restorer, options.fidelity);
  const inOwnSpace = photo.fromSrgb === null ? answer : photo.fromSrgb(answer);
  const restored =
    treatment === 'colour' ? inOwnSpace : keepTint(inOwnSpace, aligned, tintOfFace(aligned, treatment));
  // Transparency has no meaning in a face that was stretched to a square.
  return { picture: { raster: restored, alpha: null }, face: { aligned, restored } };
}
