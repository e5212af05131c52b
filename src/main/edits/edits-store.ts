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

export interface EditsStore {
  /** In order of sequence. */
  stepsOf(photoId: PhotoId): HistoryStep[];
  append(step: HistoryStep): void;
  dropAfter(photoId: PhotoId, sequence: number): void;
}

export function createEditsStore(database: Database): EditsStore {
  const list = database.prepare('SELECT * FROM edit WHERE photo_id = ? ORDER BY sequence');
  const insert = database.prepare(
    'INSERT INTO edit (id, photo_id, sequence, body, made_at) VALUES (?, ?, ?, ?, ?)',
  );
  const drop = database.prepare('DELETE FROM edit WHERE photo_id = ? AND sequence > ?');
  return {
    stepsOf: (photoId) => list.all(photoId).map((row) => editRowSchema.parse(row)),
    append: (step) =>
      void insert.run(step.id, step.photoId, step.sequence, JSON.stringify(step.edit), step.madeAt),
    dropAfter: (photoId, sequence) => void drop.run(photoId, sequence),
  };
}
