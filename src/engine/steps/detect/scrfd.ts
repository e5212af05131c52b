// Reads the tensors of SCRFD with keypoints (InsightFace): two anchors per cell at strides 8, 16 and 32.
// Runs in the engine process. Pure arithmetic: cutting tiles and merging faces are others' work.
import type { Landmarks, Point } from '#shared/domain/geometry.ts';
import type { LoadedModel } from '../../onnx/loaded-model.ts';
import type { FaceCandidate } from './face-candidate.ts';
import { blendOverlapping } from './merge-candidates.ts';
import { type ModelOutputs, outputShaped } from './model-outputs.ts';
import { inputOf, type TileDetector } from './tile-detector.ts';

const strides = [8, 16, 32];
const anchorsPerCell = 2;

/** InsightFace's own threshold is 0.5. */
export function scrfdDetector(model: LoadedModel): TileDetector {
  const input = inputOf(model, {
    sidePx: 640,
    encoding: { order: 'rgb', mean: [127.5, 127.5, 127.5], factor: 1 / 128 },
  });
  const possibleScore = 0.3;
  return {
    ...input,
    smallestFacePx: 16,
    sureScore: 0.5,
    possibleScore,
    decode: (outputs) => decodeScrfd(model.file.modelId, outputs, input.tileSidePx, possibleScore),
  };
}

/**
 * Nine outputs, told apart by their shapes as exports number them differently: per stride scores [n, 1], 0..1, boxes
 * [n, 4] as distances to left, top, right, bottom and points [n, 10] as offsets, both in strides from the cell's corner.
 */
export function decodeScrfd(
  modelId: string,
  outputs: ModelOutputs,
  sidePx: number,
  minScore: number,
): FaceCandidate[] {
  const found: FaceCandidate[] = [];
  for (const stride of strides) {
    const cellsAcross = Math.ceil(sidePx / stride);
    const rows = cellsAcross * cellsAcross * anchorsPerCell;
    const read = (columns: number) => outputShaped(modelId, outputs, rows, columns).data;
    const [scores, boxes, points] = [read(1), read(4), read(10)];
    for (let index = 0; index < rows; index++) {
      const score = scores[index] ?? 0;
      if (score < minScore) continue;
      const cell = Math.floor(index / anchorsPerCell);
      const x = (cell % cellsAcross) * stride;
      const y = Math.floor(cell / cellsAcross) * stride;
      const side = (n: number) => (boxes[index * 4 + n] ?? 0) * stride;
      const point = (n: number): Point => [
        x + (points[index * 10 + n * 2] ?? 0) * stride,
        y + (points[index * 10 + n * 2 + 1] ?? 0) * stride,
      ];
      const landmarks: Landmarks = [point(0), point(1), point(2), point(3), point(4)];
      const box = { x: x - side(0), y: y - side(1), width: side(0) + side(2), height: side(1) + side(3) };
      if (box.width > 0 && box.height > 0) found.push({ box, landmarks, score: Math.min(1, score) });
    }
  }
  return blendOverlapping(found);
}
