// How faces are looked for in one raw frame: all over it, or only where one was. Runs in the engine process.
import { photoToFaceMatrix } from '#shared/domain/face-template.ts';
import type { Box } from '#shared/domain/geometry.ts';
import { type Region, readRegion, regionOnGrid } from '../../codec/video/frame-region.ts';
import type { FrameFormat } from '../../codec/video/pixel-format.ts';
import type { ClipPlan } from '../../codec/video/plan-clip.ts';
import type { LoadedModel } from '../../onnx/loaded-model.ts';
import type { Raster } from '../../pixels/raster.ts';
import { release } from '../../pixels/release.ts';
import { describeFace } from '../../steps/describe-face.ts';
import { type DetectionModelsLoaded, detectFaces } from '../../steps/detect/detect-faces.ts';
import { type FaceCandidate, mapLandmarks, moveCandidate } from '../../steps/detect/face-candidate.ts';
import { landmarkDrift, meshFace } from '../../steps/detect/facemesh.ts';
import { buildPyramid } from '../../steps/detect/photo-pyramid.ts';
import type { FrameEyes } from '../../steps/video/follow-faces.ts';
import { hdrCurveOf } from '../../steps/video/hdr-curve.ts';
import { thumbnailOf } from '../../steps/video/scene-cuts.ts';
import type { AnswerLog } from './answer-log.ts';

/** The mesh's own opinion from which a followed face is still one. */
const leastFlag = 0.5;
/** Eye distances a face can move between two frames. */
const furthestDrift = 0.8;

export interface EyeModels extends DetectionModelsLoaded {
  readonly recogniser: LoadedModel | null;
}

/** `onDetected` hears what the whole frame showed. */
export function eyesFor(
  bytes: Uint8Array,
  { decoded: format, hdr }: Pick<ClipPlan, 'decoded' | 'hdr'>,
  models: EyeModels,
  log: AnswerLog,
  signal: AbortSignal,
  onDetected: (faces: readonly FaceCandidate[]) => Promise<void>,
): FrameEyes {
  const { landmarks: mesh, recogniser } = models;
  const curve = hdrCurveOf(hdr);
  const shown = (picture: Raster): Raster => curve?.toStandard(picture) ?? picture;
  const read = (region: Region): Raster => {
    const picture = readRegion(bytes, format, region);
    const ordinary = shown(picture);
    if (ordinary !== picture) release(picture.data);
    return ordinary;
  };
  return {
    async detect() {
      const faces = await log.ask(async () => {
        const whole = readRegion(bytes, format, wholeFrame(format));
        const { picture, enlargement } = reducedForDetection(whole);
        const ordinary = shown(picture);
        const found = await detectFaces(ordinary, models, { signal, isUpright: true });
        release(whole.data, picture.data, ordinary.data);
        return found.faces.map(({ boxInPhoto: box, landmarksInPhoto: landmarks, score }) =>
          moveCandidate({ box, landmarks, score }, ([x, y]) => [x * enlargement, y * enlargement]),
        );
      });
      await onDetected(faces);
      return faces;
    },
    refine:
      mesh === null
        ? null
        : (near) =>
            log.ask(async () => {
              const region = regionAround(near.box, format);
              if (region.widthPx < 8 || region.heightPx < 8) return null;
              const pyramid = buildPyramid(read(region));
              const inRegion = moveCandidate(near, ([x, y]) => [x - region.left, y - region.top]);
              const seen = await meshFace(mesh, pyramid, inRegion);
              release(...pyramid.levels.map(({ data }) => data));
              if (seen.faceFlag < leastFlag) return null;
              if (landmarkDrift(inRegion.landmarks, seen.landmarks) > furthestDrift) return null;
              const face = { box: seen.box, landmarks: seen.landmarks, score: near.score };
              return moveCandidate(face, ([x, y]) => [x + region.left, y + region.top]);
            }),
    describe:
      recogniser === null
        ? null
        : ({ box, landmarks }) =>
            log.ask(async () => {
              const region = regionAround(box, format);
              const inRegion = mapLandmarks(landmarks, ([x, y]) => [x - region.left, y - region.top]);
              if (photoToFaceMatrix(inRegion) === null) return null;
              const picture = read(region);
              const descriptor = await describeFace(picture, inRegion, recogniser);
              release(picture.data);
              return Array.from(descriptor, (value) => Math.round(value * 1e4) / 1e4);
            }),
  };
}

/** Looking at every tile of a large frame for the smallest faces takes longer than restoring the large ones. */
const detectionSidePx = 1100;

function reducedForDetection(picture: Raster): { picture: Raster; enlargement: number } {
  const { levels } = buildPyramid(picture);
  const fits = ({ widthPx, heightPx }: Raster) => Math.max(widthPx, heightPx) <= detectionSidePx;
  const level = levels.findIndex(fits);
  const reduced = levels[level] ?? picture;
  const others = levels.filter((one) => one !== picture && one !== reduced);
  release(...others.map(({ data }) => data));
  return { picture: reduced, enlargement: level < 0 ? 1 : 2 ** level };
}

export function wholeFrame({ widthPx, heightPx }: FrameFormat): Region {
  return { left: 0, top: 0, widthPx, heightPx };
}

/** Twice the box on each side: the mesh looks at half as much again, and the face may have moved. */
function regionAround({ x, y, width, height }: Box, format: FrameFormat): Region {
  const side = Math.max(width, height) * 2;
  return regionOnGrid(
    {
      left: x + width / 2 - side / 2,
      top: y + height / 2 - side / 2,
      widthPx: side,
      heightPx: side,
    },
    format,
  );
}

/** A tiny gray picture of the frame, for finding cuts: luma, or green where the frame is RGB. */
export function lumaOfFrame(bytes: Uint8Array, format: FrameFormat): Float32Array {
  const samples =
    format.bits === 8 ? bytes : new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1);
  const isRgb = format.layout === 'rgb';
  return thumbnailOf({
    samples,
    widthPx: format.widthPx,
    heightPx: format.heightPx,
    step: isRgb ? 3 : 1,
    first: isRgb ? 1 : 0,
    largest: format.bits === 8 ? 255 : isRgb ? 65535 : 1023,
  });
}
