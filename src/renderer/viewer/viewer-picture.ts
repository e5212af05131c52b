// A picture the viewer can show, whichever it is: an original or a result. Pure: sizes and addresses, never pixels.
import {
  type PictureVariant,
  photoPictureAddress,
  photoTileAddress,
  pictureVariants,
  resultPictureAddress,
  resultTileAddress,
  type Tile,
} from '#shared/contract/pictures.ts';
import type { ResultId } from '#shared/domain/ids.ts';
import type { Photo } from '#shared/domain/photo.ts';

export interface ViewerPicture {
  readonly kind: 'original' | 'result';
  readonly widthPx: number;
  readonly heightPx: number;
  readonly addressOf: (variant: PictureVariant) => string;
  readonly tileAddressOf: (tile: Tile) => string;
}

export function pictureOfPhoto({ id, widthPx, heightPx }: Photo): ViewerPicture {
  return {
    kind: 'original',
    widthPx,
    heightPx,
    addressOf: (variant) => photoPictureAddress(id, variant),
    tileAddressOf: (tile) => photoTileAddress(id, tile),
  };
}

/** What is known of a stored result where only its picture counts. */
export interface StoredPicture {
  readonly id: ResultId;
  readonly widthPx: number;
  readonly heightPx: number;
}

export function pictureOfResult({ id, widthPx, heightPx }: StoredPicture): ViewerPicture {
  return {
    kind: 'result',
    widthPx,
    heightPx,
    addressOf: (variant) => resultPictureAddress(id, variant),
    tileAddressOf: (tile) => resultTileAddress(id, tile),
  };
}

/**
 * What lies under everything else: the whole picture at `screen` size. A picture that is no larger is taken lossless
 * (`full`) once its single pixels can be told apart; a larger one gets tiles on top (see `needsTiles`).
 */
export function chooseVariant(pictureSidePx: number, devicePixelsPerPixel: number): PictureVariant {
  return pictureSidePx <= pictureVariants.screen && devicePixelsPerPixel > 1.5 ? 'full' : 'screen';
}

/** Whether more device pixels are shown than `screen` holds, of a picture that has more. */
export function needsTiles(pictureSidePx: number, devicePixelsPerPixel: number): boolean {
  return (
    pictureSidePx > pictureVariants.screen &&
    pictureSidePx * devicePixelsPerPixel > pictureVariants.screen * 1.1
  );
}
