// Reads the tensors of YuNet (OpenCV Zoo, 2023 March): one anchor per cell at strides 8, 16 and 32.
// Runs in the engine process. Pure arithmetic: cutting tiles and merging faces are others' work.
import type { Landmarks, Point } from '#shared/domain/geometry.ts';
import type { LoadedModel } from '../../onnx/loaded-model.ts';
import type { FaceCandidate } from './face-candidate.ts';
import { blendOverlapping } from './merge-candidates.ts';
import { type ModelOutputs, outputNamed } from './model-outputs.ts';
import { inputOf, type TileDetector } from './tile-detector.ts';

const strides = [8, 16, 32];

/** Thresholds: OpenCV's sample uses 0.9 to be strict and 0.6 to be thorough. */
export function yunetDetector(model: LoadedModel): TileDetector {
  const input = inputOf(model, { sidePx: 640, encoding: { order: 'bgr', mean: [0, 0, 0], factor: 1 } });
  const possibleScore = 0.5;
  return {
    ...input,
    smallestFacePx: 16,
    sureScore: 0.75,
    possibleScore,
    decode: (outputs) => decodeYunet(model.file.modelId, outputs, input.tileSidePx, possibleScore),
  };
}

/**
 * Per stride: cls and obj [1, cells, 1], 0..1; bbox [1, cells, 4]: centre offset in cells and logarithm of the size in
 * cells; kps [1, cells, 10]: offsets in cells, the person's right eye first, which is the left one in the picture.
 */
export function decodeYunet(
  modelId: string,
  outputs: ModelOutputs,
  sidePx: number,
  minScore: number,
): FaceCandidate[] {
  const found: FaceCandidate[] = [];
  for (const stride of strides) {
    const cellsAcross = sidePx / stride;
    const cells = cellsAcross * cellsAcross;
    const read = (name: string, columns: number) =>
      outputNamed(modelId, outputs, `${name}_${stride}`, [1, cells, columns]).data;
    const [classes, objects, boxes, points] = [
      read('cls', 1),
      read('obj', 1),
      read('bbox', 4),
      read('kps', 10),
    ];
    for (let cell = 0; cell < cells; cell++) {
      const score = Math.sqrt(clampShare(classes[cell]) * clampShare(objects[cell]));
      if (score < minScore) continue;
      const column = cell % cellsAcross;
      const row = Math.floor(cell / cellsAcross);
      const at = (values: Float32Array, index: number) => values[index] ?? 0;
      const width = Math.exp(at(boxes, cell * 4 + 2)) * stride;
      const height = Math.exp(at(boxes, cell * 4 + 3)) * stride;
      const centreX = (column + at(boxes, cell * 4)) * stride;
      const centreY = (row + at(boxes, cell * 4 + 1)) * stride;
      const point = (n: number): Point => [
        (column + at(points, cell * 10 + n * 2)) * stride,
        (row + at(points, cell * 10 + n * 2 + 1)) * stride,
      ];
      const landmarks: Landmarks = [point(0), point(1), point(2), point(3), point(4)];
      found.push({
        box: { x: centreX - width / 2, y: centreY - height / 2, width, height },
        landmarks,
        score,
      });
    }
  }
  return blendOverlapping(found);
}

function clampShare(value: number | undefined): number {
  return Math.min(1, Math.max(0, value ?? 0));
}
