// A job is a row: queued -> running -> done | failed | cancelled.
import { z } from 'zod';
import { errorWireSchema } from '../errors/wire.ts';
import { clipIdSchema, jobIdSchema, photoIdSchema, resultIdSchema } from './ids.ts';

export const jobKindSchema = z.enum([
  'find-faces',
  'restore-photo',
  'export-photo',
  'follow-clip-faces',
  'restore-clip',
  'export-clip',
]);
/** Kinds of jobs that are about a clip; all others are about a photo. */
export const clipJobKinds = ['follow-clip-faces', 'restore-clip', 'export-clip'] as const;
export type ClipJobKind = (typeof clipJobKinds)[number];

export const jobStateSchema = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']);
/** The steps a person can read; their words stand in the message catalogues under `steps`. */
export const stepSchema = z.enum([
  'waiting',
  'loading-models',
  'decoding',
  'finding-faces',
  'aligning',
  'restoring-faces',
  'upscaling',
  'pasting-back',
  'encoding',
  'reading-checkpoint',
  'converting',
]);
export type Step = z.infer<typeof stepSchema>;

/** Never falls, ends at 1, at most ten a second. */
export const progressSchema = z.object({
  jobId: jobIdSchema,
  step: stepSchema,
  fraction: z.number().min(0).max(1),
  etaSeconds: z.number().nonnegative().nullable(),
});
export type Progress = z.infer<typeof progressSchema>;

export const jobSchema = z.object({
  id: jobIdSchema,
  kind: jobKindSchema,
  /** A job is about a photo or about a clip; the other is null. */
  photoId: photoIdSchema.nullable(),
  clipId: clipIdSchema.nullable(),
  state: jobStateSchema,
  /** Times the job was started, crashes included. */
  attempts: z.int().nonnegative(),
  fraction: z.number().min(0).max(1),
  step: stepSchema.nullable(),
  error: errorWireSchema.nullable(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  /** Where an export was written; null for other kinds. */
  outputPath: z.string().nullable(),
  resultId: resultIdSchema.nullable(),
});
export type Job = z.infer<typeof jobSchema>;
export type JobKind = z.infer<typeof jobKindSchema>;
export type JobState = z.infer<typeof jobStateSchema>;
