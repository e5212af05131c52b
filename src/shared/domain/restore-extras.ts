// What a restoration without a project may be asked beyond the ordinary: the options of `heirloom restore`.
import { z } from 'zod';
import { boxSchema } from './geometry.ts';

export const facePickSchema = z.enum(['all', 'centre', 'largest']);

export const restoreExtrasSchema = z.object({
  /** The picture is one aligned face already: no detection, no paste-back; the answer is the face. */
  isAligned: z.boolean(),
  /** Which of the faces found are restored. */
  pick: facePickSchema,
  /** Faces that hold more detail than a square of this side are left as they are; null restores all. */
  onlyBelowDetailPx: z.number().positive().nullable(),
  /**
   * Pixelated regions are smoothed before faces are looked for: `auto` finds them, boxes (in photo pixels) mark them.
   * Faces restored from such a region are invented, and recorded as that.
   */
  demosaic: z.union([z.literal('off'), z.literal('auto'), z.array(boxSchema).min(1)]),
  /** Photo pixels per side of a tile of the background upscaler; null leaves it to the memory there is. */
  backgroundTilePx: z.int().min(32).max(4096).nullable(),
  /** A green frame around each restored face. */
  drawFrames: z.boolean(),
  /** Where each face is also written as PNG: the path without number and ending; null writes none. */
  saveFaces: z.object({ croppedStem: z.string().min(1), restoredStem: z.string().min(1) }).nullable(),
});
export type RestoreExtras = z.infer<typeof restoreExtrasSchema>;

export const noExtras: RestoreExtras = {
  isAligned: false,
  pick: 'all',
  onlyBelowDetailPx: null,
  demosaic: 'off',
  backgroundTilePx: null,
  drawFrames: false,
  saveFaces: null,
};
