// Which variant of a picture is sharp enough for what is on the screen. Pure.
import { type PictureVariant, pictureVariants } from '#shared/contract/pictures.ts';

/** `screen` until more device pixels are shown than it holds; `full` then, when the picture has more. */
export function chooseVariant(pictureSidePx: number, shownSideDevicePx: number): PictureVariant {
  if (pictureSidePx <= pictureVariants.screen) return 'screen';
  return shownSideDevicePx > pictureVariants.screen * 1.1 ? 'full' : 'screen';
}
