// Rows of jobs. SQL only; the rules are in job-queue.ts. Main process.
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import {
  type ClipId,
  clipIdSchema,
  type JobId,
  jobIdSchema,
  type PhotoId,
  photoIdSchema,
  resultIdSchema,
} from '#shared/domain/ids.ts';
import { type Job, type JobKind, jobKindSchema, jobStateSchema, stepSchema } from '#shared/domain/job.ts';
import { errorWireSchema } from '#shared/errors/wire.ts';

const jobRowSchema = z
  .object({
    id: jobIdSchema,
    kind: jobKindSchema,
    photo_id: photoIdSchema.nullable(),
    clip_id: clipIdSchema.nullable(),
    state: jobStateSchema,
    attempts: z.int(),
    interruptions: z.int(),
    fraction: z.number(),
    step: stepSchema.nullable(),
    error: z.string().nullable(),
    input: z.string(),
    created_at: z.string(),
    finished_at: z.string().nullable(),
    output_path: z.string().nullable(),
    result_id: resultIdSchema.nullable(),
  })
  .transform(
    (row): StoredJob => ({
      job: {
        id: row.id,
        kind: row.kind,
        photoId: row.photo_id,
        clipId: row.clip_id,
        state: row.state,
        attempts: row.attempts,
        fraction: row.fraction,
        step: row.step,
        error: row.error === null ? null : errorWireSchema.parse(JSON.parse(row.error)),
        createdAt: row.created_at,
        finishedAt: row.finished_at,
        outputPath: row.output_path,
        resultId: row.result_id,
      },
      interruptions: row.interruptions,
      input: JSON.parse(row.input),
    }),
  );

export interface StoredJob {
  readonly job: Job;
  readonly interruptions: number;
  /** As it was stored: parse before use. */
  readonly input: unknown;
}

export interface JobsStore {
  save(stored: StoredJob): void;
  find(id: JobId): StoredJob | null;
  /** What is waiting comes last, in the order it will run; the rest oldest first. */
  list(): Job[];
  withState(state: 'queued' | 'running'): StoredJob[];
  /** The job of these kinds whose turn it is: by rank, finding faces before renders, then as they came. */
  firstQueued(kinds: readonly JobKind[]): StoredJob | null;
  hasQueued(): boolean;
  /** Before or behind everything that waits. */
  rank(id: JobId, place: 'first' | 'last'): void;
  isPaused(): boolean;
  setPaused(paused: boolean): void;
  unfinishedOf(subjectId: PhotoId | ClipId, kind: JobKind): StoredJob[];
  /** Keeps the newest `count` finished jobs. */
  prune(count: number): void;
}

export function createJobsStore(database: Database): JobsStore {
  const save = database.prepare(`
    INSERT INTO job (id, kind, photo_id, clip_id, state, attempts, interruptions, fraction, step, error, input, created_at,
      finished_at, output_path, result_id)
    VALUES (@id, @kind, @photoId, @clipId, @state, @attempts, @interruptions, @fraction, @step, @error, @input, @createdAt,
      @finishedAt, @outputPath, @resultId)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, attempts = excluded.attempts,
      interruptions = excluded.interruptions, fraction = excluded.fraction, step = excluded.step,
      error = excluded.error, finished_at = excluded.finished_at, output_path = excluded.output_path,
      result_id = excluded.result_id`);
  const byId = database.prepare('SELECT * FROM job WHERE id = ?');
  const list = database.prepare(`SELECT * FROM job
    ORDER BY state = 'queued', CASE state WHEN 'queued' THEN queue_rank END,
      CASE state WHEN 'queued' THEN kind NOT IN ('find-faces', 'follow-clip-faces') END, sequence`);
  const byState = database.prepare('SELECT * FROM job WHERE state = ? ORDER BY sequence');
  const first = database.prepare(
    `SELECT * FROM job WHERE state = 'queued' AND kind IN (SELECT value FROM json_each(?))
     ORDER BY queue_rank, kind NOT IN ('find-faces', 'follow-clip-faces'), sequence LIMIT 1`,
  );
  const hasQueued = database.prepare("SELECT EXISTS (SELECT 1 FROM job WHERE state = 'queued')").pluck();
  const rankFirst = database.prepare(`
    UPDATE job SET queue_rank = (SELECT coalesce(min(queue_rank), 0) - 1 FROM job WHERE state = 'queued') WHERE id = ?`);
  const rankLast = database.prepare(`
    UPDATE job SET queue_rank = (SELECT coalesce(max(queue_rank), 0) + 1 FROM job WHERE state = 'queued') WHERE id = ?`);
  const isPaused = database.prepare('SELECT EXISTS (SELECT 1 FROM queue_pause)').pluck();
  const pause = database.prepare('INSERT OR IGNORE INTO queue_pause VALUES (1)');
  const resume = database.prepare('DELETE FROM queue_pause');
  const unfinished = database.prepare(
    `SELECT * FROM job WHERE @subjectId IN (photo_id, clip_id) AND kind = @kind AND state IN ('queued', 'running')
     ORDER BY sequence`,
  );
  const prune = database.prepare(`
    DELETE FROM job WHERE sequence IN (
      SELECT sequence FROM job WHERE state IN ('done', 'failed', 'cancelled') ORDER BY sequence DESC LIMIT -1 OFFSET ?)`);

  return {
    save({ job, interruptions, input }) {
      const error = job.error === null ? null : JSON.stringify(job.error);
      save.run({ ...job, error, interruptions, input: JSON.stringify(input) });
    },
    find(id) {
      const row = byId.get(id);
      return row === undefined ? null : jobRowSchema.parse(row);
    },
    list: () => list.all().map((row) => jobRowSchema.parse(row).job),
    withState: (state) => byState.all(state).map((row) => jobRowSchema.parse(row)),
    firstQueued(kinds) {
      const row = first.get(JSON.stringify(kinds));
      return row === undefined ? null : jobRowSchema.parse(row);
    },
    hasQueued: () => hasQueued.get() === 1,
    rank: (id, place) => void (place === 'first' ? rankFirst : rankLast).run(id),
    isPaused: () => isPaused.get() === 1,
    setPaused: (paused) => void (paused ? pause : resume).run(),
    unfinishedOf: (subjectId, kind) =>
      unfinished.all({ subjectId, kind }).map((row) => jobRowSchema.parse(row)),
    prune: (count) => void prune.run(count),
  };
}
