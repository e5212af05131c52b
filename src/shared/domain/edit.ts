// An edit is data. The state of a photo is the fold of its edits up to the cursor (fold-edits.ts).
// One drag of a slider is one edit.
import { z } from 'zod';
import { brushStrokeSchema } from './brush.ts';
import { leaveAloneSchema } from './face-advice.ts';
import { paintedLayerSchema } from './face-painting.ts';
import { expandSchema, faceMaskSchema, facePasteSchema, featherSchema } from './face-paste.ts';
import { boxSchema, landmarksSchema } from './geometry.ts';
import { editIdSchema, faceIdSchema, modelIdSchema, photoIdSchema } from './ids.ts';
import { printSizeSchema } from './print-size.ts';

/** Fidelity weight w: 0 sharper, 1 more like the photo; up to 1.3 as the CodeFormer author suggests for video. */
export const fidelitySchema = z.number().min(0).max(1.3);
export const strengthSchema = z.number().min(0).max(1);

/** How a photo without real colour is treated. `auto` measures; `gray` and `tint` restore luma only. */
export const monochromeModeSchema = z.enum(['auto', 'gray', 'tint', 'colour']);

export const backgroundSchema = z.object({
  /** An installed upscaler, or null for Lanczos. */
  upscalerId: modelIdSchema.nullable(),
  /** 0: plain Lanczos, 1: only the upscaler's pixels. */
  strength: strengthSchema,
});

/** What can be copied from one face to others. */
export const faceSettingsSchema = z.object({
  fidelity: fidelitySchema.nullable(),
  strength: strengthSchema,
  restorerId: modelIdSchema.nullable(),
  paste: facePasteSchema,
});
export type FaceSettings = z.infer<typeof faceSettingsSchema>;

export const editSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('face.set-enabled'), faceId: faceIdSchema, enabled: z.boolean() }),
  z.object({ kind: z.literal('face.set-fidelity'), faceId: faceIdSchema, fidelity: fidelitySchema }),
  z.object({ kind: z.literal('face.set-strength'), faceId: faceIdSchema, strength: strengthSchema }),
  z.object({
    kind: z.literal('face.set-model'),
    faceId: faceIdSchema,
    modelId: modelIdSchema.nullable(),
  }),
  z.object({ kind: z.literal('face.set-mask'), faceId: faceIdSchema, mask: faceMaskSchema }),
  z.object({
    kind: z.literal('face.set-edge'),
    faceId: faceIdSchema,
    expandPx: expandSchema,
    featherPx: featherSchema,
  }),
  z.object({
    kind: z.literal('face.set-upscaler'),
    faceId: faceIdSchema,
    upscalerId: modelIdSchema.nullable(),
  }),
  z.object({ kind: z.literal('face.set-colour-match'), faceId: faceIdSchema, matchesColour: z.boolean() }),
  z.object({
    kind: z.literal('face.paint'),
    faceId: faceIdSchema,
    layer: paintedLayerSchema,
    stroke: brushStrokeSchema,
  }),
  /** All strokes of a layer taken back. */
  z.object({ kind: z.literal('face.clear-painting'), faceId: faceIdSchema, layer: paintedLayerSchema }),
  /** A face of a photo without colour gets some; 0: it stays as it is. */
  z.object({ kind: z.literal('face.set-colouring'), faceId: faceIdSchema, strength: strengthSchema }),
  /** Back to how the photo treats every face. */
  z.object({ kind: z.literal('face.reset'), faceId: faceIdSchema }),
  z.object({
    kind: z.literal('face.add'),
    faceId: faceIdSchema,
    boxInPhoto: boxSchema,
    landmarksInPhoto: landmarksSchema,
  }),
  z.object({ kind: z.literal('face.remove'), faceId: faceIdSchema }),
  /** Every face of the photo, found or marked, gets these; which ones are on stays. */
  z.object({ kind: z.literal('photo.set-all-faces'), settings: faceSettingsSchema }),
  /** What was suggested for each face when somebody took it; a fidelity of null leaves the face alone. */
  z.object({
    kind: z.literal('photo.use-suggestions'),
    faces: z.array(z.object({ faceId: faceIdSchema, fidelity: fidelitySchema.nullable() })).min(1),
  }),
  z.object({ kind: z.literal('photo.leave-alone'), faces: leaveAloneSchema }),
  /** Where this stroke goes the photo stays as it was, whatever is restored there. */
  z.object({ kind: z.literal('photo.keep-original'), stroke: brushStrokeSchema }),
  /** All such strokes taken back. */
  z.object({ kind: z.literal('photo.clear-kept') }),
  z.object({ kind: z.literal('photo.set-restorer'), modelId: modelIdSchema }),
  z.object({ kind: z.literal('photo.set-fidelity'), fidelity: fidelitySchema }),
  z.object({ kind: z.literal('photo.set-background'), background: backgroundSchema }),
  z.object({ kind: z.literal('photo.set-scale'), scale: z.number().min(0.25).max(8) }),
  /** So large on paper, at so many pixels per inch: the scale follows from the photo's size. */
  z.object({ kind: z.literal('photo.set-print-size'), print: printSizeSchema }),
  /** How much of the photo's own grain restored faces get: 0 none, 1 as much as is around them. */
  z.object({ kind: z.literal('photo.set-grain'), strength: strengthSchema }),
  z.object({ kind: z.literal('photo.set-monochrome'), mode: monochromeModeSchema }),
]);
export type Edit = z.infer<typeof editSchema>;
export type Background = z.infer<typeof backgroundSchema>;
export type MonochromeMode = z.infer<typeof monochromeModeSchema>;

/** Edits that mean the same for every photo, because they name no face: what a preset is made of. */
export const photoEditSchema = editSchema.refine(
  (edit) => !('faceId' in edit) && edit.kind !== 'photo.use-suggestions',
  'names a face',
);

/** An edit with its place in a photo's history. `sequence` counts from 1 without gaps. */
export const historyStepSchema = z.object({
  id: editIdSchema,
  photoId: photoIdSchema,
  sequence: z.int().positive(),
  edit: editSchema,
  madeAt: z.iso.datetime(),
});
export type HistoryStep = z.infer<typeof historyStepSchema>;

/** Steps with sequence <= cursor are applied; those above it can be redone. */
export const historySchema = z.object({
  photoId: photoIdSchema,
  steps: z.array(historyStepSchema).readonly(),
  cursor: z.int().nonnegative(),
});
export type History = z.infer<typeof historySchema>;
