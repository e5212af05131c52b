// Undoes the squares of a mosaic: one sample per square, enlarged again without steps. Runs in the engine process.
// Brings back no detail - there is none left; it only makes a picture that a face restorer can read as a small face.
import type { Raster } from '../../pixels/raster.ts';
import { resizeRaster } from '../../pixels/resize.ts';
import type { Mosaic } from './find-mosaics.ts';

/** The mosaic at its true size: one pixel per square, the mean of the square away from its borders. */
export function reduceMosaic(photo: Raster, { boxInPhoto, across, down }: Mosaic): Raster {
  const columns = Math.max(1, Math.round(boxInPhoto.width / across.pitchPx));
  const rows = Math.max(1, Math.round(boxInPhoto.height / down.pitchPx));
  const data =
    photo.data instanceof Uint16Array
      ? new Uint16Array(columns * rows * 3)
      : new Uint8Array(columns * rows * 3);
  for (let row = 0; row < rows; row += 1) {
    const ys = innerRange(boxInPhoto.y + row * down.pitchPx, down.pitchPx, photo.heightPx);
    for (let column = 0; column < columns; column += 1) {
      const xs = innerRange(boxInPhoto.x + column * across.pitchPx, across.pitchPx, photo.widthPx);
      for (let channel = 0; channel < 3; channel += 1) {
        let sum = 0;
        for (let y = ys[0]; y < ys[1]; y += 1)
          for (let x = xs[0]; x < xs[1]; x += 1)
            sum += photo.data[(y * photo.widthPx + x) * 3 + channel] as number;
        data[(row * columns + column) * 3 + channel] = Math.round(sum / ((ys[1] - ys[0]) * (xs[1] - xs[0])));
      }
    }
  }
  return { widthPx: columns, heightPx: rows, data };
}

/** A copy of the photo in which the mosaics are smooth. Nothing outside their boxes changes. */
export function smoothMosaics(photo: Raster, mosaics: readonly Mosaic[]): Raster {
  const copy: Raster = { ...photo, data: photo.data.slice() };
  for (const mosaic of mosaics) {
    const left = Math.max(0, Math.round(mosaic.boxInPhoto.x));
    const top = Math.max(0, Math.round(mosaic.boxInPhoto.y));
    const right = Math.min(photo.widthPx, Math.round(mosaic.boxInPhoto.x + mosaic.boxInPhoto.width));
    const bottom = Math.min(photo.heightPx, Math.round(mosaic.boxInPhoto.y + mosaic.boxInPhoto.height));
    if (right <= left || bottom <= top) continue;
    const smooth = resizeRaster(reduceMosaic(photo, mosaic), right - left, bottom - top, 'bicubic');
    for (let y = top; y < bottom; y += 1) {
      const from = (y - top) * smooth.widthPx * 3;
      copy.data.set(smooth.data.subarray(from, from + smooth.widthPx * 3), (y * photo.widthPx + left) * 3);
    }
  }
  return copy;
}

/** The middle of a square in whole pixels: resampling and compression have mixed its borders with the neighbours. */
function innerRange(startPx: number, pitchPx: number, limitPx: number): [number, number] {
  const margin = Math.min(2, pitchPx / 4);
  const first = Math.min(limitPx - 1, Math.max(0, Math.ceil(startPx + margin - 0.5)));
  const last = Math.min(limitPx, Math.max(first + 1, Math.floor(startPx + pitchPx - margin + 0.5)));
  return [first, last];
}
