// A recipe is everything that decides pixels besides the original itself: the folded edits, the identities
// of the models and the pipeline version. result = f(original's sha256, recipe).
import { z } from 'zod';
import { brushStrokeSchema } from './brush.ts';
import { backgroundSchema, fidelitySchema, monochromeModeSchema, strengthSchema } from './edit.ts';
import { expandSchema, faceMaskSchema, featherSchema } from './face-paste.ts';
import { boxSchema, landmarksSchema } from './geometry.ts';
import { faceIdSchema, modelIdSchema, sha256Schema } from './ids.ts';

/** Raise when the same recipe would give other pixels: every cached result becomes stale. */
export const pipelineVersion = 2;

export const defaultFidelity = 0.7;

export const modelIdentitySchema = z.object({ modelId: modelIdSchema, sha256: sha256Schema });
export type ModelIdentity = z.infer<typeof modelIdentitySchema>;

export const recipeFaceSchema = z.object({
  faceId: faceIdSchema,
  boxInPhoto: boxSchema,
  landmarksInPhoto: landmarksSchema,
  fidelity: fidelitySchema,
  strength: strengthSchema,
  restorer: modelIdentitySchema,
  /** This pixelated region is smoothed before the face is cut out. */
  mosaicInPhoto: boxSchema.optional(),
  /** Each of these is there only where it changes pixels. */
  mask: faceMaskSchema.exclude(['face-and-hair']).optional(),
  expandPx: expandSchema.optional(),
  featherPx: featherSchema.optional(),
  faceUpscaler: modelIdentitySchema.optional(),
  matchesColour: z.literal(true).optional(),
  /** The face is laid back where these strokes go, in photo pixels, and nowhere else. */
  maskStrokes: z.array(brushStrokeSchema).min(1).optional(),
  /** What is missing, filled after the restoration. */
  holes: z.object({ strokes: z.array(brushStrokeSchema).min(1), inpainter: modelIdentitySchema }).optional(),
  colouring: z.object({ strength: strengthSchema, colouriser: modelIdentitySchema }).optional(),
});
export type RecipeFace = z.infer<typeof recipeFaceSchema>;

/** Faces that are switched off or removed are not in the recipe at all. */
export const recipeSchema = z.object({
  pipelineVersion: z.int().positive(),
  pageIndex: z.int().nonnegative(),
  faces: z.array(recipeFaceSchema),
  /** Face parser for the paste-back mask, or null for the square mask alone. */
  parser: modelIdentitySchema.nullable(),
  background: backgroundSchema.extend({ upscaler: modelIdentitySchema.nullable() }),
  /** Output size over input size. */
  scale: z.number().min(0.25).max(8),
  monochrome: monochromeModeSchema,
  /** Grain of the photo on restored faces; absent: none. */
  grain: strengthSchema.optional(),
  /** Strokes over what stays as it was, in photo pixels. */
  keepOriginal: z.array(brushStrokeSchema).min(1).optional(),
});
export type Recipe = z.infer<typeof recipeSchema>;

/** Results larger than this are not enlarged by default: a scan of 12 megapixels and more has room for its faces. */
const enlargeUpToMegapixels = 50;

/**
 * Output size over input size when nobody has chosen one: 2 as in the official script, so that a small face has
 * room for the detail it is given; 1 where that would make a huge picture.
 */
export function defaultScaleFor(widthPx: number, heightPx: number): 1 | 2 {
  return (widthPx * heightPx * 4) / 1e6 <= enlargeUpToMegapixels ? 2 : 1;
}
