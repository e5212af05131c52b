// Rows of results: which file shows which recipe. SQL only. Main process.
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import {
  type PhotoId,
  photoIdSchema,
  type ResultId,
  resultIdSchema,
  sha256Schema,
} from '#shared/domain/ids.ts';
import { recipeSchema } from '#shared/domain/recipe.ts';
import type { Result } from '#shared/domain/result.ts';

const resultRowSchema = z
  .object({
    id: resultIdSchema,
    photo_id: photoIdSchema,
    key: sha256Schema,
    recipe: z.string(),
    file: z.string(),
    width_px: z.int(),
    height_px: z.int(),
    created_at: z.string(),
    elapsed_ms: z.number(),
  })
  .transform(
    (row): StoredResult => ({
      result: {
        id: row.id,
        photoId: row.photo_id,
        key: row.key,
        recipe: recipeSchema.parse(JSON.parse(row.recipe)),
        widthPx: row.width_px,
        heightPx: row.height_px,
        createdAt: row.created_at,
        elapsedMs: row.elapsed_ms,
      },
      file: row.file,
    }),
  );

export interface StoredResult {
  readonly result: Result;
  /** Relative to the project's folder. */
  readonly file: string;
}

export interface ResultsStore {
  /** A result made again keeps its id. Becomes the newest of its photo. Answers with what is stored. */
  save(stored: StoredResult, stateKey: string): StoredResult;
  /** Makes a result the newest of its photo, and that of this state. */
  noteUse(id: ResultId, stateKey: string): void;
  find(id: ResultId): StoredResult | null;
  findByKey(key: string): StoredResult | null;
  newestOf(photoId: PhotoId): StoredResult | null;
  hasAny(photoId: PhotoId): boolean;
}

export function createResultsStore(database: Database): ResultsStore {
  const nextUse = '(SELECT coalesce(max(last_use), 0) + 1 FROM result)';
  const save = database.prepare(`
    INSERT INTO result (id, photo_id, key, state_key, recipe, file, width_px, height_px, created_at, elapsed_ms, last_use)
    VALUES (@id, @photoId, @key, @stateKey, @recipe, @file, @widthPx, @heightPx, @createdAt, @elapsedMs, ${nextUse})
    ON CONFLICT (key) DO UPDATE SET state_key = excluded.state_key, file = excluded.file,
      width_px = excluded.width_px, height_px = excluded.height_px, created_at = excluded.created_at,
      elapsed_ms = excluded.elapsed_ms, last_use = excluded.last_use`);
  const noteUse = database.prepare(`UPDATE result SET last_use = ${nextUse}, state_key = ? WHERE id = ?`);
  const byId = database.prepare('SELECT * FROM result WHERE id = ?');
  const byKey = database.prepare('SELECT * FROM result WHERE key = ?');
  const newest = database.prepare('SELECT * FROM result WHERE photo_id = ? ORDER BY last_use DESC LIMIT 1');

  function parseOrNull(row: unknown): StoredResult | null {
    return row === undefined ? null : resultRowSchema.parse(row);
  }

  return {
    save({ result, file }, stateKey) {
      save.run({ ...result, recipe: JSON.stringify(result.recipe), file, stateKey });
      return resultRowSchema.parse(byKey.get(result.key));
    },
    noteUse: (id, stateKey) => void noteUse.run(stateKey, id),
    find: (id) => parseOrNull(byId.get(id)),
    findByKey: (key) => parseOrNull(byKey.get(key)),
    hasAny: (photoId) => newest.get(photoId) !== undefined,
    newestOf: (photoId) => parseOrNull(newest.get(photoId)),
  };
}
