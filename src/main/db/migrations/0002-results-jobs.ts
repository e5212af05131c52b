// Version 2: what is made from it: results and the jobs that make them. Main process; never edited once released.
import type { Migration } from '../migrate.ts';

export const resultsJobs: Migration = {
  version: 2,
  up: (database) => {
    database.exec(`
      CREATE TABLE result (
        sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
        id         TEXT NOT NULL UNIQUE,
        photo_id   TEXT NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
        key        TEXT NOT NULL UNIQUE CHECK (length(key) = 64),
        -- photo.state_key at the time the render was asked for.
        state_key  TEXT NOT NULL,
        recipe     TEXT NOT NULL CHECK (json_valid(recipe)),
        file       TEXT NOT NULL,
        width_px   INTEGER NOT NULL,
        height_px  INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        elapsed_ms REAL NOT NULL,
        -- Counts up with each render or reuse: the highest of a photo is its newest result.
        last_use   INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX result_by_photo ON result (photo_id, last_use);

      CREATE TABLE job (
        sequence      INTEGER PRIMARY KEY AUTOINCREMENT,
        id            TEXT NOT NULL UNIQUE,
        kind          TEXT NOT NULL,
        photo_id      TEXT NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
        state         TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
        attempts      INTEGER NOT NULL DEFAULT 0,
        -- Times the program ended while the job ran, since a person last asked for it.
        interruptions INTEGER NOT NULL DEFAULT 0,
        fraction      REAL NOT NULL DEFAULT 0,
        step          TEXT,
        error         TEXT CHECK (error IS NULL OR json_valid(error)),
        input         TEXT NOT NULL CHECK (json_valid(input)),
        created_at    TEXT NOT NULL,
        finished_at   TEXT,
        output_path   TEXT,
        result_id     TEXT REFERENCES result (id) ON DELETE SET NULL
      ) STRICT;
      CREATE INDEX job_by_state ON job (state, sequence);
      CREATE INDEX job_by_photo ON job (photo_id, sequence);
      CREATE INDEX job_by_result ON job (result_id);

      -- The state a person sees, derived: never stored, so it cannot contradict the rows it comes from.
      CREATE VIEW listed_photo AS
      SELECT photo.*,
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
