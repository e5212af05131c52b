// The heart of every restoration: a decoded photo and the faces to restore go in, the finished canvas comes out.
// Used by restore-photo (a recipe of a project) and restore-file (command line, batch). Writes no files.
import type { BrushStroke } from '#shared/domain/brush.ts';
import type { MonochromeMode } from '#shared/domain/edit.ts';
import type { FaceMask } from '#shared/domain/face-paste.ts';
import type { Landmarks } from '#shared/domain/geometry.ts';
import { invertSimilarity } from '#shared/domain/similarity.ts';
import type { DecodedPhoto } from '../codec/decoded-photo.ts';
import { resizeAlpha, resizeRaster } from '../codec/resize-raster.ts';
import type { LoadedModel } from '../onnx/loaded-model.ts';
import type { Raster } from '../pixels/raster.ts';
import { type AlignedFace, alignFace } from '../steps/align-face.ts';
import { drawFaceFrames, type FrameOfFace } from '../steps/draw-face-frames.ts';
import { faceOval } from '../steps/face-oval.ts';
import { layGrain } from '../steps/lay-grain.ts';
import { matchColour } from '../steps/match-colour.ts';
import { chooseMonochrome, type MonochromeTreatment } from '../steps/monochrome/choose-monochrome.ts';
import { keepTint, tintOfFace } from '../steps/monochrome/keep-tint.ts';
import { type FacePaint, finishFace, maskByHand } from '../steps/paint/finish-face.ts';
import { type KeptPixels, putPixelsBack, takePixels } from '../steps/paint/keep-original.ts';
import { rasteriseStrokes } from '../steps/paint/rasterise-strokes.ts';
import { parseFace } from '../steps/parse-face.ts';
import { type FacePaste, pasteBack } from '../steps/paste-back.ts';
import { faceSideOf, restoreFace } from '../steps/restore-face.ts';
import { blendBackground } from '../steps/upscale/blend-background.ts';
import { upscalePhoto } from '../steps/upscale-photo.ts';
import type { JobContext } from './job-context.ts';
import type { StepClock, StepShares } from './step-clock.ts';

export interface FaceToRestore extends FacePaint {
  readonly landmarksInPhoto: Landmarks;
  readonly restorer: LoadedModel;
  readonly fidelity: number;
  readonly strength: number;
  /** Which part of the restored face is laid back, where a parser can tell. */
  readonly mask?: FaceMask | undefined;
  /** Pixels of an aligned face of 512 by which its mask grows and softens. */
  readonly expandPx?: number | undefined;
  readonly featherPx?: number | undefined;
  /** Enlarges this restored face before it is pasted, by a whole number; the plan's otherwise. */
  readonly faceUpscaler?: LoadedModel | undefined;
  readonly matchesColour?: boolean | undefined;
}

/** Both in the photo's own colours. */
export interface RestoredFace {
  readonly aligned: Raster;
  readonly restored: Raster;
}

export interface RenderPlan {
  readonly faces: readonly FaceToRestore[];
  readonly parser: LoadedModel | null;
  readonly upscaler: LoadedModel | null;
  readonly backgroundStrength: number;
  readonly scale: number;
  readonly monochrome: MonochromeMode;
  /** Strokes in photo pixels: there the photo stays as it was, only enlarged. */
  readonly keepOriginal?: readonly BrushStroke[] | undefined;
  /** Of the photo's grain laid on restored faces, 0 to 1. */
  readonly grain?: number | undefined;
  /** Enlarges each restored face before it is pasted; it must enlarge by a whole number. */
  readonly faceUpscaler?: LoadedModel | null;
  /** Photo pixels per side of a tile of the upscaler. */
  readonly tilePx?: number | null;
  readonly drawFrames?: boolean;
  /** Told each face before it is pasted, in the plan's order. */
  readonly onFace?: (face: RestoredFace, index: number) => Promise<void>;
}

export interface RenderedPhoto {
  readonly raster: Raster;
  readonly alpha: Uint8Array | Uint16Array | null;
}

/** Shares of the time for progress, seen on two cores with the bundled models. */
export function renderShares(hasUpscaler: boolean): StepShares {
  return [
    ['upscaling', hasUpscaler ? 12 : 1],
    ['aligning', 0.5],
    ['restoring-faces', 5],
    ['pasting-back', 0.5],
  ];
}

/** Faces outside this many need not be looked at to tell a monochrome photo. */
const facesThatDecideColour = 8;

export async function renderPhoto(
  photo: DecodedPhoto,
  plan: RenderPlan,
  context: JobContext,
  clock: StepClock,
): Promise<RenderedPhoto> {
  const treatment = await clock.time('aligning', () => treatmentOf(photo, plan));
  clock.report('upscaling', 0);
  const { canvas, kept } = await clock.time('upscaling', () => makeCanvas(photo, plan, context, clock));
  const frames: FrameOfFace[] = [];
  for (const [index, face] of plan.faces.entries()) {
    clock.report('restoring-faces', index / plan.faces.length);
    frames.push(await renderFace(photo, face, index, plan, treatment, canvas, context, clock));
  }
  if (kept !== null) putPixelsBack(canvas, kept);
  if (plan.drawFrames) drawFaceFrames(canvas, frames, plan.scale);
  const alpha =
    photo.alpha === null
      ? null
      : await resizeAlpha(photo.alpha, photo.raster, canvas.widthPx, canvas.heightPx);
  return { raster: canvas, alpha };
}

/** How the photo's colour is kept; up to eight of the plan's faces decide where the photo alone does not. */
export function treatmentOf(
  photo: DecodedPhoto,
  plan: {
    readonly monochrome: MonochromeMode;
    readonly faces: readonly Pick<FaceToRestore, 'landmarksInPhoto'>[];
  },
): MonochromeTreatment {
  if (plan.monochrome === 'auto' && photo.isGrayFile) return 'gray';
  if (plan.faces.length === 0) return 'colour';
  const samples = plan.faces
    .slice(0, facesThatDecideColour)
    .map((face) => alignFace(photo.raster, face.landmarksInPhoto, 128).face);
  return chooseMonochrome(plan.monochrome, photo.raster, samples);
}

/** The photo at its final size: Lanczos, with as much of the upscaler's picture as asked; and what stays as it was. */
async function makeCanvas(
  photo: DecodedPhoto,
  plan: RenderPlan,
  context: JobContext,
  clock: StepClock,
): Promise<{ canvas: Raster; kept: KeptPixels | null }> {
  const widthPx = Math.max(1, Math.round(photo.raster.widthPx * plan.scale));
  const heightPx = Math.max(1, Math.round(photo.raster.heightPx * plan.scale));
  const plain =
    plan.scale === 1
      ? { ...photo.raster, data: photo.raster.data.slice() }
      : await resizeRaster(photo.raster, widthPx, heightPx, 'lanczos3');
  const mask = rasteriseStrokes(plan.keepOriginal ?? [], plain, plan.scale);
  const kept = mask === null ? null : takePixels(plain, mask);
  if (plan.upscaler === null || plan.backgroundStrength === 0) return { canvas: plain, kept };
  const inSrgb = photo.toSrgb === null ? photo.raster : photo.toSrgb(photo.raster);
  const upscaled = await upscalePhoto(inSrgb, plan.upscaler, {
    signal: context.signal,
    onProgress: (fraction) => clock.report('upscaling', fraction),
    ...(plan.tilePx ? { tilePx: plan.tilePx } : {}),
  });
  const fitted = await resizeRaster(upscaled, widthPx, heightPx, 'lanczos3');
  const inOwnSpace = photo.fromSrgb === null ? fitted : photo.fromSrgb(fitted);
  return { canvas: blendBackground(plain, inOwnSpace, plan.backgroundStrength), kept };
}

async function renderFace(
  photo: DecodedPhoto,
  face: FaceToRestore,
  index: number,
  plan: RenderPlan,
  treatment: MonochromeTreatment,
  canvas: Raster,
  context: JobContext,
  clock: StepClock,
): Promise<FrameOfFace> {
  const alignedSizePx = faceSideOf(face.restorer);
  const aligned = await clock.time('aligning', () =>
    alignFace(photo.raster, face.landmarksInPhoto, alignedSizePx),
  );
  const { restored, mask } = await clock.time('restoring-faces', async () => {
    const input = photo.toSrgb === null ? aligned.face : photo.toSrgb(aligned.face);
    const answer = await restoreFace(input, face.restorer, face.fidelity);
    const isMatched = face.matchesColour === true && treatment === 'colour';
    const coloured = isMatched ? matchColour(answer, input, insideOf(aligned, photo.raster)) : answer;
    const upscaler = face.faceUpscaler ?? plan.faceUpscaler;
    const finished = await finishFace(coloured, face, aligned.photoToFace, alignedSizePx);
    const large = upscaler ? await upscalePhoto(finished, upscaler, context) : finished;
    const own = inPhotoColours(large, aligned, photo, face.colouring === undefined ? treatment : 'colour');
    const usual = plan.parser === null ? faceOval() : await parseFace(answer, plan.parser, face.mask);
    return {
      restored: own,
      mask: maskByHand(usual, face, aligned.photoToFace, alignedSizePx),
    };
  });
  await plan.onFace?.({ aligned: aligned.face, restored }, index);
  const paste: FacePaste = {
    face: restored,
    photoToFace: aligned.photoToFace,
    alignedSizePx,
    mask,
    strength: face.strength,
    expandPx: ((face.expandPx ?? 0) * alignedSizePx) / 512,
    featherPx: ((face.featherPx ?? 0) * alignedSizePx) / 512,
  };
  const { signal } = context;
  await clock.time('pasting-back', () => {
    pasteBack(canvas, [paste], { scale: plan.scale, signal });
    layGrain(canvas, photo.raster, paste, { scale: plan.scale, strength: plan.grain ?? 0, signal });
  });
  return { photoToFace: aligned.photoToFace, alignedSizePx };
}

/** Whether a pixel of the aligned face shows the photo, and not the fill outside it. */
export function insideOf({ photoToFace }: AlignedFace, photo: Raster): (u: number, v: number) => boolean {
  const [a, b, tx, c, d, ty] = invertSimilarity(photoToFace);
  return (u, v) => {
    const [x, y] = [a * u + b * v + tx, c * u + d * v + ty];
    return x >= 0 && y >= 0 && x <= photo.widthPx - 1 && y <= photo.heightPx - 1;
  };
}

/** A restored face in sRGB, in the photo's own colour space and, where that has no real colour, in its tint. */
export function inPhotoColours(
  restored: Raster,
  aligned: Pick<AlignedFace, 'face'>,
  photo: Pick<DecodedPhoto, 'fromSrgb'>,
  treatment: MonochromeTreatment,
): Raster {
  const inOwnSpace = photo.fromSrgb === null ? restored : photo.fromSrgb(restored);
  if (treatment === 'colour') return inOwnSpace;
  return keepTint(inOwnSpace, aligned.face, tintOfFace(aligned.face, treatment));
}
