// One job: finds its pipeline, gives it what it needs, turns its end into a message. Runs in the engine process.
import type {
  EngineOutput,
  EngineTask,
  EngineTaskKind,
  FromEngine,
  TaskOf,
} from '#shared/contract/engine.ts';
import type { JobId } from '#shared/domain/ids.ts';
import { HeirloomError, JobCancelled, throwIfCancelled, toWire } from '#shared/errors/heirloom-error.ts';
import type { ModelLoader } from './onnx/loaded-model.ts';
import type { JobContext } from './pipelines/job-context.ts';
import { createProgressReporter } from './progress.ts';

export type Pipeline<K extends EngineTaskKind> = (
  task: TaskOf<K>,
  context: JobContext,
) => Promise<EngineOutput<K>>;
export type PipelineTable = { readonly [K in EngineTaskKind]: Pipeline<K> };

export interface Job {
  readonly jobId: JobId;
  readonly task: EngineTask;
  readonly signal: AbortSignal;
  /** See JobContext. */
  turn(): Promise<void> | null;
}

export interface JobSurroundings {
  readonly pipelines: PipelineTable;
  readonly models: ModelLoader;
  post(message: FromEngine): void;
}

/** Runs a job to its end and posts exactly one of done, failed or cancelled; never rejects. */
export async function runJob(job: Job, { pipelines, models, post }: JobSurroundings): Promise<void> {
  const { jobId, task, signal } = job;
  const progress = createProgressReporter((step, fraction) => {
    post({ type: 'progress', jobId, step, fraction });
  });
  const context: JobContext = {
    models,
    signal,
    progress: progress.report,
    clip: (clip) => post({ type: 'clip-progress', jobId, clip }),
    turn: () => job.turn(),
    log: (level, message) => post({ type: 'log', level, message: `${task.kind} ${jobId}: ${message}` }),
  };
  try {
    throwIfCancelled(signal);
    // The table pairs each kind with its own pipeline; TypeScript cannot follow the pair through a union.
    const run = pipelines[task.kind] as (task: EngineTask, context: JobContext) => Promise<unknown>;
    const output = await run(task, context);
    progress.finish();
    post({ type: 'done', jobId, output });
  } catch (error) {
    const isCancelled = error instanceof JobCancelled || signal.aborted;
    post(isCancelled ? { type: 'cancelled', jobId } : { type: 'failed', jobId, error: toWire(named(error)) });
  }
}

/** V8 and libvips say "out of memory" in words of their own. */
const outOfMemoryWords = /array buffer allocation failed|invalid typed array length|out of memory|bad_alloc/i;

function named(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof HeirloomError) return error;
  return outOfMemoryWords.test(error.message)
    ? new HeirloomError('engine.out-of-memory', {}, { cause: error })
    : error;
}
