// Version 6: films beside photos: clips, their histories and results, and jobs that are about either. Main process;
// never edited once released.
import type { Migration } from '../migrate.ts';

export const clips: Migration = {
  version: 6,
  up: (database) => {
    database.exec(`
      CREATE TABLE clip (
        sequence       INTEGER PRIMARY KEY AUTOINCREMENT,
        id             TEXT NOT NULL UNIQUE,
        file_name      TEXT NOT NULL,
        -- Films are large: those opened by path stay there. Others are kept in the project's folder.
        outside_path   TEXT,
        original_file  TEXT,
        -- What the file was when it was added, and how it is told whether it still is.
        byte_size      INTEGER NOT NULL,
        changed_ms     REAL NOT NULL,
        digest         TEXT NOT NULL CHECK (length(digest) = 64),
        facts          TEXT NOT NULL CHECK (json_valid(facts)),
        sequence_rate  REAL NOT NULL,
        added_at       TEXT NOT NULL,
        removed_at     TEXT,
        history_cursor INTEGER NOT NULL DEFAULT 0 CHECK (history_cursor >= 0),
        -- People followed, and for which stretch and treatment of the clip.
        tracks         TEXT CHECK (tracks IS NULL OR json_valid(tracks)),
        tracks_key     TEXT,
        has_failed     INTEGER NOT NULL DEFAULT 0 CHECK (has_failed IN (0, 1)),
        CHECK ((outside_path IS NULL) <> (original_file IS NULL))
      ) STRICT;
      CREATE INDEX clip_by_digest ON clip (digest);

      CREATE TABLE clip_edit (
        id       TEXT PRIMARY KEY,
        clip_id  TEXT NOT NULL REFERENCES clip (id) ON DELETE CASCADE,
        sequence INTEGER NOT NULL CHECK (sequence >= 1),
        body     TEXT NOT NULL CHECK (json_valid(body)),
        made_at  TEXT NOT NULL,
        UNIQUE (clip_id, sequence)
      ) STRICT;

      CREATE TABLE clip_result (
        sequence  INTEGER PRIMARY KEY AUTOINCREMENT,
        key       TEXT NOT NULL UNIQUE CHECK (length(key) = 64),
        clip_id   TEXT NOT NULL REFERENCES clip (id) ON DELETE CASCADE,
        -- Digest of the edited state at the time the run was asked for.
        state_key TEXT NOT NULL,
        -- A file, or a folder of pictures.
        file      TEXT NOT NULL,
        body      TEXT NOT NULL CHECK (json_valid(body)),
        last_use  INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX clip_result_by_clip ON clip_result (clip_id, last_use);

      -- A job is about a photo or about a clip. SQLite cannot loosen a column: the table is made anew.
      CREATE TABLE job_anew (
        sequence      INTEGER PRIMARY KEY AUTOINCREMENT,
        id            TEXT NOT NULL UNIQUE,
        kind          TEXT NOT NULL,
        photo_id      TEXT REFERENCES photo (id) ON DELETE CASCADE,
        clip_id       TEXT REFERENCES clip (id) ON DELETE CASCADE,
        state         TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
        attempts      INTEGER NOT NULL DEFAULT 0,
        interruptions INTEGER NOT NULL DEFAULT 0,
        fraction      REAL NOT NULL DEFAULT 0,
        step          TEXT,
        error         TEXT CHECK (error IS NULL OR json_valid(error)),
        input         TEXT NOT NULL CHECK (json_valid(input)),
        created_at    TEXT NOT NULL,
        finished_at   TEXT,
        output_path   TEXT,
        result_id     TEXT REFERENCES result (id) ON DELETE SET NULL,
        queue_rank    INTEGER NOT NULL DEFAULT 0,
        CHECK ((photo_id IS NULL) <> (clip_id IS NULL))
      ) STRICT;
      INSERT INTO job_anew (sequence, id, kind, photo_id, state, attempts, interruptions, fraction, step, error, input,
          created_at, finished_at, output_path, result_id, queue_rank)
        SELECT sequence, id, kind, photo_id, state, attempts, interruptions, fraction, step, error, input,
          created_at, finished_at, output_path, result_id, queue_rank FROM job;
      DROP TABLE job;
      ALTER TABLE job_anew RENAME TO job;
      CREATE INDEX job_by_state ON job (state, queue_rank, kind NOT IN ('find-faces', 'follow-clip-faces'), sequence);
      CREATE INDEX job_by_photo ON job (photo_id, sequence);
      CREATE INDEX job_by_clip ON job (clip_id, sequence);
      CREATE INDEX job_by_result ON job (result_id);
    `);
  },
};
