// Version 3: what a gallery needs: the newest result beside each photo, how the project was looked at, restores that
// wait for faces. Main process; never edited once released.
import type { Migration } from '../migrate.ts';

export const gallery: Migration = {
  version: 3,
  up: (database) => {
    database.exec(`
      -- Where a person left off. No edit: it is not undone, and losing it loses nothing.
      CREATE TABLE project_view (
        only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
        body     TEXT NOT NULL CHECK (json_valid(body))
      ) STRICT;

      -- Restores asked for before anybody looked for faces: queued once the faces are found.
      CREATE TABLE planned_restore (
        photo_id TEXT PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE
      ) STRICT;

      CREATE INDEX photo_in_project ON photo (sequence) WHERE removed_at IS NULL;

      DROP VIEW listed_photo;
      CREATE VIEW listed_photo AS
      SELECT photo.*,
        (SELECT id FROM result WHERE photo_id = photo.id ORDER BY last_use DESC LIMIT 1) AS latest_result_id,
        CASE
          WHEN has_failed = 1 THEN 'failed'
          WHEN EXISTS (SELECT 1 FROM result WHERE photo_id = photo.id AND state_key = photo.state_key) THEN 'restored'
          WHEN EXISTS (SELECT 1 FROM result WHERE photo_id = photo.id) THEN 'edited-since'
          WHEN faces_found_at IS NOT NULL THEN 'faces-found'
          ELSE 'new'
        END AS state
      FROM photo;
    `);
  },
};
