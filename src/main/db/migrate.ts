// Brings a document to a version, one migration after the other, in one transaction. Main process.
import type { Database } from 'better-sqlite3';
import { allMigrations } from './migrations/all-migrations.ts';

export interface Migration {
  /** The version the document has afterwards; counts from 1 without gaps. */
  readonly version: number;
  up(database: Database): void;
}

export const latestVersion = allMigrations.length;

export function versionOf(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

/** All or nothing: a migration that throws leaves the document at the version it had. */
export function migrate(
  database: Database,
  toVersion: number = latestVersion,
  migrations: readonly Migration[] = allMigrations,
): void {
  migrations.forEach((migration, index) => {
    if (migration.version !== index + 1) throw new Error(`migration ${migration.version} is out of order`);
  });
  const step = database.transaction(() => {
    const fromVersion = versionOf(database);
    for (const migration of migrations.slice(fromVersion, toVersion)) {
      migration.up(database);
      database.pragma(`user_version = ${migration.version}`);
    }
  });
  step.immediate();
}
