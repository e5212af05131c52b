// Opens and makes project documents: SQLite files with an application id of their own. Main process.
// Nothing is written before the file is known to be whole, ours and not newer than this program.
import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { heirloomApplicationId, readDocumentHeader } from './document-header.ts';
import { keepDamagedCopy } from './keep-damaged-copy.ts';
import { latestVersion, migrate, versionOf } from './migrate.ts';

/** Another instance holds a lock for milliseconds at most; after this something is wrong. */
const busyTimeoutMs = 5000;

export interface OpenDocumentOptions {
  readonly readOnly: boolean;
  /** Where a damaged document is kept when its own folder cannot be written. Lasting. */
  readonly damagedFolder: string;
  /** Where a document is copied to be read when it cannot be read in place. Emptied at start-up. */
  readonly privateFolder: string;
}

/** Makes a new, empty document at the latest version. Errors: project.exists. */
export function createDocument(documentPath: string): Database {
  if (existsSync(documentPath)) throw new HeirloomError('project.exists', { path: documentPath });
  const database = new BetterSqlite3(documentPath, { timeout: busyTimeoutMs });
  try {
    // Before the write-ahead log: the id must be in the file itself, where readDocumentHeader looks.
    database.pragma(`application_id = ${heirloomApplicationId}`);
    prepareForWriting(database);
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    removeDocument(documentPath);
    throw error;
  }
}

/**
 * Opens a document, migrated to the latest version after a backup copy `Name.version-<n>.heirloom-copy`.
 * Errors: project.not-found, project.not-a-project, project.damaged {copyPath}, project.newer-version.
 */
export function openDocument(documentPath: string, options: OpenDocumentOptions): Database {
  checkHeader(documentPath, options);
  const version = checkContent(documentPath, options);
  if (version > latestVersion) throw new HeirloomError('project.newer-version', { path: documentPath });
  if (options.readOnly) return openForReading(documentPath, version, options);

  const database = new BetterSqlite3(documentPath, { timeout: busyTimeoutMs, fileMustExist: true });
  try {
    prepareForWriting(database);
    if (version < latestVersion) {
      keepBackup(database, documentPath, version);
      migrate(database);
    }
    return database;
  } catch (error) {
    database.close();
    throw damagedOr(error, documentPath, options);
  }
}

/** Folds the write-ahead log into the file, so that a closed project is one plain file, and closes. */
export function closeDocument(database: Database): void {
  try {
    if (!database.readonly && database.open) {
      // A read-only window may have the document open; then the log simply stays.
      database.pragma('busy_timeout = 0');
      database.pragma('wal_checkpoint(TRUNCATE)');
      database.pragma('journal_mode = DELETE');
    }
  } catch (error) {
    if (!(error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_BUSY'))) throw error;
  } finally {
    database.close();
  }
}

/** Deletes a document that was never handed out, with its side files. */
export function removeDocument(documentPath: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${documentPath}${suffix}`, { force: true });
}

function prepareForWriting(database: Database): void {
  try {
    database.pragma('journal_mode = WAL');
  } catch {
    // File systems without shared memory (some network shares): the rollback journal is slower and as safe.
    database.pragma('journal_mode = DELETE');
  }
  // FULL: a committed edit survives a power cut.
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
}

function checkHeader(documentPath: string, options: OpenDocumentOptions): void {
  if (!existsSync(documentPath)) throw new HeirloomError('project.not-found', { path: documentPath });
  if (!statSync(documentPath).isFile())
    throw new HeirloomError('project.not-a-project', { path: documentPath });
  const header = readDocumentHeader(documentPath);
  if (header?.isHeirloom && !header.isSqlite) throw damaged(documentPath, options, 'bad file header');
  if (!header?.isHeirloom) throw new HeirloomError('project.not-a-project', { path: documentPath });
}

/** Reads every page through a connection that cannot write; answers with the document's version. */
function checkContent(documentPath: string, options: OpenDocumentOptions): number {
  let database: Database | undefined;
  try {
    database = new BetterSqlite3(documentPath, {
      readonly: true,
      fileMustExist: true,
      timeout: busyTimeoutMs,
    });
    const problems = database.pragma('integrity_check', { simple: true });
    if (problems !== 'ok') throw damaged(documentPath, options, String(problems));
    const orphans = database.pragma('foreign_key_check');
    if (Array.isArray(orphans) && orphans.length > 0)
      throw damaged(documentPath, options, JSON.stringify(orphans.slice(0, 10)));
    return versionOf(database);
  } catch (error) {
    if (needsWriter(error)) return checkCopy(documentPath, options);
    throw damagedOr(error, documentPath, options);
  } finally {
    database?.close();
  }
}

/** A crash left a journal that only a writer may roll back: check a private copy, where a writer harms nothing. */
function checkCopy(documentPath: string, options: OpenDocumentOptions): number {
  const copyPath = copyPrivately(documentPath, options);
  let database: Database | undefined;
  try {
    database = new BetterSqlite3(copyPath);
    const problems = database.pragma('integrity_check', { simple: true });
    if (problems !== 'ok') throw damaged(documentPath, options, String(problems));
    return versionOf(database);
  } catch (error) {
    throw damagedOr(error, documentPath, options);
  } finally {
    database?.close();
    removeDocument(copyPath);
  }
}

function openForReading(documentPath: string, version: number, options: OpenDocumentOptions): Database {
  if (version === latestVersion) {
    try {
      const database = new BetterSqlite3(documentPath, {
        readonly: true,
        fileMustExist: true,
        timeout: busyTimeoutMs,
      });
      try {
        database.prepare('SELECT count(*) FROM project').get();
        return database;
      } catch (error) {
        database.close();
        throw error;
      }
    } catch (error) {
      if (!needsWriter(error)) throw damagedOr(error, documentPath, options);
    }
  }
  // An older version, or a log left by a crash, in a folder that cannot be written: show a private copy.
  const copyPath = copyPrivately(documentPath, options);
  const writer = new BetterSqlite3(copyPath);
  migrate(writer);
  closeDocument(writer);
  return new BetterSqlite3(copyPath, { readonly: true });
}

function copyPrivately(documentPath: string, options: OpenDocumentOptions): string {
  mkdirSync(options.privateFolder, { recursive: true });
  const copyPath = path.join(options.privateFolder, `${randomUUID()}.heirloom-copy`);
  for (const suffix of ['', '-wal', '-journal']) {
    if (existsSync(documentPath + suffix)) copyFileSync(documentPath + suffix, copyPath + suffix);
  }
  return copyPath;
}

function keepBackup(database: Database, documentPath: string, version: number): void {
  const { dir, name } = path.parse(documentPath);
  const backupPath = path.join(dir, `${name}.version-${version}.heirloom-copy`);
  // A backup of an earlier, interrupted attempt shows the same content: the migration never committed.
  if (existsSync(backupPath)) return;
  const partPath = `${backupPath}.part`;
  rmSync(partPath, { force: true });
  database.prepare('VACUUM INTO ?').run(partPath);
  renameSync(partPath, backupPath);
}

function needsWriter(error: unknown): boolean {
  return (
    error instanceof BetterSqlite3.SqliteError &&
    (error.code.startsWith('SQLITE_READONLY') || error.code.startsWith('SQLITE_CANTOPEN'))
  );
}

function damagedOr(error: unknown, documentPath: string, options: OpenDocumentOptions): unknown {
  if (!(error instanceof BetterSqlite3.SqliteError)) return error;
  const isDamage = /^SQLITE_(CORRUPT|NOTADB|ERROR|FORMAT)/.test(error.code);
  return isDamage ? damaged(documentPath, options, error.message) : error;
}

function damaged(documentPath: string, options: OpenDocumentOptions, problem: string): HeirloomError {
  const copyPath = keepDamagedCopy(documentPath, options.damagedFolder);
  return new HeirloomError('project.damaged', { path: documentPath, copyPath }, { cause: problem });
}
