// What an exported picture says of how it was made: main or the command line states it, the engine writes it.
import { z } from 'zod';
import { fidelitySchema, strengthSchema } from '../domain/edit.ts';
import { modelIdSchema, sha256Schema } from '../domain/ids.ts';

const recordedModelSchema = z.object({ modelId: modelIdSchema, modelSha256: sha256Schema });

/** What the restoration record in XMP says about how the picture was made. */
export const restorationRecordSchema = z.object({
  originalSha256: sha256Schema,
  software: z.string(),
  restoredAt: z.iso.datetime(),
  scale: z.number(),
  faces: z.array(
    z.object({
      modelId: modelIdSchema,
      modelSha256: sha256Schema,
      fidelity: fidelitySchema,
      strength: strengthSchema,
      /** The photo had no face left here, only squares: what is seen is made up. */
      isInvented: z.boolean().optional(),
      /** What was torn or scratched away was made up by this model. */
      filledBy: recordedModelSchema.optional(),
      /** The photo had no colour: this model chose it. */
      colouredBy: recordedModelSchema.optional(),
    }),
  ),
  upscaler: recordedModelSchema.nullable(),
});
export type RestorationRecord = z.infer<typeof restorationRecordSchema>;
