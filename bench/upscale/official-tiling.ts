// The official script's way through a photo: tiles of 400 pixels with 40 around them, of whatever size comes out at the
// borders, each cut to its own part (inference_codeformer's RealESRGANer, tile 400, tile_pad 40).
import type { LoadedModel } from '../../src/engine/onnx/loaded-model.ts';
import { blankRaster, type Raster } from '../../src/engine/pixels/raster.ts';
import { upscaleTile } from '../../src/engine/steps/upscale/upscale-tile.ts';

const tilePx = 400;
const padPx = 40;

export async function upscaleOfficially(photo: Raster, model: LoadedModel): Promise<Raster> {
  const scale = model.file.contract.scale ?? 1;
  const output = blankRaster(photo.widthPx * scale, photo.heightPx * scale, photo);
  for (let top = 0; top < photo.heightPx; top += tilePx) {
    for (let left = 0; left < photo.widthPx; left += tilePx) {
      const right = Math.min(left + tilePx, photo.widthPx);
      const bottom = Math.min(top + tilePx, photo.heightPx);
      const fromX = Math.max(left - padPx, 0);
      const fromY = Math.max(top - padPx, 0);
      const tile = cut(
        photo,
        fromX,
        fromY,
        Math.min(right + padPx, photo.widthPx),
        Math.min(bottom + padPx, photo.heightPx),
      );
      const answer = await upscaleTile(tile, model);
      for (let y = top * scale; y < bottom * scale; y += 1) {
        const from = ((y - fromY * scale) * answer.widthPx + (left - fromX) * scale) * 3;
        const line = answer.data.subarray(from, from + (right - left) * scale * 3);
        output.data.set(line, (y * output.widthPx + left * scale) * 3);
      }
    }
  }
  return output;
}

export function cut(photo: Raster, left: number, top: number, right: number, bottom: number): Raster {
  const piece = blankRaster(right - left, bottom - top, photo);
  for (let y = top; y < bottom; y += 1) {
    const from = (y * photo.widthPx + left) * 3;
    piece.data.set(photo.data.subarray(from, from + piece.widthPx * 3), (y - top) * piece.widthPx * 3);
  }
  return piece;
}
