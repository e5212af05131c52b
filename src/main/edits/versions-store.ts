// Rows of named versions: a name and the steps that lead to it. SQL only. Main process.
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { type HistoryStep, historyStepSchema } from '#shared/domain/edit.ts';
import {
  type PhotoId,
  photoIdSchema,
  resultIdSchema,
  type VersionId,
  versionIdSchema,
} from '#shared/domain/ids.ts';
import type { HistoryVersion } from '#shared/domain/version.ts';

const versionRowSchema = z
  .object({
    id: versionIdSchema,
    photo_id: photoIdSchema,
    name: z.string(),
    steps: z.string(),
    made_at: z.string(),
    result_id: resultIdSchema.nullable(),
  })
  .transform((row): StoredVersion => {
    const steps = z.array(historyStepSchema).parse(JSON.parse(row.steps));
    const { id, name, photo_id: photoId, made_at: madeAt, result_id: resultId } = row;
    return { version: { id, photoId, name, stepIds: steps.map((step) => step.id), resultId, madeAt }, steps };
  });

export interface StoredVersion {
  readonly version: HistoryVersion;
  readonly steps: readonly HistoryStep[];
}

export interface NewVersion {
  readonly id: VersionId;
  readonly photoId: PhotoId;
  readonly name: string;
  readonly steps: readonly HistoryStep[];
  readonly stateKey: string;
  readonly madeAt: string;
}

export interface VersionsStore {
  /** Oldest first. */
  listOf(photoId: PhotoId): StoredVersion[];
  add(version: NewVersion): void;
  remove(photoId: PhotoId, id: VersionId): void;
}

export function createVersionsStore(database: Database): VersionsStore {
  const list = database.prepare(`
    SELECT version.*, (
      SELECT id FROM result WHERE photo_id = version.photo_id AND state_key = version.state_key
      ORDER BY last_use DESC LIMIT 1) AS result_id
    FROM history_version AS version WHERE photo_id = ? ORDER BY sequence`);
  const insert = database.prepare(`
    INSERT INTO history_version (id, photo_id, name, steps, state_key, made_at)
    VALUES (@id, @photoId, @name, @steps, @stateKey, @madeAt)`);
  const remove = database.prepare('DELETE FROM history_version WHERE photo_id = ? AND id = ?');
  return {
    listOf: (photoId) => list.all(photoId).map((row) => versionRowSchema.parse(row)),
    add: (version) => void insert.run({ ...version, steps: JSON.stringify(version.steps) }),
    remove: (photoId, id) => void remove.run(photoId, id),
  };
}
