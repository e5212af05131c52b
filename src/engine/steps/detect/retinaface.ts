// Reads the tensors of RetinaFace (the PyTorch kind facexlib uses): priors of two sizes per cell at strides 8, 16, 32.
// Runs in the engine process. Pure arithmetic: cutting tiles and merging faces are others' work.
import type { Landmarks, Point } from '#shared/domain/geometry.ts';
import type { LoadedModel } from '../../onnx/loaded-model.ts';
import type { FaceCandidate } from './face-candidate.ts';
import { blendOverlapping } from './merge-candidates.ts';
import { type ModelOutputs, outputShaped } from './model-outputs.ts';
import { inputOf, type TileDetector } from './tile-detector.ts';

/** Side in pixels of the two square priors of each cell. */
const priorSizes = [
  { stride: 8, sidesPx: [16, 32] },
  { stride: 16, sidesPx: [64, 128] },
  { stride: 32, sidesPx: [256, 512] },
] as const;

/** The network was trained to predict offsets divided by these. */
const centreVariance = 0.1;
const sizeVariance = 0.2;

/** The official restoration script asks for 0.8. */
export function retinafaceDetector(model: LoadedModel): TileDetector {
  const input = inputOf(model, {
    sidePx: 640,
    encoding: { order: 'bgr', mean: [104, 117, 123], factor: 1 },
  });
  const possibleScore = 0.5;
  return {
    ...input,
    smallestFacePx: 16,
    sureScore: 0.8,
    possibleScore,
    decode: (outputs) => decodeRetinaface(model.file.modelId, outputs, input.tileSidePx, possibleScore),
  };
}

export interface Prior {
  readonly x: number;
  readonly y: number;
  readonly sidePx: number;
}

/** In the network's order: stride by stride, row by row, both sizes of a cell together. Centres in input pixels. */
export function retinafacePriors(sidePx: number): Prior[] {
  return priorSizes.flatMap(({ stride, sidesPx }) => {
    const cellsAcross = Math.ceil(sidePx / stride);
    return Array.from({ length: cellsAcross * cellsAcross }, (_, cell) =>
      sidesPx.map((side) => ({
        x: ((cell % cellsAcross) + 0.5) * stride,
        y: (Math.floor(cell / cellsAcross) + 0.5) * stride,
        sidePx: side,
      })),
    ).flat();
  });
}

/** Boxes [1, n, 4], confidences [1, n, 2] (second column: face, after softmax) and landmarks [1, n, 10], by their shapes. */
export function decodeRetinaface(
  modelId: string,
  outputs: ModelOutputs,
  sidePx: number,
  minScore: number,
): FaceCandidate[] {
  const priors = retinafacePriors(sidePx);
  const read = (columns: number) => outputShaped(modelId, outputs, priors.length, columns).data;
  const [boxes, confidences, points] = [read(4), read(2), read(10)];
  const found: FaceCandidate[] = [];
  priors.forEach((prior, index) => {
    const score = confidences[index * 2 + 1] ?? 0;
    if (score < minScore) return;
    const step = centreVariance * prior.sidePx;
    const centreX = prior.x + (boxes[index * 4] ?? 0) * step;
    const centreY = prior.y + (boxes[index * 4 + 1] ?? 0) * step;
    const width = prior.sidePx * Math.exp((boxes[index * 4 + 2] ?? 0) * sizeVariance);
    const height = prior.sidePx * Math.exp((boxes[index * 4 + 3] ?? 0) * sizeVariance);
    const point = (n: number): Point => [
      prior.x + (points[index * 10 + n * 2] ?? 0) * step,
      prior.y + (points[index * 10 + n * 2 + 1] ?? 0) * step,
    ];
    const landmarks: Landmarks = [point(0), point(1), point(2), point(3), point(4)];
    found.push({
      box: { x: centreX - width / 2, y: centreY - height / 2, width, height },
      landmarks,
      score: Math.min(1, score),
    });
  });
  return blendOverlapping(found);
}
