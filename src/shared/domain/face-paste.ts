// How a restored face is laid back into its photo: which part of it, how far, how softly, how large, in whose colours.
import { z } from 'zod';
import { modelIdSchema } from './ids.ts';

/**
 * `face-and-hair`: all a parser calls head, glasses and earrings included; `face`: skin and features, the photo's own
 * hair stays; `no-glasses`: the photo's own glasses stay. Without an installed parser all three are one soft oval.
 */
export const faceMaskSchema = z.enum(['face-and-hair', 'face', 'no-glasses']);
export type FaceMask = z.infer<typeof faceMaskSchema>;

/** Pixels of the aligned face of 512 by which its mask grows; negative: shrinks. */
export const expandSchema = z.number().min(-40).max(40);
/** Pixels of the aligned face of 512 by which its edge gets softer. */
export const featherSchema = z.number().min(0).max(40);

export const facePasteSchema = z.object({
  mask: faceMaskSchema,
  expandPx: expandSchema,
  featherPx: featherSchema,
  /** Enlarges the restored face before it is laid back; null: no model does. */
  upscalerId: modelIdSchema.nullable(),
  /** Brings the restored face's colours to the photo's. A photo kept in one tint has the photo's anyway. */
  matchesColour: z.boolean(),
});
export type FacePaste = z.infer<typeof facePasteSchema>;

export const plainPaste: FacePaste = {
  mask: 'face-and-hair',
  expandPx: 0,
  featherPx: 0,
  upscalerId: null,
  matchesColour: false,
};

/** `paste` with `change`; undefined where that is what every face has anyway. */
export function pasteWith(paste: FacePaste | undefined, change: Partial<FacePaste>): FacePaste | undefined {
  const next = { ...plainPaste, ...paste, ...change };
  const isPlain =
    next.mask === plainPaste.mask &&
    next.expandPx === 0 &&
    next.featherPx === 0 &&
    next.upscalerId === null &&
    !next.matchesColour;
  return isPlain ? undefined : next;
}
