// Rows of edits: the history of each photo, kept for ever unless a new edit replaces its redo tail. SQL only. Main process.
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { editSchema, type HistoryStep } from '#shared/domain/edit.ts';
import { editIdSchema, type PhotoId, photoIdSchema } from '#shared/domain/ids.ts';

const editRowSchema = z
  .object({
    id: editIdSchema,
    photo_id: photoIdSchema,
    sequence: z.int(),
    body: z.string(),
    made_at: z.string(),
  })
  .transform(
    (row): HistoryStep => ({
      id: row.id,
      photoId: row.photo_id,
      sequence: row.sequence,
      edit: editSchema.parse(JSON.parse(row.body)),
      madeAt: row.made_at,
    }),
  );

/** Photos whose steps stay in memory. */
const rememberedPhotos = 50;

export interface EditsStore {
  /** In order of sequence. */
  stepsOf(photoId: PhotoId): readonly HistoryStep[];
  append(step: HistoryStep): void;
  dropAfter(photoId: PhotoId, sequence: number): void;
}

export function createEditsStore(database: Database): EditsStore {
  const list = database.prepare('SELECT * FROM edit WHERE photo_id = ? ORDER BY sequence');
  const insert = database.prepare(
    'INSERT INTO edit (id, photo_id, sequence, body, made_at) VALUES (?, ?, ?, ?, ?)',
  );
  const drop = database.prepare('DELETE FROM edit WHERE photo_id = ? AND sequence > ?');
  // Read once: every undo folds all steps before it. Only this process writes into an open project.
  const known = new Map<PhotoId, readonly HistoryStep[]>();
  // Written in a transaction that may yet be rolled back.
  const unsettled = new Set<PhotoId>();
  const change = (photoId: PhotoId): void => {
    known.delete(photoId);
    if (database.inTransaction) unsettled.add(photoId);
  };
  return {
    stepsOf(photoId) {
      if (!database.inTransaction) unsettled.clear();
      const before = known.get(photoId);
      if (before !== undefined) return before;
      const steps = list.all(photoId).map((row) => editRowSchema.parse(row));
      if (!unsettled.has(photoId)) remember(photoId, steps);
      return steps;
    },
    append(step) {
      change(step.photoId);
      insert.run(step.id, step.photoId, step.sequence, JSON.stringify(step.edit), step.madeAt);
    },
    dropAfter(photoId, sequence) {
      change(photoId);
      drop.run(photoId, sequence);
    },
  };

  function remember(photoId: PhotoId, steps: readonly HistoryStep[]): void {
    const oldest = known.keys().next().value;
    if (known.size >= rememberedPhotos && oldest !== undefined) known.delete(oldest);
    known.set(photoId, steps);
  }
}
