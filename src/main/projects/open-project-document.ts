// Opens or makes the document of a project and takes the lease that says who may write. Main process.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { projectIdSchema } from '#shared/domain/ids.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { closeDocument, createDocument, openDocument } from '../db/open-document.ts';
import { takeProjectLease } from '../db/project-lease.ts';
import { writeErrorOf } from '../file-system/file-errors.ts';
import {
  documentPathForNew,
  documentPathToOpen,
  type ProjectFolder,
  projectFolderOf,
} from './project-folder.ts';
import { insertProject, type ProjectRow, readProject } from './project-store.ts';

/** An open document. `close` folds its log in and gives the lease back. */
export interface ProjectDocument extends ProjectFolder, ProjectRow {
  readonly database: Database;
  /** True when another window holds the project or its folder cannot be written. */
  readonly isReadOnly: boolean;
  close(): void;
}

export interface DocumentPlaces {
  readonly damagedFolder: string;
  readonly privateFolder: string;
}

/** Errors: project.exists, output.not-writable, output.disk-full. */
export function makeProjectDocument(wantedPath: string, createdAt: Date): ProjectDocument {
  const folder = projectFolderOf(documentPathForNew(wantedPath));
  try {
    for (const part of [folder.originalsFolder, folder.resultsFolder, folder.previewsFolder])
      mkdirSync(part, { recursive: true });
    const lease = takeProjectLease(folder.documentPath);
    if (lease === null) throw new HeirloomError('output.not-writable', { path: folder.folder });
    try {
      const database = createDocument(folder.documentPath);
      const row = { id: projectIdSchema.parse(randomUUID()), createdAt: createdAt.toISOString() };
      insertProject(database, row);
      return {
        ...folder,
        ...row,
        database,
        isReadOnly: false,
        close: () => closeBoth(database, lease.release),
      };
    } catch (error) {
      lease.release();
      throw error;
    }
  } catch (error) {
    throw asWriteError(error, folder.documentPath);
  }
}

/** Errors: those of openDocument. */
export function openProjectDocument(givenPath: string, places: DocumentPlaces): ProjectDocument {
  if (!existsSync(givenPath)) throw new HeirloomError('project.not-found', { path: givenPath });
  const folder = projectFolderOf(documentPathToOpen(givenPath, statSync(givenPath).isDirectory()));
  const lease = isWritable(folder.documentPath) ? takeProjectLease(folder.documentPath) : null;
  try {
    const isReadOnly = lease === null;
    const database = openDocument(folder.documentPath, { readOnly: isReadOnly, ...places });
    if (!isReadOnly) tidyFolder(folder);
    const release = lease?.release ?? (() => undefined);
    return {
      ...folder,
      ...readProject(database),
      database,
      isReadOnly,
      close: () => closeBoth(database, release),
    };
  } catch (error) {
    lease?.release();
    throw error;
  }
}

function closeBoth(database: Database, release: () => void): void {
  try {
    closeDocument(database);
  } finally {
    release();
  }
}

/** Removes what a killed import or render left half written; makes the cache folders if they were deleted. */
function tidyFolder(folder: ProjectFolder): void {
  for (const part of [folder.originalsFolder, folder.resultsFolder, folder.previewsFolder]) {
    mkdirSync(part, { recursive: true });
    for (const name of readdirSync(part)) {
      if (name.endsWith('.part')) rmSync(path.join(part, name), { force: true });
    }
  }
}

function isWritable(documentPath: string): boolean {
  try {
    // No owner-writable bit means a person locked the file; the check also holds for the superuser.
    return (statSync(documentPath).mode & 0o222) !== 0;
  } catch {
    return false;
  }
}

function asWriteError(error: unknown, documentPath: string): unknown {
  if (!(error instanceof BetterSqlite3.SqliteError)) return writeErrorOf(error, documentPath);
  const code = error.code.startsWith('SQLITE_FULL') ? 'output.disk-full' : 'output.not-writable';
  return new HeirloomError(code, { path: documentPath }, { cause: error });
}
