// Reads the tensors of YOLOv8n-face (one row of numbers per quantity, one column per cell) and of YOLOv5-face (one row
// per anchor). Runs in the engine process.
// Pure arithmetic: cutting tiles and merging faces are others' work.
import type { Landmarks, Point } from '#shared/domain/geometry.ts';
import type { FloatTensor, LoadedModel } from '../../onnx/loaded-model.ts';
import type { FaceCandidate } from './face-candidate.ts';
import { blendOverlapping } from './merge-candidates.ts';
import { type ModelOutputs, outputShaped } from './model-outputs.ts';
import { inputOf, type TileDetector } from './tile-detector.ts';

/** YOLOv8n-face: centre x, y, width, height, score, then x, y and visibility of five points. */
const rows = 20;
/** YOLOv5-face: centre x, y, width, height, confidence, x and y of five points, confidence that it is a face. */
const columns = 16;
const anchorsPerCell = 3;

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
      isRowPerAnchor(outputs)
        ? decodeYolov5face(
            outputShaped(model.file.modelId, outputs, cells * anchorsPerCell, columns),
            possibleScore,
          )
        : decodeYoloface(outputShaped(model.file.modelId, outputs, rows, cells), possibleScore),
  };
}

function isRowPerAnchor(outputs: ModelOutputs): boolean {
  return Object.values(outputs).some(({ dims }) => dims.at(-1) === columns);
}

/** `answer` [1, anchors, 16], everything already in input pixels. */
export function decodeYolov5face(answer: FloatTensor, minScore: number): FaceCandidate[] {
  const found: FaceCandidate[] = [];
  for (let at = 0; at < answer.data.length; at += columns) {
    const column = (index: number) => answer.data[at + index] ?? 0;
    const score = column(4) * column(15);
    if (score < minScore) continue;
    const [width, height] = [column(2), column(3)];
    if (!(width > 0 && height > 0)) continue;
    const point = (n: number): Point => [column(5 + n * 2), column(6 + n * 2)];
    const landmarks: Landmarks = [point(0), point(1), point(2), point(3), point(4)];
    found.push({
      box: { x: column(0) - width / 2, y: column(1) - height / 2, width, height },
      landmarks,
      score,
    });
  }
  return blendOverlapping(found);
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
