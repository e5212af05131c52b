// Runs a tile detector over the whole photo at several zooms. Runs in the engine process.
// Every face comes out once per tile that saw it whole: joining them is the caller's work.
import type { Box } from '#shared/domain/geometry.ts';
import { throwIfCancelled } from '#shared/errors/heirloom-error.ts';
import type { LoadedModel } from '../../onnx/loaded-model.ts';
import { applyAffine } from '../../pixels/affine-matrix.ts';
import { release } from '../../pixels/release.ts';
import { type FaceCandidate, moveCandidate } from './face-candidate.ts';
import { cutInput, type PhotoPyramid } from './photo-pyramid.ts';
import type { TileDetector } from './tile-detector.ts';
import { type Tile, tileGrid } from './tile-grid.ts';

export interface ScanOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number) => void;
}

/** Faces smaller than this have nothing to restore: eyes less than about ten pixels apart. */
const smallestFaceInPhotoPx = 24;
/** A hundred faces side by side are as many as a group photo holds; looking for smaller ones takes longest of all. */
const smallestFaceShare = 1 / 100;
/** Finer than this, a small photo only becomes blurred. */
const finestUsefulZoom = 2;
/** Shared by neighbouring tiles, as a part of the tile. A face seen at twice this at one zoom is seen at this at the next. */
const overlapShare = 0.3125;

/** Positions in photo pixels. Cancelling is looked at before every tile. */
export async function scanPhoto(
  model: LoadedModel,
  detector: TileDetector,
  pyramid: PhotoPyramid,
  { signal, onProgress }: ScanOptions,
): Promise<FaceCandidate[]> {
  const { tileSidePx } = detector;
  const smallestPx = Math.max(
    smallestFaceInPhotoPx,
    Math.max(pyramid.widthPx, pyramid.heightPx) * smallestFaceShare,
  );
  const tiles = tileGrid(pyramid.widthPx, pyramid.heightPx, {
    tileSidePx,
    overlapPx: tileSidePx * overlapShare,
    finestZoom: Math.min(finestUsefulZoom, detector.smallestFacePx / smallestPx),
  });
  const found: FaceCandidate[] = [];
  for (const [index, tile] of tiles.entries()) {
    throwIfCancelled(signal);
    const data = new Float32Array(3 * tileSidePx * tileSidePx);
    cutInput(pyramid, tile.tileToPhoto, tileSidePx, detector.encoding, data);
    const outputs = await model.run({
      [detector.inputName]: { type: 'float32', data, dims: [1, 3, tileSidePx, tileSidePx] },
    });
    release(data);
    for (const candidate of detector.decode(outputs)) {
      if (isCutOff(candidate.box, tile, tileSidePx)) continue;
      found.push(moveCandidate(candidate, ([x, y]) => applyAffine(tile.tileToPhoto, x, y)));
    }
    onProgress((index + 1) / tiles.length);
  }
  return found;
}

/** A face at an edge where the photo goes on is half a face: the neighbour, or the coarser zoom, has all of it. */
function isCutOff(box: Box, { cuts }: Tile, tileSidePx: number): boolean {
  return (
    (cuts.left && box.x < 0) ||
    (cuts.top && box.y < 0) ||
    (cuts.right && box.x + box.width > tileSidePx) ||
    (cuts.bottom && box.y + box.height > tileSidePx)
  );
}
