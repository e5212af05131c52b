// Rows of clips, their edits and results. SQL only; rules are in the services. Main process.
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { type ClipFacts, type ClipTrack, clipFactsSchema, clipTrackSchema } from '#shared/domain/clip.ts';
import { type ClipHistoryStep, clipEditSchema } from '#shared/domain/clip-edit.ts';
import { type ClipId, clipIdSchema, editIdSchema, type Sha256, sha256Schema } from '#shared/domain/ids.ts';
import { type ClipResult, clipResultSchema } from '#shared/domain/project-clip.ts';

/** Where the file is: an absolute path outside, or one relative to the project's folder. */
export type ClipPlace =
  | { readonly kind: 'outside'; readonly path: string }
  | { readonly kind: 'in-project'; readonly file: string };

const clipRowSchema = z
  .object({
    id: clipIdSchema,
    file_name: z.string(),
    outside_path: z.string().nullable(),
    original_file: z.string().nullable(),
    byte_size: z.int(),
    changed_ms: z.number(),
    digest: sha256Schema,
    facts: z.string(),
    sequence_rate: z.number(),
    added_at: z.string(),
    removed_at: z.string().nullable(),
    history_cursor: z.int(),
    tracks: z.string().nullable(),
    tracks_key: z.string().nullable(),
    has_failed: z.int(),
  })
  .transform(
    (row): StoredClip => ({
      id: row.id,
      fileName: row.file_name,
      place:
        row.outside_path === null
          ? { kind: 'in-project', file: row.original_file ?? '' }
          : { kind: 'outside', path: row.outside_path },
      byteSize: row.byte_size,
      changedMs: row.changed_ms,
      digest: row.digest,
      facts: clipFactsSchema.parse(JSON.parse(row.facts)),
      sequenceFramesPerSecond: row.sequence_rate,
      addedAt: row.added_at,
      isRemoved: row.removed_at !== null,
      historyCursor: row.history_cursor,
      followed: readFollowed(row.tracks, row.tracks_key),
      hasFailed: row.has_failed === 1,
    }),
  );

/** What was found before people were told apart reads as not yet looked for: looking again costs only time. */
function readFollowed(tracks: string | null, key: string | null): StoredClip['followed'] {
  if (tracks === null || key === null) return null;
  const parsed = z.array(clipTrackSchema).safeParse(JSON.parse(tracks));
  return parsed.success ? { tracks: parsed.data, key } : null;
}

export interface StoredClip {
  readonly id: ClipId;
  readonly fileName: string;
  readonly place: ClipPlace;
  readonly byteSize: number;
  readonly changedMs: number;
  /** Of the content: see clip-digest.ts. */
  readonly digest: Sha256;
  readonly facts: ClipFacts;
  readonly sequenceFramesPerSecond: number;
  readonly addedAt: string;
  readonly isRemoved: boolean;
  readonly historyCursor: number;
  /** People followed, and the key of the stretch and treatment they were followed for. */
  readonly followed: { readonly tracks: readonly ClipTrack[]; readonly key: string } | null;
  readonly hasFailed: boolean;
}

export type NewClip = Omit<StoredClip, 'isRemoved' | 'historyCursor' | 'followed' | 'hasFailed'>;

const stepRowSchema = z
  .object({
    id: editIdSchema,
    clip_id: clipIdSchema,
    sequence: z.int(),
    body: z.string(),
    made_at: z.string(),
  })
  .transform(
    (row): ClipHistoryStep => ({
      id: row.id,
      clipId: row.clip_id,
      sequence: row.sequence,
      edit: clipEditSchema.parse(JSON.parse(row.body)),
      madeAt: row.made_at,
    }),
  );

const resultRowSchema = z
  .object({ clip_id: clipIdSchema, state_key: z.string(), file: z.string(), body: z.string() })
  .transform(
    (row): StoredClipResult => ({
      clipId: row.clip_id,
      stateKey: row.state_key,
      file: row.file,
      result: clipResultSchema.parse(JSON.parse(row.body)),
    }),
  );

export interface StoredClipResult {
  readonly clipId: ClipId;
  /** Equal to the clip's now: this is what the edits ask for. */
  readonly stateKey: string;
  /** Relative to the project's folder; a folder for rows of pictures. */
  readonly file: string;
  readonly result: ClipResult;
}

export interface ClipsStore {
  insert(clip: NewClip): void;
  /** Clips that have not been removed, in the order they were added. */
  list(): StoredClip[];
  /** Also removed ones. */
  find(id: ClipId): StoredClip | null;
  findByDigest(digest: Sha256): StoredClip | null;
  /** null puts back. Returns whether there was such a row. */
  setRemovedAt(id: ClipId, removedAt: string | null): boolean;
  setPlace(id: ClipId, place: ClipPlace, changedMs: number): void;
  setHistoryCursor(id: ClipId, cursor: number): void;
  setFollowed(id: ClipId, tracks: readonly ClipTrack[], key: string): void;
  setFailed(id: ClipId, hasFailed: boolean): void;
  stepsOf(id: ClipId): ClipHistoryStep[];
  appendStep(step: ClipHistoryStep): void;
  dropStepsAfter(id: ClipId, sequence: number): void;
  /** Used last first. */
  resultsOf(id: ClipId): StoredClipResult[];
  findResult(key: Sha256): StoredClipResult | null;
  saveResult(stored: StoredClipResult): void;
}

export function createClipsStore(database: Database): ClipsStore {
  const insert = database.prepare(`
    INSERT INTO clip (id, file_name, outside_path, original_file, byte_size, changed_ms, digest, facts, sequence_rate,
      added_at)
    VALUES (@id, @fileName, @outsidePath, @originalFile, @byteSize, @changedMs, @digest, @facts,
      @sequenceFramesPerSecond, @addedAt)`);
  const list = database.prepare('SELECT * FROM clip WHERE removed_at IS NULL ORDER BY sequence');
  const byId = database.prepare('SELECT * FROM clip WHERE id = ?');
  const byDigest = database.prepare('SELECT * FROM clip WHERE digest = ? ORDER BY sequence LIMIT 1');
  const setRemovedAt = database.prepare('UPDATE clip SET removed_at = ? WHERE id = ?');
  const setPlace = database.prepare(
    'UPDATE clip SET outside_path = ?, original_file = ?, changed_ms = ? WHERE id = ?',
  );
  const setCursor = database.prepare('UPDATE clip SET history_cursor = ? WHERE id = ?');
  const setFollowed = database.prepare('UPDATE clip SET tracks = ?, tracks_key = ? WHERE id = ?');
  const setFailed = database.prepare('UPDATE clip SET has_failed = ? WHERE id = ?');
  const steps = database.prepare('SELECT * FROM clip_edit WHERE clip_id = ? ORDER BY sequence');
  const appendStep = database.prepare(
    'INSERT INTO clip_edit (id, clip_id, sequence, body, made_at) VALUES (?, ?, ?, ?, ?)',
  );
  const dropSteps = database.prepare('DELETE FROM clip_edit WHERE clip_id = ? AND sequence > ?');
  const results = database.prepare('SELECT * FROM clip_result WHERE clip_id = ? ORDER BY last_use DESC');
  const byKey = database.prepare('SELECT * FROM clip_result WHERE key = ?');
  const saveResult = database.prepare(`
    INSERT INTO clip_result (key, clip_id, state_key, file, body, last_use)
    VALUES (@key, @clipId, @stateKey, @file, @body, (SELECT coalesce(max(last_use), 0) + 1 FROM clip_result))
    ON CONFLICT (key) DO UPDATE SET state_key = excluded.state_key, file = excluded.file, body = excluded.body,
      last_use = excluded.last_use`);
  const parseOrNull = (row: unknown) => (row === undefined ? null : clipRowSchema.parse(row));

  return {
    insert: ({ place, facts, ...clip }) =>
      void insert.run({
        ...clip,
        facts: JSON.stringify(facts),
        outsidePath: columnsOf(place)[0],
        originalFile: columnsOf(place)[1],
      }),
    list: () => list.all().map((row) => clipRowSchema.parse(row)),
    find: (id) => parseOrNull(byId.get(id)),
    findByDigest: (digest) => parseOrNull(byDigest.get(digest)),
    setRemovedAt: (id, removedAt) => setRemovedAt.run(removedAt, id).changes > 0,
    setPlace: (id, place, changedMs) => void setPlace.run(...columnsOf(place), changedMs, id),
    setHistoryCursor: (id, cursor) => void setCursor.run(cursor, id),
    setFollowed: (id, tracks, key) => void setFollowed.run(JSON.stringify(tracks), key, id),
    setFailed: (id, hasFailed) => void setFailed.run(hasFailed ? 1 : 0, id),
    stepsOf: (id) => steps.all(id).map((row) => stepRowSchema.parse(row)),
    appendStep: (step) =>
      void appendStep.run(step.id, step.clipId, step.sequence, JSON.stringify(step.edit), step.madeAt),
    dropStepsAfter: (id, sequence) => void dropSteps.run(id, sequence),
    resultsOf: (id) => results.all(id).map((row) => resultRowSchema.parse(row)),
    findResult: (key) => {
      const row = byKey.get(key);
      return row === undefined ? null : resultRowSchema.parse(row);
    },
    saveResult: ({ clipId, stateKey, file, result }) =>
      void saveResult.run({ key: result.key, clipId, stateKey, file, body: JSON.stringify(result) }),
  };
}

/** `outside_path` and `original_file`: exactly one is set. */
function columnsOf(place: ClipPlace): [string | null, string | null] {
  return place.kind === 'outside' ? [place.path, null] : [null, place.file];
}
