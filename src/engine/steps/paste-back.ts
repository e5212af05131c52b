// Puts restored faces back into the enlarged photo, in place. Runs in the engine process.
// Touches only the faces' own boxes: every other sample of the canvas stays as it is, bit for bit.
import { throwIfCancelled } from '#shared/errors/heirloom-error.ts';
import {
  type AffineMatrix,
  composeAffine,
  invertAffine,
  resizeMatrix,
  scaleOfAffine,
} from '../pixels/affine-matrix.ts';
import { transformedCorners } from '../pixels/quadrilateral.ts';
import { maxSample, type Plane, type Raster } from '../pixels/raster.ts';
import { release } from '../pixels/release.ts';
import { blendFace } from './paste-back/blend-face.ts';
import { makeFaceSamples } from './paste-back/face-samples.ts';
import { shapeParsingMask } from './paste-back/parsing-mask.ts';
import { makeSquareMask } from './paste-back/square-mask.ts';

export interface FacePaste {
  /** The restored face, square, any size and sample depth. */
  readonly face: Raster;
  /** From photo pixels to a face of `alignedSizePx`, as alignFace gives it. */
  readonly photoToFace: AffineMatrix;
  readonly alignedSizePx: number;
  /** Where to paste, 0..1, in face space at any size; null pastes the whole soft square. */
  readonly mask: Plane | null;
  /** 0 leaves the canvas, 1 pastes fully. */
  readonly strength: number;
  /** Aligned pixels the masks grow outwards (negative: inwards). The soft square never leaves the crop. */
  readonly expandPx?: number;
  /** Aligned pixels by which the masks get softer. */
  readonly featherPx?: number;
}

export interface PasteBackOptions {
  /** Canvas over photo: the canvas is the photo enlarged by this. */
  readonly scale: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

/**
 * Faces are pasted in order, a later one over an earlier one, each through its soft mask. Parts of a crop outside
 * the photo are not pasted. Throws JobCancelled between faces; the canvas then holds the faces pasted so far.
 *
 * A photo pixel's centre lands on the canvas where enlarging puts it: scale * x + (scale - 1) / 2. The official
 * script adds scale / 2, which is half a canvas pixel too far to the right and down.
 */
export function pasteBack(canvas: Raster, pastes: readonly FacePaste[], options: PasteBackOptions): void {
  pastes.forEach((paste, index) => {
    throwIfCancelled(options.signal);
    pasteFace(canvas, paste, options.scale);
    options.onProgress?.((index + 1) / pastes.length);
  });
}

function pasteFace(canvas: Raster, paste: FacePaste, scale: number): void {
  const strength = Math.min(Math.max(paste.strength, 0), 1);
  const faceToPhoto = invertAffine(paste.photoToFace);
  if (strength === 0 || faceToPhoto === null) return;
  const alignedToCanvas = composeAffine(resizeMatrix(scale, scale), faceToPhoto);
  const canvasToAligned = invertAffine(alignedToCanvas);
  if (canvasToAligned === null) return;

  const expandPx = paste.expandPx ?? 0;
  const featherPx = paste.featherPx ?? 0;
  const square = makeSquareMask({
    alignedToCanvas,
    alignedSizePx: paste.alignedSizePx,
    canvasWidthPx: canvas.widthPx,
    canvasHeightPx: canvas.heightPx,
    scale,
    expandPx,
    featherPx,
  });
  const maskPerAligned = paste.mask === null ? 1 : paste.mask.widthPx / paste.alignedSizePx;
  const samples = makeFaceSamples(paste.face, paste.alignedSizePx, canvasToAligned, maxSample(canvas));
  blendFace(canvas, {
    samples,
    canvasToAligned,
    alignedToCanvas,
    square,
    parsing:
      paste.mask === null
        ? null
        : shapeParsingMask(paste.mask, expandPx * maskPerAligned, featherPx * maskPerAligned),
    parsingPerAligned: maskPerAligned,
    borderFade: fadeAtPhotoBorder(canvas, alignedToCanvas, paste.alignedSizePx),
    strength,
  });
  release(samples.data);
}

/** Aligned pixels (of 512) next to the photo's border in which a network's output mixes with the fill outside. */
const borderFadeOf512 = 6;

/** Widths in canvas pixels over which the mask fades in from each border that the crop crosses; 0 where it does not. */
function fadeAtPhotoBorder(canvas: Raster, alignedToCanvas: AffineMatrix, sizePx: number) {
  const corners = transformedCorners(alignedToCanvas, [-0.5, -0.5], [sizePx - 0.5, sizePx - 0.5]);
  const widthPx = Math.max(1, (borderFadeOf512 / 512) * sizePx * scaleOfAffine(alignedToCanvas));
  const when = (crosses: boolean) => (crosses ? widthPx : 0);
  return {
    left: when(corners.some(([x]) => x < -0.5)),
    right: when(corners.some(([x]) => x > canvas.widthPx - 0.5)),
    top: when(corners.some(([, y]) => y < -0.5)),
    bottom: when(corners.some(([, y]) => y > canvas.heightPx - 0.5)),
  };
}
