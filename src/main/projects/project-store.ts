// The one row that says which project a document is. Main process.
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { type ProjectId, projectIdSchema } from '#shared/domain/ids.ts';

const projectRowSchema = z.object({ id: projectIdSchema, created_at: z.iso.datetime() });

export interface ProjectRow {
  readonly id: ProjectId;
  readonly createdAt: string;
}

export function insertProject(database: Database, project: ProjectRow): void {
  database
    .prepare('INSERT INTO project (only_row, id, created_at) VALUES (1, ?, ?)')
    .run(project.id, project.createdAt);
}

export function readProject(database: Database): ProjectRow {
  const row = projectRowSchema.parse(database.prepare('SELECT id, created_at FROM project').get());
  return { id: row.id, createdAt: row.created_at };
}

/** Photos that have not been removed. */
export function countPhotos(database: Database): number {
  return Number(database.prepare('SELECT count(*) FROM photo WHERE removed_at IS NULL').pluck().get());
}
