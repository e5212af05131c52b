// "Compact": gives back the room of caches and leftovers. Main process; never touches an original that a photo or clip
// refers to, nor the finished parts of a film that is being made.
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { dropOutdatedClipResults } from '../clips/outdated-results.ts';
import type { ProjectDocument } from './open-project-document.ts';
import { fileInProject, isClipFolderName } from './project-folder.ts';

/** No single picture takes longer to write. */
const settledAfterMs = 10 * 60_000;

/**
 * Removes previews, results that are neither a photo's newest nor that of its current edits or of a named version,
 * and files no row refers to; then lets SQLite give back its own free pages. Removed photos keep their originals: removal can be undone.
 * Young files stay: an import or a restore under way writes its file before its row. Answers with the bytes freed.
 */
export async function compactProject(document: ProjectDocument, nowMs = Date.now()): Promise<number> {
  const { database } = document;
  const before = await sizeOf(document.documentPath);
  const outdated = database
    .prepare(`
      DELETE FROM result WHERE id NOT IN (
        SELECT latest_result_id FROM listed_photo WHERE latest_result_id IS NOT NULL
        UNION SELECT result.id FROM result JOIN photo ON photo.id = result.photo_id
          AND photo.state_key = result.state_key
        UNION SELECT result.id FROM result JOIN history_version AS version ON version.photo_id = result.photo_id
          AND version.state_key = result.state_key)
      RETURNING file`)
    .pluck()
    .all();
  const outdatedFilms = dropOutdatedClipResults(database);
  const named = (sql: string): Set<string> =>
    new Set(
      database
        .prepare(sql)
        .pluck()
        .all()
        .map((file) => path.posix.basename(String(file))),
    );
  const unsettledMs = nowMs - settledAfterMs;
  const freed = [
    ...(await Promise.all(
      [...outdated, ...outdatedFilms].map((file) => remove(fileInProject(document, String(file)))),
    )),
    await removeOthers(
      document.resultsFolder,
      named('SELECT file FROM result UNION SELECT file FROM clip_result'),
      unsettledMs,
    ),
    await removeOthers(
      document.originalsFolder,
      named(`SELECT original_file FROM photo
        UNION SELECT original_file FROM clip WHERE original_file IS NOT NULL`),
      unsettledMs,
    ),
    await removeOthers(document.previewsFolder, new Set(), unsettledMs),
    await removeTiles(document.previewsFolder, unsettledMs),
  ];
  database.exec('VACUUM');
  database.pragma('wal_checkpoint(TRUNCATE)');
  const shrunk = before - (await sizeOf(document.documentPath));
  return freed.reduce((sum, bytes) => sum + bytes, Math.max(0, shrunk));
}

/** Files, and films as folders of pictures; what somebody else put there stays. Answers with the bytes removed. */
async function removeOthers(folder: string, kept: ReadonlySet<string>, unsettledMs: number): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const isOurs = entry.isFile() || (entry.isDirectory() && isClipFolderName(entry.name));
    if (!isOurs || kept.has(entry.name)) continue;
    const filePath = path.join(folder, entry.name);
    if ((await stat(filePath)).mtimeMs <= unsettledMs) bytes += await remove(filePath);
  }
  return bytes;
}

/** Folders of tiles. What somebody else put there as a folder stays. */
async function removeTiles(folder: string, unsettledMs: number): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const tiles = path.join(folder, entry.name);
    if (!entry.isDirectory() || !tilesFolderName.test(entry.name)) continue;
    if ((await stat(tiles)).mtimeMs > unsettledMs) continue;
    for (const file of await readdir(tiles, { recursive: true, withFileTypes: true }))
      if (file.isFile()) bytes += await remove(path.join(file.parentPath, file.name));
    await rm(tiles, { recursive: true, force: true });
  }
  return bytes;
}

/** As previews-service names them, or left over from one that was not finished. */
const tilesFolderName = /(-tiles-v\d+|^\.heirloom-[0-9a-f]{8}\.tmp)$/;

/** A file another window is showing may not be removable: it stays for the next time. */
async function remove(filePath: string): Promise<number> {
  try {
    const bytes = await sizeOf(filePath);
    await rm(filePath, { recursive: true });
    return bytes;
  } catch {
    return 0;
  }
}

async function sizeOf(filePath: string): Promise<number> {
  const facts = await stat(filePath);
  if (!facts.isDirectory()) return facts.size;
  const sizes = (await readdir(filePath)).map((name) => sizeOf(path.join(filePath, name)));
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
