// "Save a copy": a second, complete project folder. Main process; reads the open project, writes only the copy.
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { projectIdSchema } from '#shared/domain/ids.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { writeErrorOf } from '../file-system/file-errors.ts';
import { syncFolder } from '../file-system/write-atomically.ts';
import type { ProjectDocument } from './open-project-document.ts';
import { documentPathForNew, isClipFolderName } from './project-folder.ts';

/**
 * Copies document, originals and results into `<name>/<name>.heirloom`; previews are made again there. The folder
 * appears complete or not at all, and the copy is a project of its own. Answers with the copy's document.
 * Errors: project.exists, output.disk-full, output.not-writable.
 */
export async function saveProjectCopy(document: ProjectDocument, wantedPath: string): Promise<string> {
  const documentPath = documentPathForNew(wantedPath);
  const folder = path.dirname(documentPath);
  if (`${folder}${path.sep}`.startsWith(`${document.folder}${path.sep}`))
    throw new HeirloomError('output.not-writable', { path: folder });
  const partFolder = path.join(path.dirname(folder), `.${path.basename(folder)}.${randomUUID()}.part`);
  try {
    await mkdir(path.join(partFolder, 'previews'), { recursive: true });
    // The document first: files that come later belong to rows it does not have, never the reverse.
    const copiedDocument = path.join(partFolder, path.basename(documentPath));
    document.database.prepare('VACUUM INTO ?').run(copiedDocument);
    giveNewId(copiedDocument);
    await copyFiles(document.originalsFolder, path.join(partFolder, 'originals'));
    await copyFiles(document.resultsFolder, path.join(partFolder, 'results'));
    await syncFolder(partFolder);
    // An empty folder of the wanted name may be there already; one with content is refused by the system.
    await rm(folder, { recursive: false, force: true }).catch(() => undefined);
    await rename(partFolder, folder);
    await syncFolder(path.dirname(folder));
    return documentPath;
  } catch (error) {
    await rm(partFolder, { recursive: true, force: true }).catch(() => undefined);
    if (error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_FULL'))
      throw new HeirloomError('output.disk-full', { path: folder }, { cause: error });
    throw writeErrorOf(error, folder);
  }
}

async function copyFiles(fromFolder: string, toFolder: string): Promise<void> {
  await mkdir(toFolder, { recursive: true });
  for (const entry of await readdir(fromFolder, { withFileTypes: true })) {
    // A film as a folder of pictures.
    if (entry.isDirectory() && isClipFolderName(entry.name))
      await copyFiles(path.join(fromFolder, entry.name), path.join(toFolder, entry.name));
    if (!entry.isFile() || entry.name.endsWith('.part')) continue;
    // FICLONE: on file systems that can, the copy shares the blocks until one side changes.
    await copyFile(
      path.join(fromFolder, entry.name),
      path.join(toFolder, entry.name),
      constants.COPYFILE_FICLONE,
    );
  }
  await syncFolder(toFolder);
}

/** The copy must not pass for the project it was made from. */
function giveNewId(copiedDocument: string): void {
  const database = new BetterSqlite3(copiedDocument, { fileMustExist: true });
  try {
    database.prepare('UPDATE project SET id = ?').run(projectIdSchema.parse(randomUUID()));
  } finally {
    database.close();
  }
}
