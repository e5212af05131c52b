// The veto: where a person painted it, the photo stays as it was, whatever was restored there. Engine process.
import type { Raster } from '../../pixels/raster.ts';
import type { PaintedMask } from './rasterise-strokes.ts';

/** The pixels of a canvas below a mask, taken before anything is laid over them. */
export interface KeptPixels {
  readonly mask: PaintedMask;
  /** RGB of the mask's rectangle. */
  readonly data: Uint8Array | Uint16Array;
}

export function takePixels(canvas: Raster, mask: PaintedMask): KeptPixels {
  const rowLength = mask.widthPx * 3;
  const length = rowLength * mask.heightPx;
  const data = canvas.data instanceof Uint16Array ? new Uint16Array(length) : new Uint8Array(length);
  for (let y = 0; y < mask.heightPx; y += 1) {
    const from = ((mask.topPx + y) * canvas.widthPx + mask.leftPx) * 3;
    data.set(canvas.data.subarray(from, from + rowLength), y * rowLength);
  }
  return { mask, data };
}

/** Lays kept pixels back, as much as the mask says. Changes `canvas` in place, and nothing outside the mask. */
export function putPixelsBack(canvas: Raster, { mask, data }: KeptPixels): void {
  for (let y = 0, from = 0; y < mask.heightPx; y += 1) {
    let at = ((mask.topPx + y) * canvas.widthPx + mask.leftPx) * 3;
    for (let x = 0; x < mask.widthPx; x += 1, from += 1, at += 3) {
      const share = mask.data[from] as number;
      if (share === 0) continue;
      for (let channel = 0; channel < 3; channel += 1) {
        const kept = data[from * 3 + channel] as number;
        const restored = canvas.data[at + channel] as number;
        canvas.data[at + channel] =
          share === 255 ? kept : Math.round(restored + ((kept - restored) * share) / 255);
      }
    }
  }
}
