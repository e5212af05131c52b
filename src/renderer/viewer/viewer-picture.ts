// A picture the viewer can show, whichever it is: an original or a result. Pure: sizes and addresses, never pixels.
import {
  type PictureVariant,
  photoPictureAddress,
  pictureVariants,
  resultPictureAddress,
} from '#shared/contract/pictures.ts';
import type { ResultId } from '#shared/domain/ids.ts';
import type { Photo } from '#shared/domain/photo.ts';

export interface ViewerPicture {
  readonly kind: 'original' | 'result';
  readonly widthPx: number;
  readonly heightPx: number;
  readonly addressOf: (variant: PictureVariant) => string;
}

export function pictureOfPhoto({ id, widthPx, heightPx }: Photo): ViewerPicture {
  return { kind: 'original', widthPx, heightPx, addressOf: (variant) => photoPictureAddress(id, variant) };
}

/** What is known of a stored result where only its picture counts. */
export interface StoredPicture {
  readonly id: ResultId;
  readonly widthPx: number;
  readonly heightPx: number;
}

export function pictureOfResult({ id, widthPx, heightPx }: StoredPicture): ViewerPicture {
  return { kind: 'result', widthPx, heightPx, addressOf: (variant) => resultPictureAddress(id, variant) };
}

/** `screen` until more device pixels are shown than it holds; `full` then, when the picture has more. */
export function chooseVariant(pictureSidePx: number, shownSideDevicePx: number): PictureVariant {
  if (pictureSidePx <= pictureVariants.screen) return 'screen';
  return shownSideDevicePx > pictureVariants.screen * 1.1 ? 'full' : 'screen';
}
