// Who may write a project: an operating-system lock on `Name.heirloom-lock`, held by a SQLite transaction.
// The system drops it when the process ends, however it ends, so there is no stale lock to detect and no heartbeat.
// The lock file is empty and stays: deleting it while another process opens it would let both in. Main process.
import BetterSqlite3 from 'better-sqlite3';

export interface ProjectLease {
  release(): void;
}

/** null when another window (of this or another process) holds it, or when the folder cannot be written. */
export function takeProjectLease(documentPath: string): ProjectLease | null {
  let lock: BetterSqlite3.Database | undefined;
  try {
    lock = new BetterSqlite3(`${documentPath}-lock`, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    if (error instanceof BetterSqlite3.SqliteError && meansTaken(error.code)) return null;
    throw error;
  }
  const held = lock;
  return { release: () => held.close() };
}

function meansTaken(code: string): boolean {
  return ['SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_CANTOPEN', 'SQLITE_READONLY', 'SQLITE_PERM'].some((taken) =>
    code.startsWith(taken),
  );
}
