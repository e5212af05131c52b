// A face in a photo: found by a detector or marked by hand.
import { z } from 'zod';
import { faceJudgementSchema } from './face-advice.ts';
import { boxSchema, landmarksSchema } from './geometry.ts';
import { faceIdSchema, modelIdSchema, photoIdSchema } from './ids.ts';

/** What a detector reports, before it has a name in a project. */
export const foundFaceSchema = z.object({
  boxInPhoto: boxSchema,
  landmarksInPhoto: landmarksSchema,
  /** Detector confidence, 0 to 1. */
  score: z.number().min(0).max(1),
  /** The pixelated region the face lies in: nothing of it is left, so restoring it invents a face. Mostly absent. */
  mosaicInPhoto: boxSchema.optional(),
  /** What its pixels look like. Absent for faces marked by hand, and those found before this was looked at. */
  judgement: faceJudgementSchema.optional(),
});
export type FoundFace = z.infer<typeof foundFaceSchema>;

export const faceSchema = foundFaceSchema.extend({
  id: faceIdSchema,
  photoId: photoIdSchema,
  source: z.enum(['detected', 'manual']),
  detectorId: modelIdSchema.nullable(),
});
export type Face = z.infer<typeof faceSchema>;
