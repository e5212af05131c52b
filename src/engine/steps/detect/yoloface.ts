// Reads the tensor of YOLOv8n-face: one row of numbers per quantity, one column per cell. Runs in the engine process.
// Pure arithmetic: cutting tiles and merging faces are others' work.
import type { Landmarks, Point } from '#shared/domain/geometry.ts';
import type { FloatTensor, LoadedModel } from '../../onnx/loaded-model.ts';
import type { FaceCandidate } from './face-candidate.ts';
import { blendOverlapping } from './merge-candidates.ts';
import { outputShaped } from './model-outputs.ts';
import { inputOf, type TileDetector } from './tile-detector.ts';

/** Centre x, y, width, height, score, then x, y and visibility of five points. */
const rows = 20;

export function yolofaceDetector(model: LoadedModel): TileDetector {
  const input = inputOf(model, { sidePx: 640, encoding: { order: 'bgr', mean: [0, 0, 0], factor: 1 / 255 } });
  const possibleScore = 0.3;
  const cells = [8, 16, 32].reduce((sum, stride) => sum + (input.tileSidePx / stride) ** 2, 0);
  return {
    ...input,
    smallestFacePx: 20,
    sureScore: 0.5,
    possibleScore,
    decode: (outputs) =>
      decodeYoloface(outputShaped(model.file.modelId, outputs, rows, cells), possibleScore),
  };
}

/** `answer` [1, 20, cells], everything already in input pixels. */
export function decodeYoloface(answer: FloatTensor, minScore: number): FaceCandidate[] {
  const cells = answer.data.length / rows;
  const found: FaceCandidate[] = [];
  for (let cell = 0; cell < cells; cell++) {
    const row = (index: number) => answer.data[index * cells + cell] ?? 0;
    const score = row(4);
    if (score < minScore) continue;
    const [width, height] = [row(2), row(3)];
    if (!(width > 0 && height > 0)) continue;
    const point = (n: number): Point => [row(5 + n * 3), row(6 + n * 3)];
    const landmarks: Landmarks = [point(0), point(1), point(2), point(3), point(4)];
    found.push({
      box: { x: row(0) - width / 2, y: row(1) - height / 2, width, height },
      landmarks,
      score: Math.min(1, score),
    });
  }
  return blendOverlapping(found);
}
