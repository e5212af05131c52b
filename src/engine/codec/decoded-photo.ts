// What decoding hands to the pipelines: pixels in the photo's own RGB space, and everything needed to write it back.
import type { PhotoFacts } from '#shared/domain/photo.ts';
import type { Raster } from '../pixels/raster.ts';

/** Maps a small RGB picture from one colour space to another; size and depth stay. */
export type ColourMap = (picture: Raster) => Raster;

export interface DecodedPhoto {
  readonly facts: PhotoFacts;
  readonly pageIndex: number;
  /** Upright, in the photo's own RGB space (sRGB when it has none; CMYK and Lab arrive as sRGB). */
  readonly raster: Raster;
  /** One sample per pixel, same depth as the raster; null without transparency. */
  readonly alpha: Uint8Array | Uint16Array | null;
  /** True when the file itself stores one channel (gray); the encoder writes one channel back if the result is still gray. */
  readonly isGrayFile: boolean;
  /** The profile the raster's numbers are in; null means sRGB. */
  readonly iccProfile: Uint8Array | null;
  /** For face work: networks expect sRGB. Both null when the raster already is sRGB. */
  readonly toSrgb: ColourMap | null;
  readonly fromSrgb: ColourMap | null;
}
