// An edit of a clip is data, as an edit of a photo is. What "Restore" would do is the fold of the edits up to the cursor.
// One drag of a slider is one edit. Used by every process.
import { z } from 'zod';
import { type ClipOptions, clipEncodingSchema, clipRangeSchema } from './clip.ts';
import { fidelitySchema, monochromeModeSchema, strengthSchema } from './edit.ts';
import { clipIdSchema, editIdSchema, type ModelId, modelIdSchema } from './ids.ts';
import { defaultFidelity } from './recipe.ts';

const trackIdSchema = z.int().positive();
const personIdSchema = z.int().positive();
const trackIdsSchema = z.array(trackIdSchema).min(1).max(100_000);

export const clipEditSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('clip.set-range'), range: clipRangeSchema }),
  z.object({ kind: z.literal('clip.set-scale'), scale: z.number().min(0.25).max(4) }),
  z.object({ kind: z.literal('clip.set-fidelity'), fidelity: fidelitySchema }),
  z.object({ kind: z.literal('clip.set-strength'), strength: strengthSchema }),
  z.object({ kind: z.literal('clip.set-steadiness'), steadiness: strengthSchema }),
  z.object({ kind: z.literal('clip.set-grain'), strength: strengthSchema }),
  /** `upscalerId` null: enlarged plainly. */
  z.object({
    kind: z.literal('clip.set-background'),
    upscalerId: modelIdSchema.nullable(),
    strength: strengthSchema,
  }),
  z.object({ kind: z.literal('clip.set-restorer'), modelId: modelIdSchema.nullable() }),
  z.object({ kind: z.literal('clip.set-monochrome'), mode: monochromeModeSchema }),
  z.object({ kind: z.literal('clip.set-deinterlace'), deinterlace: z.boolean() }),
  z.object({ kind: z.literal('clip.set-hdr'), hdr: z.enum(['keep', 'tone-map']) }),
  z.object({ kind: z.literal('clip.set-encoding'), encoding: clipEncodingSchema }),
  z.object({ kind: z.literal('track.set-enabled'), trackId: trackIdSchema, enabled: z.boolean() }),
  /** null: as the clip says. */
  z.object({
    kind: z.literal('track.set-fidelity'),
    trackId: trackIdSchema,
    fidelity: fidelitySchema.nullable(),
  }),
  /** All appearances of a person at once. `trackIds` say which they were when the edit was made. */
  z.object({
    kind: z.literal('person.set-enabled'),
    personId: personIdSchema,
    trackIds: trackIdsSchema,
    enabled: z.boolean(),
  }),
  z.object({
    kind: z.literal('person.set-fidelity'),
    personId: personIdSchema,
    trackIds: trackIdsSchema,
    fidelity: fidelitySchema.nullable(),
  }),
  /** Somebody knows better who is who: these appearances belong to that person, an existing one or a new number. */
  z.object({
    kind: z.literal('person.regroup'),
    trackIds: trackIdsSchema,
    personId: personIdSchema,
    isNew: z.boolean(),
    /** What that person has had until now, where it is another than these appearances have. */
    adopts: z.object({ enabled: z.boolean(), fidelity: fidelitySchema.nullable() }).optional(),
  }),
]);
export type ClipEdit = z.infer<typeof clipEditSchema>;

/** An edit with its place in a clip's history. `sequence` counts from 1 without gaps. */
export const clipHistoryStepSchema = z.object({
  id: editIdSchema,
  clipId: clipIdSchema,
  sequence: z.int().positive(),
  edit: clipEditSchema,
  madeAt: z.iso.datetime(),
});
export type ClipHistoryStep = z.infer<typeof clipHistoryStepSchema>;

/** Steps with sequence <= cursor are applied; those above it can be redone. */
export const clipHistorySchema = z.object({
  clipId: clipIdSchema,
  steps: z.array(clipHistoryStepSchema),
  cursor: z.int().nonnegative(),
});
export type ClipHistory = z.infer<typeof clipHistorySchema>;

/** A clip as edited. null models mean: the best installed one for faces, plain enlarging for the rest. */
export interface EditedClip {
  readonly restorerId: ModelId | null;
  readonly upscalerId: ModelId | null;
  readonly options: ClipOptions;
}

/** Until somebody decides otherwise: the whole clip at its own size, as a film that plays anywhere. */
export const untouchedClipOptions: ClipOptions = {
  range: { fromSeconds: null, toSeconds: null },
  scale: 1,
  fidelity: defaultFidelity,
  strength: 1,
  backgroundStrength: 1,
  monochrome: 'auto',
  deinterlace: false,
  hdr: 'keep',
  steadiness: 0.8,
  tracks: [],
  encoding: { container: 'mp4', codec: 'h264', quality: 'good', encoder: 'software' },
  segmentFrames: 120,
};

/** Applies the steps with `sequence <= cursor`, in their order. Pure. */
export function foldClipEdits(steps: readonly ClipHistoryStep[], cursor: number): EditedClip {
  const untouched: EditedClip = { restorerId: null, upscalerId: null, options: untouchedClipOptions };
  return steps
    .filter((step) => step.sequence <= cursor)
    .toSorted((a, b) => a.sequence - b.sequence)
    .reduce((clip, { edit }) => applyEdit(clip, edit), untouched);
}

function applyEdit(clip: EditedClip, edit: ClipEdit): EditedClip {
  switch (edit.kind) {
    case 'clip.set-range':
      return withOptions(clip, { range: edit.range });
    case 'clip.set-scale':
      return withOptions(clip, { scale: edit.scale });
    case 'clip.set-fidelity':
      return withOptions(clip, { fidelity: edit.fidelity });
    case 'clip.set-strength':
      return withOptions(clip, { strength: edit.strength });
    case 'clip.set-steadiness':
      return withOptions(clip, { steadiness: edit.steadiness });
    case 'clip.set-grain':
      // Absent, not 0: films made before there was a choice keep their keys.
      return withOptions(clip, { grain: edit.strength === 0 ? undefined : edit.strength });
    case 'clip.set-background':
      return { ...withOptions(clip, { backgroundStrength: edit.strength }), upscalerId: edit.upscalerId };
    case 'clip.set-restorer':
      return { ...clip, restorerId: edit.modelId };
    case 'clip.set-monochrome':
      return withOptions(clip, { monochrome: edit.mode });
    case 'clip.set-deinterlace':
      return withOptions(clip, { deinterlace: edit.deinterlace });
    case 'clip.set-hdr':
      return withOptions(clip, { hdr: edit.hdr });
    case 'clip.set-encoding':
      return withOptions(clip, { encoding: edit.encoding });
    case 'track.set-enabled':
      return withTrack(clip, edit.trackId, { enabled: edit.enabled });
    case 'track.set-fidelity':
      return withTrack(clip, edit.trackId, { fidelity: edit.fidelity });
    case 'person.set-enabled':
      return edit.trackIds.reduce((all, id) => withTrack(all, id, { enabled: edit.enabled }), clip);
    case 'person.set-fidelity':
      return edit.trackIds.reduce((all, id) => withTrack(all, id, { fidelity: edit.fidelity }), clip);
    // Who is who decides no picture by itself: without anything to adopt the same film comes out.
    case 'person.regroup': {
      const { adopts } = edit;
      if (adopts === undefined) return clip;
      return edit.trackIds.reduce((all, id) => withTrack(all, id, adopts), clip);
    }
  }
}

function withOptions(clip: EditedClip, change: Partial<ClipOptions>): EditedClip {
  return { ...clip, options: { ...clip.options, ...change } };
}

/** A choice that says nothing any more is dropped: the same wishes are the same options. */
function withTrack(
  clip: EditedClip,
  trackId: number,
  change: Partial<{ enabled: boolean; fidelity: number | null }>,
): EditedClip {
  const { tracks } = clip.options;
  const before = tracks.find((track) => track.trackId === trackId) ?? {
    trackId,
    enabled: true,
    fidelity: null,
  };
  const after = { ...before, ...change };
  const others = tracks.filter((track) => track.trackId !== trackId);
  const all = after.enabled && after.fidelity === null ? others : [...others, after];
  return withOptions(clip, { tracks: all.toSorted((a, b) => a.trackId - b.trackId) });
}
