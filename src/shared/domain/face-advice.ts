// What can be said of a face before any model runs: what its pixels look like, and what to do with it. Pure.
// The numbers come from the engine (judge-face); this turns them into words and a suggestion a person can take or leave.
import { z } from 'zod';
import type { Box } from './geometry.ts';

export const faceJudgementSchema = z.object({
  /** Photo pixels along a side of the aligned square. */
  sidePx: z.number().positive(),
  /** Side, in pixels, of the smallest aligned face that would hold all the detail there is: 32 to 512. */
  detailPx: z.number().positive(),
  /** 0 (none) to 1 (grain or sensor noise drowns the finest detail). */
  noise: z.number().min(0).max(1),
  /** 0 (none) to 1 (compression left squares of eight pixels). */
  blocks: z.number().min(0).max(1),
});
export type FaceJudgement = z.infer<typeof faceJudgementSchema>;

/** In the order they are said. */
export type FaceSight = 'small' | 'blurred' | 'noisy' | 'blocky' | 'clear';

export interface FaceAdvice {
  readonly seen: readonly FaceSight[];
  /** The fidelity suggested; null: leave the face alone. */
  readonly fidelity: number | null;
  /** Why a face is better left alone. */
  readonly reason: 'clear' | 'too-little' | null;
}

/** A template's face is about half its square: below this a face is smaller than a fingernail on a small print. */
const smallBelowPx = 160;
/** Below this nothing of the person is left: what a network gives is somebody. */
const hopelessBelowPx = 40;
const blurredBelow = 0.5;
const noisyFrom = 0.45;
const blockyFrom = 0.5;
/** Restorers work at 512: more detail than this they can only change. */
const clearFromPx = 380;

/**
 * The less detail is there, the more has to come from the network: a low fidelity follows. Noise and squares are
 * followed too where the fidelity is high, so they lower it a little.
 */
const fidelityByDetail: readonly (readonly [detailPx: number, fidelity: number])[] = [
  [32, 0.4],
  [64, 0.5],
  [128, 0.6],
  [256, 0.8],
  [512, 0.9],
];

export function adviceFor({ sidePx, detailPx, noise, blocks }: FaceJudgement): FaceAdvice {
  const isBlurred = detailPx < blurredBelow * Math.min(sidePx, 512);
  const flaws: FaceSight[] = [];
  if (sidePx < smallBelowPx) flaws.push('small');
  if (isBlurred) flaws.push('blurred');
  if (noise >= noisyFrom) flaws.push('noisy');
  if (blocks >= blockyFrom) flaws.push('blocky');
  const seen: readonly FaceSight[] = flaws.length === 0 ? ['clear'] : flaws;
  if (sidePx < hopelessBelowPx) return { seen, fidelity: null, reason: 'too-little' };
  if (flaws.length === 0 && detailPx >= clearFromPx) return { seen, fidelity: null, reason: 'clear' };
  const disturbed = (noise >= noisyFrom ? 0.1 : 0) + (blocks >= blockyFrom ? 0.1 : 0);
  const fidelity = Math.round((fidelityAt(detailPx) - disturbed) * 20) / 20;
  return { seen, fidelity: Math.max(0.3, fidelity), reason: null };
}

function fidelityAt(detailPx: number): number {
  const [first] = fidelityByDetail as [readonly [number, number]];
  let [fromPx, from] = first;
  for (const [toPx, to] of fidelityByDetail) {
    if (detailPx <= toPx) {
      const share = toPx === fromPx ? 1 : Math.log2(detailPx / fromPx) / Math.log2(toPx / fromPx);
      return from + Math.max(0, share) * (to - from);
    }
    [fromPx, from] = [toPx, to];
  }
  return from;
}

/** Faces of a photo that are left alone without a word about each; null: this does not count. */
export const leaveAloneSchema = z.object({
  /** Longer side of the face's box, in photo pixels. */
  smallerThanPx: z.number().positive().nullable(),
  /** Against a judgement's `detailPx`; a face nobody has judged stays. */
  lessDetailThanPx: z.number().positive().nullable(),
});
export type LeaveAlone = z.infer<typeof leaveAloneSchema>;

export function isLeftAlone(
  face: { readonly boxInPhoto: Box; readonly judgement?: FaceJudgement | undefined },
  { smallerThanPx, lessDetailThanPx }: LeaveAlone,
): boolean {
  const side = Math.max(face.boxInPhoto.width, face.boxInPhoto.height);
  if (smallerThanPx !== null && side < smallerThanPx) return true;
  return (
    lessDetailThanPx !== null && (face.judgement?.detailPx ?? Number.POSITIVE_INFINITY) < lessDetailThanPx
  );
}
