// A photo that can hold colour, whatever its file could. Engine process.
import type { DecodedPhoto } from './decoded-photo.ts';

/** A gray file, or one with a gray profile, cannot hold the colours that are to come. */
export function withRoomForColour(photo: DecodedPhoto): DecodedPhoto {
  if (!photo.isGrayFile) return photo;
  const raster = photo.toSrgb === null ? photo.raster : photo.toSrgb(photo.raster);
  return { ...photo, raster, isGrayFile: false, iccProfile: null, toSrgb: null, fromSrgb: null };
}
