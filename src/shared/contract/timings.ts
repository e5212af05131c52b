import { z } from 'zod';
import { stepSchema } from '../domain/job.ts';

/** How long each step took, for the log and bench/restore. */
export const timingsSchema = z.array(z.object({ step: stepSchema, elapsedMs: z.number() }));
export type Timings = z.infer<typeof timingsSchema>;
