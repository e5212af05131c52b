// A rendered picture. A cache: deleting it loses nothing.
import { z } from 'zod';
import { photoIdSchema, resultIdSchema, sha256Schema } from './ids.ts';
import { recipeSchema } from './recipe.ts';

export const resultSchema = z.object({
  id: resultIdSchema,
  photoId: photoIdSchema,
  /** SHA-256 over (original's sha256, canonical recipe). Same key, same picture. */
  key: sha256Schema,
  recipe: recipeSchema,
  widthPx: z.int().positive(),
  heightPx: z.int().positive(),
  createdAt: z.iso.datetime(),
  elapsedMs: z.number().nonnegative(),
});
export type Result = z.infer<typeof resultSchema>;
