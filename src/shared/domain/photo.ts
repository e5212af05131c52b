// A photo as a project knows it. The original file is read-only to us.
import { z } from 'zod';
import { photoIdSchema, resultIdSchema, sha256Schema } from './ids.ts';

/** Container formats the codec can name. `heic` and `raw` are recognised so that the error can name them. */
export const photoFormatSchema = z.enum(['jpeg', 'png', 'tiff', 'webp', 'avif', 'gif', 'bmp', 'heic', 'raw']);
export type PhotoFormat = z.infer<typeof photoFormatSchema>;

/** What one look at the file's header tells. Sizes are upright (EXIF orientation applied). */
export const photoFactsSchema = z.object({
  sha256: sha256Schema,
  format: photoFormatSchema,
  byteSize: z.int().nonnegative(),
  widthPx: z.int().positive(),
  heightPx: z.int().positive(),
  bitDepth: z.union([z.literal(8), z.literal(16)]),
  hasAlpha: z.boolean(),
  pageCount: z.int().positive(),
  /** Pixels per inch as the file says; null when it does not. */
  densityPpi: z.number().positive().nullable(),
  /** EXIF capture time, ISO 8601, when present. */
  takenAt: z.string().nullable(),
});
export type PhotoFacts = z.infer<typeof photoFactsSchema>;

export const photoStateSchema = z.enum(['new', 'faces-found', 'restored', 'edited-since', 'failed']);

export const photoSchema = photoFactsSchema.extend({
  id: photoIdSchema,
  fileName: z.string().min(1),
  /** Which page of a multi-page file this photo is; 0 for all others. */
  pageIndex: z.int().nonnegative(),
  importedAt: z.iso.datetime(),
  /** null until a detector has looked; 0 faces is a normal result. */
  facesFoundAt: z.iso.datetime().nullable(),
  faceCount: z.int().nonnegative(),
  state: photoStateSchema,
  /** The result made or reused last, whether or not it still matches the edits; null when there is none. */
  latestResultId: resultIdSchema.nullable(),
});
export type Photo = z.infer<typeof photoSchema>;
export type PhotoState = z.infer<typeof photoStateSchema>;
