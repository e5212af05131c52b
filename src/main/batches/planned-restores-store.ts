// Rows of restores that wait for faces. SQL only. Main process.
import type { Database } from 'better-sqlite3';
import { type PhotoId, photoIdSchema } from '#shared/domain/ids.ts';

export interface PlannedRestoresStore {
  add(photoId: PhotoId): void;
  /** Returns whether there was one. */
  take(photoId: PhotoId): boolean;
  list(): PhotoId[];
}

export function createPlannedRestoresStore(database: Database): PlannedRestoresStore {
  const add = database.prepare('INSERT INTO planned_restore VALUES (?) ON CONFLICT DO NOTHING');
  const take = database.prepare('DELETE FROM planned_restore WHERE photo_id = ?');
  const list = database.prepare('SELECT photo_id FROM planned_restore ORDER BY rowid').pluck();
  return {
    add: (photoId) => void add.run(photoId),
    take: (photoId) => take.run(photoId).changes > 0,
    list: () => list.all().map((id) => photoIdSchema.parse(id)),
  };
}
