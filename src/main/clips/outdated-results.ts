// Which restored films may go when a project gives back room. Main process; rows only, files are the caller's.
import type { Database } from 'better-sqlite3';
import { foldClipEdits } from '#shared/domain/clip-edit.ts';
import { clipIdSchema } from '#shared/domain/ids.ts';
import { stateKeyOfClip } from './clip-keys.ts';
import { createClipsStore } from './clips-store.ts';

/**
 * Of each clip, removed ones too, the film used last stays, and the one its edits ask for now. Rows of the others go;
 * answers with their files or folders, relative to the project's folder.
 */
export function dropOutdatedClipResults(database: Database): string[] {
  const store = createClipsStore(database);
  const withResults = database.prepare('SELECT DISTINCT clip_id FROM clip_result').pluck();
  const drop = database.prepare('DELETE FROM clip_result WHERE key = ?');
  return database
    .transaction(() =>
      withResults.all().flatMap((row) => {
        const id = clipIdSchema.parse(row);
        const all = store.resultsOf(id);
        const stateNow = stateKeyOfClip(foldClipEdits(store.stepsOf(id), store.find(id)?.historyCursor ?? 0));
        const kept = [all[0], all.find(({ stateKey }) => stateKey === stateNow)];
        const outdated = all.filter((stored) => !kept.includes(stored));
        for (const { result } of outdated) drop.run(result.key);
        return outdated.map(({ file }) => file);
      }),
    )
    .immediate();
}
