// Restores the faces of one raw frame, in place: cut out, restored, held still, laid back. Runs in the engine process.
// Only the faces' own rectangles are turned into RGB and back; everything else of the frame keeps its exact samples.
import { photoToFaceMatrix } from '#shared/domain/face-template.ts';
import type { Landmarks, Point } from '#shared/domain/geometry.ts';
import { throwIfCancelled } from '#shared/errors/heirloom-error.ts';
import { type Region, readRegion, regionOnGrid, writeRegion } from '../../codec/video/frame-region.ts';
import type { FrameFormat } from '../../codec/video/pixel-format.ts';
import type { LoadedModel } from '../../onnx/loaded-model.ts';
import { invertAffine } from '../../pixels/affine-matrix.ts';
import { transformedCorners } from '../../pixels/quadrilateral.ts';
import type { Raster } from '../../pixels/raster.ts';
import { release } from '../../pixels/release.ts';
import { type AlignedFace, alignFace } from '../../steps/align-face.ts';
import { mapLandmarks } from '../../steps/detect/face-candidate.ts';
import { faceOval } from '../../steps/face-oval.ts';
import { layGrain } from '../../steps/lay-grain.ts';
import type { MonochromeTreatment } from '../../steps/monochrome/choose-monochrome.ts';
import { keepTint, tintOfFace } from '../../steps/monochrome/keep-tint.ts';
import { parseFace } from '../../steps/parse-face.ts';
import { pasteBack } from '../../steps/paste-back.ts';
import { faceSideOf, restoreFace } from '../../steps/restore-face.ts';
import type { HdrCurve } from '../../steps/video/hdr-curve.ts';
import { type SteadyHistory, steadyFace } from '../../steps/video/steady-face.ts';
import type { StepClock } from '../step-clock.ts';

export interface FaceOfFrame {
  readonly trackId: number;
  /** In pixels of the decoded frame. */
  readonly landmarks: Landmarks;
  readonly fidelity: number;
  /** Strength and presence together. */
  readonly strength: number;
}

export interface FrameRestorer {
  readonly restorer: LoadedModel;
  readonly parser: LoadedModel | null;
  readonly treatment: MonochromeTreatment;
  /** Null: the film is an ordinary one, as the networks know them. */
  readonly hdr: HdrCurve | null;
  readonly steadiness: number;
  /** Of the film's grain on the faces; 0: none. */
  readonly grain: number;
  readonly clock: StepClock;
  readonly signal: AbortSignal;
  /** By track; what belongs to earlier frames is dropped by the caller. */
  readonly histories: Map<number, SteadyHistory>;
}

export interface FaceToPaste extends FaceOfFrame {
  readonly aligned: AlignedFace;
  readonly alignedSizePx: number;
  readonly face: Raster;
  readonly mask: ReturnType<typeof faceOval>;
}

/** The faces are all taken from the frame as it was, then laid into it. */
export async function restoreFacesInFrame(
  frame: Uint8Array,
  format: FrameFormat,
  index: number,
  faces: readonly FaceOfFrame[],
  how: FrameRestorer,
): Promise<void> {
  const { clock, signal, grain } = how;
  const pastes: { paste: FaceToPaste; region: Region; before: Raster }[] = [];
  for (const face of faces) {
    throwIfCancelled(signal);
    const region = regionOf(face.landmarks, format);
    if (region === null) continue;
    const picture = await clock.time('aligning', () => readRegion(frame, format, region));
    const landmarks = mapLandmarks(face.landmarks, ([x, y]) => [x - region.left, y - region.top]);
    const paste = await restoreInPicture(picture, { ...face, landmarks }, index, how);
    pastes.push({ paste, region, before: picture });
  }
  await clock.time('pasting-back', () => {
    for (const [at, { paste, region, before: asItWas }] of pastes.entries()) {
      const isUntouched = pastes.slice(0, at).every((other) => !overlaps(other.region, region));
      const before = isUntouched ? asItWas : readRegion(frame, format, region);
      const canvas: Raster = { ...before, data: before.data.slice() };
      layBack(canvas, before, paste, index, { scale: 1, grain, signal });
      writeRegion(frame, format, region, before, canvas);
      release(asItWas.data, before.data, canvas.data, paste.face.data, paste.aligned.face.data);
    }
  });
}

function overlaps(a: Region, b: Region): boolean {
  return (
    a.left < b.left + b.widthPx &&
    b.left < a.left + a.widthPx &&
    a.top < b.top + b.heightPx &&
    b.top < a.top + a.heightPx
  );
}

/** One face of a picture, ready to be pasted. `landmarks` in the picture's pixels. */
export async function restoreInPicture(
  picture: Raster,
  face: FaceOfFrame,
  index: number,
  { restorer, parser, treatment, hdr, steadiness, clock, histories }: FrameRestorer,
): Promise<FaceToPaste> {
  const alignedSizePx = faceSideOf(restorer);
  const aligned = await clock.time('aligning', () => alignFace(picture, face.landmarks, alignedSizePx));
  const shown = hdr === null ? aligned.face : hdr.toStandard(aligned.face);
  const bits = aligned.face.data instanceof Uint16Array ? 16 : 8;
  const { restored, mask } = await clock.time('restoring-faces', async () => {
    const answer = await restoreFace(shown, restorer, face.fidelity, { bits, isSeenOnce: true });
    return { restored: answer, mask: parser === null ? faceOval() : await parseFace(answer, parser) };
  });
  const { steady, onTheWay } = await clock.time('pasting-back', () => {
    const tinted =
      treatment === 'colour' ? restored : keepTint(restored, shown, tintOfFace(shown, treatment));
    const asFilm = hdr === null ? tinted : hdr.fromStandard(aligned.face, shown, tinted);
    const before = histories.get(face.trackId) ?? null;
    const now = { frame: index, aligned: aligned.face, restored: asFilm, mask };
    return { steady: steadyFace(now, before, steadiness), onTheWay: [shown, restored, tinted, asFilm] };
  });
  histories.set(face.trackId, steady.history);
  for (const picture of onTheWay) {
    if (picture !== aligned.face && picture !== steady.face) release(picture.data);
  }
  return { ...face, aligned, alignedSizePx, face: steady.face, mask: steady.mask };
}

export interface LayingBack {
  /** Canvas over picture. */
  readonly scale: number;
  readonly grain: number;
  readonly signal: AbortSignal;
}

/** Lays a face of frame `index` into `canvas`, which is `picture` enlarged. */
export function layBack(
  canvas: Raster,
  picture: Raster,
  { face, aligned, alignedSizePx, mask, strength }: FaceToPaste,
  index: number,
  { scale, grain, signal }: LayingBack,
): void {
  const paste = { face, photoToFace: aligned.photoToFace, alignedSizePx, mask, strength };
  pasteBack(canvas, [paste], { scale, signal });
  layGrain(canvas, picture, paste, { scale, strength: grain, frame: index, signal });
}

/** Pixels around the aligned square that resampling and soft edges may read. */
const marginPx = 8;

/** The rectangle of the frame that holds the aligned square; null where it lies outside or the landmarks say nothing. */
function regionOf(landmarks: Landmarks, format: FrameFormat): Region | null {
  const photoToFace = photoToFaceMatrix(landmarks, 512);
  const faceToPhoto = photoToFace === null ? null : invertAffine(photoToFace);
  if (faceToPhoto === null) return null;
  const corners: readonly Point[] = transformedCorners(faceToPhoto, [-0.5, -0.5], [511.5, 511.5]);
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const left = Math.floor(Math.min(...xs)) - marginPx;
  const top = Math.floor(Math.min(...ys)) - marginPx;
  const region = regionOnGrid(
    {
      left,
      top,
      widthPx: Math.ceil(Math.max(...xs)) + marginPx - left,
      heightPx: Math.ceil(Math.max(...ys)) + marginPx - top,
    },
    format,
  );
  return region.widthPx < 16 || region.heightPx < 16 ? null : region;
}
