// The original and its restoration on one sheet, for showing and for print. Engine process, pixels only.
import { blankRaster, maxSample, type Raster } from '../pixels/raster.ts';

/** White between both, as a share of the shorter side of the sheet's pictures. */
const gapShare = 0.02;

/** Both pictures have the same size and depth. Side by side, or one above the other where they are wide. */
export function beforeAfterSheet(before: Raster, after: Raster): Raster {
  const { widthPx, heightPx } = after;
  if (before.widthPx !== widthPx || before.heightPx !== heightPx)
    throw new RangeError('both pictures of a sheet must have the same size');
  const gapPx = Math.max(2, Math.round(Math.min(widthPx, heightPx) * gapShare));
  const isStacked = widthPx > heightPx;
  const sheet = blankRaster(
    isStacked ? widthPx : widthPx * 2 + gapPx,
    isStacked ? heightPx * 2 + gapPx : heightPx,
    after,
  );
  sheet.data.fill(maxSample(after));
  place(sheet, before, 0, 0);
  place(sheet, after, isStacked ? 0 : widthPx + gapPx, isStacked ? heightPx + gapPx : 0);
  return sheet;
}

function place(sheet: Raster, picture: Raster, leftPx: number, topPx: number): void {
  const rowLength = picture.widthPx * 3;
  for (let y = 0; y < picture.heightPx; y += 1) {
    const row = picture.data.subarray(y * rowLength, (y + 1) * rowLength);
    sheet.data.set(row, ((topPx + y) * sheet.widthPx + leftPx) * 3);
  }
}
