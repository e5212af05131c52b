// The brightness of a picture as one plane. Pure.
import { maxSample, type Plane, type Raster } from './raster.ts';

/** 0..255 whatever the depth, of the samples as they are (gamma coded); ITU-R BT.601 weights. */
export function lumaOf(picture: Raster): Plane {
  const { widthPx, heightPx, data } = picture;
  const scale = 255 / maxSample(picture);
  const luma = new Float32Array(widthPx * heightPx);
  for (let pixel = 0, at = 0; pixel < luma.length; pixel += 1, at += 3) {
    luma[pixel] =
      scale *
      (0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number));
  }
  return { widthPx, heightPx, data: luma };
}
