// Tells a photo that stands on its head. Runs in the engine process.
// The bundled detector fires on upside-down faces too and puts the eyes where the mouth is; faces lying on a side it
// reads rightly. So only the half turn has to be asked for, and only a few faces have to be asked.
import type { LoadedModel } from '../../onnx/loaded-model.ts';
import { applyAffine } from '../../pixels/affine-matrix.ts';
import type { FaceCandidate } from './face-candidate.ts';
import { cutInput, type PhotoPyramid } from './photo-pyramid.ts';
import type { TileDetector } from './tile-detector.ts';

/** The surest faces speak for the photo. */
const facesAsked = 3;
/** The face fills about this much of the tile: the size the detector is surest at. */
const faceShareOfTile = 0.4;

/** Whether most of the surest faces are seen better turned by half. `candidates`: best first. */
export async function looksUpsideDown(
  model: LoadedModel,
  detector: TileDetector,
  pyramid: PhotoPyramid,
  candidates: readonly FaceCandidate[],
): Promise<boolean> {
  let votes = 0;
  const asked = candidates.slice(0, facesAsked);
  for (const candidate of asked) {
    const upright = await scoreOf(model, detector, pyramid, candidate, 1);
    const turned = await scoreOf(model, detector, pyramid, candidate, -1);
    votes += turned > upright ? 1 : -1;
  }
  return votes > 0;
}

/** Best score of a face in the middle of the tile; `direction` -1 looks at it from above its head. */
async function scoreOf(
  model: LoadedModel,
  detector: TileDetector,
  pyramid: PhotoPyramid,
  { box }: FaceCandidate,
  direction: 1 | -1,
): Promise<number> {
  const { tileSidePx, inputName, encoding } = detector;
  const photoPerTile = (Math.max(box.width, box.height) / faceShareOfTile / tileSidePx) * direction;
  const half = tileSidePx / 2;
  const [centreX, centreY] = [box.x + box.width / 2, box.y + box.height / 2];
  const tileToPhoto = [
    photoPerTile,
    0,
    centreX - photoPerTile * half,
    0,
    photoPerTile,
    centreY - photoPerTile * half,
  ] as const;
  const data = new Float32Array(3 * tileSidePx * tileSidePx);
  cutInput(pyramid, tileToPhoto, tileSidePx, encoding, data);
  const outputs = await model.run({
    [inputName]: { type: 'float32', data, dims: [1, 3, tileSidePx, tileSidePx] },
  });
  let best = 0;
  for (const face of detector.decode(outputs)) {
    const [x, y] = applyAffine(
      tileToPhoto,
      face.box.x + face.box.width / 2,
      face.box.y + face.box.height / 2,
    );
    const isSame = Math.hypot(x - centreX, y - centreY) < 0.5 * Math.max(box.width, box.height);
    if (isSame) best = Math.max(best, face.score);
  }
  return best;
}
