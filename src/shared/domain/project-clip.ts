// A clip as a project knows it, and what came of it. The file is read-only to us. Used by every process.
import { z } from 'zod';
import { clipFactsSchema, clipNoticeSchema, clipProgressSchema, clipTrackSchema } from './clip.ts';
import { clipIdSchema, jobIdSchema, sha256Schema } from './ids.ts';

export const clipStateSchema = z.enum(['new', 'faces-found', 'restored', 'edited-since', 'failed']);
export type ClipState = z.infer<typeof clipStateSchema>;

/** A restored clip in the project's folder. A cache: deleting it loses nothing. */
export const clipResultSchema = z.object({
  /** SHA-256 over everything that decides the pictures and the file. Same key, same file. */
  key: sha256Schema,
  fileName: z.string(),
  byteSize: z.int().nonnegative(),
  widthPx: z.int().positive(),
  heightPx: z.int().positive(),
  frameCount: z.int().positive(),
  durationSeconds: z.number().nonnegative(),
  /** Where it begins in the original, for playing both side by side. */
  fromSeconds: z.number().nonnegative(),
  notices: z.array(clipNoticeSchema),
  createdAt: z.iso.datetime(),
});
export type ClipResult = z.infer<typeof clipResultSchema>;

export const clipSchema = z.object({
  id: clipIdSchema,
  fileName: z.string().min(1),
  /** Films are large: those opened by path stay where they are, others are kept in the project's folder. */
  location: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('outside'), path: z.string() }),
    z.object({ kind: z.literal('in-project') }),
  ]),
  /** Somebody moved or changed the file since it was added. */
  problem: z.enum(['missing', 'changed']).nullable(),
  facts: clipFactsSchema,
  /** Frames a second of a folder of pictures; says nothing of others. */
  sequenceFramesPerSecond: z.number().min(0.1).max(1000),
  addedAt: z.iso.datetime(),
  state: clipStateSchema,
  /** People followed through the whole clip; null until somebody asked for it. */
  tracks: z.array(clipTrackSchema).nullable(),
  /** The newest result whose file is there, and whether it is what the edits ask for now. */
  result: z.object({ result: clipResultSchema, isCurrent: z.boolean() }).nullable(),
  /** Finished parts of an interrupted run that "Restore" would go on from. */
  keptParts: z.int().nonnegative(),
});
export type Clip = z.infer<typeof clipSchema>;

/** How far the run of a clip is: at most ten a second. */
export const clipJobProgressSchema = z.object({
  jobId: jobIdSchema,
  clipId: clipIdSchema,
  progress: clipProgressSchema,
});
export type ClipJobProgress = z.infer<typeof clipJobProgressSchema>;
