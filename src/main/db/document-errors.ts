// What it means to a person when the document of a project cannot be written. Main process.
import BetterSqlite3 from 'better-sqlite3';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';

const cannotWrite = /^SQLITE_(IOERR_(WRITE|FSYNC|DIR_FSYNC|TRUNCATE|SHM|DELETE)|READONLY|CANTOPEN|PERM)/;

/** A failed write of SQLite as an error of ours: disk full or not writable. Everything else passes through. */
export function documentErrorOf(error: unknown, documentPath: string): unknown {
  if (!(error instanceof BetterSqlite3.SqliteError)) return error;
  const params = { path: documentPath };
  if (error.code.startsWith('SQLITE_FULL'))
    return new HeirloomError('output.disk-full', params, { cause: error });
  return cannotWrite.test(error.code)
    ? new HeirloomError('output.not-writable', params, { cause: error })
    : error;
}
