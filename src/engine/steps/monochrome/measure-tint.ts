// Decides whether a photo is gray, of a single tint (sepia, selenium, faded), or in colour.
// A single-tint photo has one colour per luma level, whatever the level's colour is; a colour photo has many.
import type { Raster } from '../../pixels/raster.ts';
import { blankRaster, maxSample } from '../../pixels/raster.ts';
import { type ColourSample, fitTintCurve, lumaOf, type TintCurve } from './tint-curve.ts';

export interface TintMeasure {
  /** `uncertain`: more than one colour, but so little that scanner moiré or stains explain it as well as colour does. */
  readonly kind: 'gray' | 'tint' | 'uncertain' | 'colour';
  /** How far blocks stray from the curve, 8-bit units: mean and 95th percentile. */
  readonly meanResidual: number;
  readonly highResidual: number;
}

/** Blocks along the long side. Averaging over blocks takes out grain, JPEG chroma noise and scanner moiré. */
const blocksAcross = 72;
/**
 * Over 340 old prints and 480 colour portraits: 99 % of the prints lie under a mean of 3 and a 95th percentile of 9;
 * the palest colour portrait (white wall, white shirt) has 3.0 and 10.5. Raising these makes pale portraits monochrome.
 */
const tintMeanLimit = 3;
const tintHighLimit = 9.5;
/** Beyond these nobody would call a photo monochrome. Coloured moiré over an engraving reached 6.0 and 14.5. */
const uncertainMeanLimit = 7;
const uncertainHighLimit = 18;
/** A photo whose blocks never leave gray by more than this is gray. */
const grayLimit = 2.5;
/** Mean chroma of a face that still counts as gray; skin in a pale colour portrait has 20 and more. */
const neutralFaceLimit = 9;

/** Measures a whole photo (sRGB). 8- and 16-bit give the same answer. */
export function measureTint(photo: Raster): TintMeasure {
  const samples = blockMeans(photo);
  const curve = fitTintCurve(samples);
  const residuals = samples.map((sample) => distanceFromCurve(sample, curve)).sort((a, b) => a - b);
  const meanResidual = residuals.reduce((sum, value) => sum + value, 0) / Math.max(1, residuals.length);
  const highResidual = residuals[Math.floor(residuals.length * 0.95)] ?? 0;
  return { kind: kindOf(samples, meanResidual, highResidual), meanResidual, highResidual };
}

function kindOf(samples: ColourSample[], meanResidual: number, highResidual: number): TintMeasure['kind'] {
  if (meanResidual > uncertainMeanLimit || highResidual > uncertainHighLimit) return 'colour';
  if (meanResidual > tintMeanLimit || highResidual > tintHighLimit) return 'uncertain';
  const strongest = samples.reduce((most, sample) => Math.max(most, chromaOf(sample)), 0);
  return strongest <= grayLimit ? 'gray' : 'tint';
}

/** True when the aligned face itself shows no skin colour: decides an uncertain photo. */
export function isNeutralFace(alignedFace: Raster): boolean {
  const samples = blockMeans(centreOf(alignedFace));
  const mean = samples.reduce((sum, sample) => sum + chromaOf(sample), 0) / Math.max(1, samples.length);
  return mean <= neutralFaceLimit;
}

/** The middle of an aligned face, where the template puts eyes, nose and mouth: no wall, no shirt. */
function centreOf(alignedFace: Raster): Raster {
  const sidePx = Math.ceil(alignedFace.widthPx / 2);
  const leftPx = Math.floor(alignedFace.widthPx / 4);
  const topPx = Math.floor(alignedFace.heightPx / 3);
  const heightPx = Math.min(sidePx, alignedFace.heightPx - topPx);
  const centre = blankRaster(sidePx, heightPx, alignedFace);
  for (let y = 0; y < heightPx; y++) {
    const from = ((topPx + y) * alignedFace.widthPx + leftPx) * 3;
    centre.data.set(alignedFace.data.subarray(from, from + sidePx * 3), y * sidePx * 3);
  }
  return centre;
}

function chromaOf({ luma, red, blue }: ColourSample): number {
  return Math.max(Math.abs(red - luma), Math.abs(blue - luma));
}

function distanceFromCurve({ luma, red, green, blue }: ColourSample, curve: TintCurve): number {
  const level = Math.round(Math.min(255, Math.max(0, luma))) * 3;
  return Math.hypot(
    red - luma - (curve[level] ?? 0),
    green - luma - (curve[level + 1] ?? 0),
    blue - luma - (curve[level + 2] ?? 0),
  );
}

/** Mean colour of each block, 8-bit units. Large blocks are sampled, at most 16 by 16 pixels of each. */
export function blockMeans(photo: Raster): ColourSample[] {
  const { widthPx, heightPx, data } = photo;
  const blockPx = Math.max(1, Math.ceil(Math.max(widthPx, heightPx) / blocksAcross));
  const stepPx = Math.max(1, Math.floor(blockPx / 16));
  const unit = 255 / maxSample(photo);
  const samples: ColourSample[] = [];
  for (let top = 0; top < heightPx; top += blockPx) {
    for (let left = 0; left < widthPx; left += blockPx) {
      const bottom = Math.min(heightPx, top + blockPx);
      const right = Math.min(widthPx, left + blockPx);
      let count = 0;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let y = top; y < bottom; y += stepPx) {
        for (let x = left; x < right; x += stepPx) {
          const at = (y * widthPx + x) * 3;
          red += data[at] ?? 0;
          green += data[at + 1] ?? 0;
          blue += data[at + 2] ?? 0;
          count++;
        }
      }
      const scale = unit / count;
      samples.push({
        luma: lumaOf(red, green, blue) * scale,
        red: red * scale,
        green: green * scale,
        blue: blue * scale,
      });
    }
  }
  return samples;
}
