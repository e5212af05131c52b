// A named version: a position in a photo's history that a person gave a name. It outlives the steps it was made of.
import { z } from 'zod';
import { editIdSchema, photoIdSchema, resultIdSchema, versionIdSchema } from './ids.ts';

export const versionNameSchema = z.string().trim().min(1).max(80);

export const historyVersionSchema = z.object({
  id: versionIdSchema,
  photoId: photoIdSchema,
  name: versionNameSchema,
  /** The steps that lead to it, oldest first. */
  stepIds: z.array(editIdSchema),
  /** A result that shows it, or null while there is none. */
  resultId: resultIdSchema.nullable(),
  madeAt: z.iso.datetime(),
});
export type HistoryVersion = z.infer<typeof historyVersionSchema>;
