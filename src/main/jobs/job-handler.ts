// What does the work of one kind of job. Main process; wired to the nouns where a project is opened.
import type { z } from 'zod';
import type { JobId, ResultId } from '#shared/domain/ids.ts';
import type { JobKind, Step } from '#shared/domain/job.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';

export interface JobWork {
  readonly jobId: JobId;
  /** Aborted by cancel and by closing the project; answer with JobCancelled. */
  readonly signal: AbortSignal;
  readonly onProgress: (step: Step, fraction: number) => void;
}

export interface JobOutcome {
  readonly resultId?: ResultId;
  /** Where an export was written. */
  readonly outputPath?: string;
}

export interface JobHandler {
  run(input: unknown, work: JobWork): Promise<JobOutcome>;
}
export type JobHandlers = { readonly [K in JobKind]: JobHandler };

/** A handler whose stored input is parsed again each time it runs: it may have been written by an older program. */
export function jobHandler<I>(
  inputSchema: z.ZodType<I>,
  run: (input: I, work: JobWork) => Promise<JobOutcome>,
): JobHandler {
  return {
    run(input, work) {
      const parsed = inputSchema.safeParse(input);
      if (!parsed.success)
        throw new HeirloomError('command.invalid-input', { problem: parsed.error.issues[0]?.message ?? '' });
      return run(parsed.data, work);
    },
  };
}
