// The one row that says where a person left off. SQL only. Main process.
import type { Database } from 'better-sqlite3';
import { type ProjectView, projectViewSchema } from '#shared/domain/project-view.ts';

/** null when nothing was kept, or only what another version of the program understands. */
export function readProjectView(database: Database): ProjectView | null {
  const body = database.prepare('SELECT body FROM project_view').pluck().get();
  if (typeof body !== 'string') return null;
  return projectViewSchema.safeParse(JSON.parse(body)).data ?? null;
}

export function saveProjectView(database: Database, view: ProjectView): void {
  database
    .prepare(
      'INSERT INTO project_view VALUES (1, ?) ON CONFLICT (only_row) DO UPDATE SET body = excluded.body',
    )
    .run(JSON.stringify(view));
}
