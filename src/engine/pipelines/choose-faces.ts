// Which faces of a file are restored, and which of them lie where only squares are left. Part of restore-file.
import type { FoundFace } from '#shared/domain/face.ts';
import type { Box } from '#shared/domain/geometry.ts';
import type { RestoreExtras } from '#shared/domain/restore-extras.ts';
import type { DecodedPhoto } from '../codec/decoded-photo.ts';
import { alignFace } from '../steps/align-face.ts';
import { judgeFace } from '../steps/judge-face.ts';
import { findMosaics, mosaicWithin } from '../steps/mosaic/find-mosaics.ts';
import { smoothMosaics } from '../steps/mosaic/smooth-mosaic.ts';
import { pickFaces } from '../steps/pick-faces.ts';

/** The photo with its mosaics smoothed; itself where there are none or none were asked for. */
export function undoMosaics(
  photo: DecodedPhoto,
  wish: RestoreExtras['demosaic'],
  signal: AbortSignal,
): { photo: DecodedPhoto; mosaics: Box[] } {
  if (wish === 'off') return { photo, mosaics: [] };
  const mosaics =
    wish === 'auto'
      ? findMosaics(photo.raster, { signal })
      : wish.flatMap((box) => mosaicWithin(photo.raster, box) ?? []);
  if (mosaics.length === 0) return { photo, mosaics: [] };
  return {
    photo: { ...photo, raster: smoothMosaics(photo.raster, mosaics) },
    mosaics: mosaics.map(({ boxInPhoto }) => boxInPhoto),
  };
}

/** The faces to restore, in the order found. */
export function chooseFaces(
  faces: readonly FoundFace[],
  photo: DecodedPhoto,
  { pick, onlyBelowDetailPx }: RestoreExtras,
): FoundFace[] {
  const worth =
    onlyBelowDetailPx === null
      ? faces
      : faces.filter(({ landmarksInPhoto }) => {
          const { face } = alignFace(photo.raster, landmarksInPhoto);
          const inSrgb = photo.toSrgb === null ? face : photo.toSrgb(face);
          return judgeFace(inSrgb).detailPx < onlyBelowDetailPx;
        });
  return pickFaces(worth, pick, photo.raster);
}

/** More of the face than this in squares, and nothing in it can be trusted. */
const inventedFrom = 0.2;

/** The mosaic that covers the face; null where none covers enough of it. */
export function mosaicAround({ boxInPhoto: face }: FoundFace, mosaics: readonly Box[]): Box | null {
  const found = mosaics.find((box) => {
    const width = Math.min(face.x + face.width, box.x + box.width) - Math.max(face.x, box.x);
    const height = Math.min(face.y + face.height, box.y + box.height) - Math.max(face.y, box.y);
    return width > 0 && height > 0 && width * height >= inventedFrom * face.width * face.height;
  });
  return found ?? null;
}
