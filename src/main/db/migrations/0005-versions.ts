// Version 5: named versions of a photo, and waiting jobs in an order a person chose. Main process; never edited once released.
import type { Migration } from '../migrate.ts';

export const versions: Migration = {
  version: 5,
  up: (database) => {
    database.exec(`
      -- The steps are kept here too: a name outlives steps that a new edit drops from the history.
      CREATE TABLE history_version (
        sequence  INTEGER PRIMARY KEY AUTOINCREMENT,
        id        TEXT NOT NULL UNIQUE,
        photo_id  TEXT NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
        name      TEXT NOT NULL CHECK (length(name) > 0),
        steps     TEXT NOT NULL CHECK (json_valid(steps)),
        state_key TEXT NOT NULL,
        made_at   TEXT NOT NULL
      ) STRICT;
      CREATE INDEX history_version_by_photo ON history_version (photo_id, sequence);

      -- Waiting jobs run by rank, faces before renders, then in the order they came.
      ALTER TABLE job ADD COLUMN queue_rank INTEGER NOT NULL DEFAULT 0;
      DROP INDEX job_by_state;
      CREATE INDEX job_by_state ON job (state, queue_rank, kind <> 'find-faces', sequence);
      CREATE TABLE queue_pause (
        only_row INTEGER PRIMARY KEY CHECK (only_row = 1)
      ) STRICT;
    `);
  },
};
