// Checks a candidate with the face mesh and finds its landmarks exactly: cuts the face out, turned upright and enlarged,
// reads 468 points, and does so again from the better position. Runs in the engine process.
import type { Landmarks, Point } from '#shared/domain/geometry.ts';
import type { LoadedModel } from '../../onnx/loaded-model.ts';
import { type AffineMatrix, applyAffine } from '../../pixels/affine-matrix.ts';
import { release } from '../../pixels/release.ts';
import { boxAround, distance, type FaceCandidate, midpoint } from './face-candidate.ts';
import { outputNamed } from './model-outputs.ts';
import { cutInput, type InputEncoding, type PhotoPyramid } from './photo-pyramid.ts';

export interface MeshedFace {
  readonly landmarks: Landmarks;
  /** Upright box around the whole mesh: forehead to chin, ear to ear. */
  readonly box: FaceCandidate['box'];
  /** Is there a face at all: the mesh's own opinion, 0..1. */
  readonly faceFlag: number;
}

/** A square to look at, turned by `angle` (radians, clockwise on the screen) around its centre. */
interface TurnedSquare {
  readonly centre: Point;
  readonly side: number;
  readonly angle: number;
}

/** The mesh was trained on squares half again as large as the box of the face. */
const enlargement = 1.5;
const inputSidePx = 192;
const encoding: InputEncoding = { order: 'rgb', mean: [0, 0, 0], factor: 1 / 255 };
const passes = 2;

/** Mesh points by their number in the MediaPipe topology; left and right as seen in an upright picture. */
const leftEyeCorners = [33, 133] as const;
const rightEyeCorners = [362, 263] as const;
const noseTip = 1;
const noseBridgeEnd = 4;
const leftMouthCorner = 61;
const rightMouthCorner = 291;
/**
 * The template's nose lies between points 1 and 4. Measured on 451 faces aligned to the 512 px template: with this
 * share all five points have a mean offset under 3 px of 512 (eyes 0.3 to 1.7, nose 0.1, mouth 2.5).
 */
const noseTipShare = 0.63;

/** `model` has the contract of facemesh.onnx. Errors: model.wrong-output. */
export async function meshFace(
  model: LoadedModel,
  pyramid: PhotoPyramid,
  candidate: FaceCandidate,
): Promise<MeshedFace> {
  let square = squareOfCandidate(candidate);
  let points: Point[] = [];
  let faceFlag = 0;
  for (let pass = 0; pass < passes; pass++) {
    ({ points, faceFlag } = await runMesh(model, pyramid, square));
    square = squareOfMesh(points);
  }
  return { landmarks: landmarksOfMesh(points), box: boxAround(points), faceFlag };
}

async function runMesh(
  model: LoadedModel,
  pyramid: PhotoPyramid,
  square: TurnedSquare,
): Promise<{ points: Point[]; faceFlag: number }> {
  const inputToPhoto = matrixOfSquare(square);
  const data = new Float32Array(3 * inputSidePx * inputSidePx);
  cutInput(pyramid, inputToPhoto, inputSidePx, encoding, data);
  const dims = [1, 3, inputSidePx, inputSidePx];
  const outputs = await model.run({ image: { type: 'float32', data, dims } });
  release(data);
  const mesh = outputNamed(model.file.modelId, outputs, 'mesh', [1, 468 * 3]).data;
  const faceFlag = outputNamed(model.file.modelId, outputs, 'face_flag', [1, 1]).data[0] ?? 0;
  const points = Array.from({ length: 468 }, (_, index) =>
    applyAffine(inputToPhoto, mesh[index * 3] ?? 0, mesh[index * 3 + 1] ?? 0),
  );
  return { points, faceFlag };
}

function matrixOfSquare({ centre, side, angle }: TurnedSquare): AffineMatrix {
  const scale = side / inputSidePx;
  const [along, across] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  const half = inputSidePx / 2;
  return [
    along,
    -across,
    centre[0] - along * half + across * half,
    across,
    along,
    centre[1] - across * half - along * half,
  ];
}

function squareOfCandidate({ box, landmarks }: FaceCandidate): TurnedSquare {
  return {
    centre: [box.x + box.width / 2, box.y + box.height / 2],
    side: Math.max(box.width, box.height) * enlargement,
    angle: Math.atan2(landmarks[1][1] - landmarks[0][1], landmarks[1][0] - landmarks[0][0]),
  };
}

/** The box is measured along the face's own axes, so that a tilted face is not looked at from further away. */
function squareOfMesh(points: readonly Point[]): TurnedSquare {
  const [outerLeft, outerRight] = [pointAt(points, leftEyeCorners[0]), pointAt(points, rightEyeCorners[1])];
  const angle = Math.atan2(outerRight[1] - outerLeft[1], outerRight[0] - outerLeft[0]);
  const [along, across] = [Math.cos(angle), Math.sin(angle)];
  const box = boxAround(points.map(([x, y]): Point => [along * x + across * y, along * y - across * x]));
  const [u, v] = [box.x + box.width / 2, box.y + box.height / 2];
  return {
    centre: [along * u - across * v, across * u + along * v],
    side: Math.max(box.width, box.height) * enlargement,
    angle,
  };
}

export function landmarksOfMesh(points: readonly Point[]): Landmarks {
  const [tip, bridgeEnd] = [pointAt(points, noseTip), pointAt(points, noseBridgeEnd)];
  const nose: Point = [
    tip[0] * noseTipShare + bridgeEnd[0] * (1 - noseTipShare),
    tip[1] * noseTipShare + bridgeEnd[1] * (1 - noseTipShare),
  ];
  return [
    midpoint(pointAt(points, leftEyeCorners[0]), pointAt(points, leftEyeCorners[1])),
    midpoint(pointAt(points, rightEyeCorners[0]), pointAt(points, rightEyeCorners[1])),
    nose,
    pointAt(points, leftMouthCorner),
    pointAt(points, rightMouthCorner),
  ];
}

function pointAt(points: readonly Point[], index: number): Point {
  const point = points[index];
  if (point === undefined) throw new RangeError(`the mesh has no point ${index}`);
  return point;
}

/** How far two sets of landmarks are apart, in eye distances: the mesh of one face must stay near what was found. */
export function landmarkDrift(found: Landmarks, meshed: Landmarks): number {
  const eyeDistance = distance(found[0], found[1]);
  return Math.max(distance(found[0], meshed[0]), distance(found[1], meshed[1])) / Math.max(eyeDistance, 1e-6);
}
