// Reads the tensors of BlazeFace (back camera model, 256 px): 896 anchors, a box and six keypoints each.
// Runs in the engine process. Pure arithmetic: cutting tiles and merging faces are others' work.
import type { Landmarks, Point } from '#shared/domain/geometry.ts';
import type { FloatTensor, LoadedModel } from '../../onnx/loaded-model.ts';
import type { FaceCandidate } from './face-candidate.ts';
import { blendOverlapping } from './merge-candidates.ts';
import { outputNamed } from './model-outputs.ts';
import { inputOf, type TileDetector } from './tile-detector.ts';

/** Numbers per anchor: centre x, y, width, height, then x, y of six keypoints. */
const valuesPerAnchor = 16;

/** Measured on faces pasted into 256 px tiles: found dependably from a box of 20 px to one of 190 px. */
export function blazefaceDetector(model: LoadedModel): TileDetector {
  const possibleScore = 0.47;
  const { modelId } = model.file;
  return {
    ...inputOf(model, {
      sidePx: 256,
      encoding: { order: 'rgb', mean: [127.5, 127.5, 127.5], factor: 1 / 127.5 },
    }),
    smallestFacePx: 20,
    sureScore: 0.77,
    possibleScore,
    decode: (outputs) =>
      decodeBlazeface(
        outputNamed(modelId, outputs, 'scores', [1, 896, 1]),
        outputNamed(modelId, outputs, 'boxes', [1, 896, 16]),
        possibleScore,
      ),
  };
}

/** Anchor centres in input pixels: 16x16 cells with two anchors each, then 8x8 cells with six each. */
export function blazefaceAnchors(): readonly Point[] {
  const anchors: Point[] = [];
  for (const { cellPx, cells, perCell } of [
    { cellPx: 16, cells: 16, perCell: 2 },
    { cellPx: 32, cells: 8, perCell: 6 },
  ]) {
    for (let row = 0; row < cells; row++) {
      for (let column = 0; column < cells; column++) {
        for (let n = 0; n < perCell; n++) anchors.push([(column + 0.5) * cellPx, (row + 0.5) * cellPx]);
      }
    }
  }
  return anchors;
}

const anchors = blazefaceAnchors();

/** `scores` [1, 896, 1] are logits; `boxes` [1, 896, 16] are pixels relative to the anchors. Result in input pixels. */
export function decodeBlazeface(scores: FloatTensor, boxes: FloatTensor, minScore: number): FaceCandidate[] {
  const minLogit = Math.log(minScore / (1 - minScore));
  const found: FaceCandidate[] = [];
  anchors.forEach(([anchorX, anchorY], index) => {
    const logit = scores.data[index] ?? Number.NEGATIVE_INFINITY;
    if (logit < minLogit) return;
    const at = index * valuesPerAnchor;
    const value = (offset: number) => boxes.data[at + offset] ?? 0;
    const [width, height] = [value(2), value(3)];
    if (!(width > 0 && height > 0)) return;
    const keypoint = (n: number): Point => [value(4 + n * 2) + anchorX, value(5 + n * 2) + anchorY];
    found.push({
      box: { x: value(0) + anchorX - width / 2, y: value(1) + anchorY - height / 2, width, height },
      landmarks: withMouthCorners(keypoint(0), keypoint(1), keypoint(2), keypoint(3)),
      score: 1 / (1 + Math.exp(-logit)),
    });
  });
  return blendOverlapping(found);
}

/** (313.09 - 201.26) / (318.90 - 192.98) of the 512 px alignment template. */
const mouthWidthInEyeDistances = 0.888;

/**
 * BlazeFace knows the middle of the mouth only. The corners go to both sides of it, parallel to the eyes and as far
 * apart as in the template; a head turned aside shortens mouth and eye distance alike.
 */
function withMouthCorners(leftEye: Point, rightEye: Point, nose: Point, mouth: Point): Landmarks {
  const halfX = ((rightEye[0] - leftEye[0]) * mouthWidthInEyeDistances) / 2;
  const halfY = ((rightEye[1] - leftEye[1]) * mouthWidthInEyeDistances) / 2;
  return [
    leftEye,
    rightEye,
    nose,
    [mouth[0] - halfX, mouth[1] - halfY],
    [mouth[0] + halfX, mouth[1] + halfY],
  ];
}
