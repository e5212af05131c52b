// Version 1: what a person brings in and decides. Main process; never edited once released.
import type { Migration } from '../migrate.ts';

export const photosFacesEdits: Migration = {
  version: 1,
  up: (database) => {
    database.exec(`
      CREATE TABLE project (
        only_row   INTEGER PRIMARY KEY CHECK (only_row = 1),
        id         TEXT NOT NULL,
        created_at TEXT NOT NULL
      ) STRICT;

      CREATE TABLE photo (
        sequence        INTEGER PRIMARY KEY AUTOINCREMENT,
        id              TEXT NOT NULL UNIQUE,
        original_sha256 TEXT NOT NULL CHECK (length(original_sha256) = 64),
        -- Relative to the project's folder, with forward slashes: the folder can be moved.
        original_file   TEXT NOT NULL,
        page_index      INTEGER NOT NULL CHECK (page_index >= 0),
        file_name       TEXT NOT NULL,
        format          TEXT NOT NULL,
        byte_size       INTEGER NOT NULL,
        width_px        INTEGER NOT NULL,
        height_px       INTEGER NOT NULL,
        bit_depth       INTEGER NOT NULL,
        has_alpha       INTEGER NOT NULL CHECK (has_alpha IN (0, 1)),
        page_count      INTEGER NOT NULL,
        density_ppi     REAL,
        taken_at        TEXT,
        imported_at     TEXT NOT NULL,
        removed_at      TEXT,
        faces_found_at  TEXT,
        -- Steps of the history with sequence <= history_cursor are applied.
        history_cursor  INTEGER NOT NULL DEFAULT 0 CHECK (history_cursor >= 0),
        -- Both follow from faces and history, and are written in the same transaction as those.
        face_count      INTEGER NOT NULL DEFAULT 0,
        state_key       TEXT NOT NULL DEFAULT '',
        has_failed      INTEGER NOT NULL DEFAULT 0 CHECK (has_failed IN (0, 1)),
        UNIQUE (original_sha256, page_index)
      ) STRICT;

      CREATE TABLE face (
        sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
        id          TEXT NOT NULL UNIQUE,
        photo_id    TEXT NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
        box         TEXT NOT NULL CHECK (json_valid(box)),
        landmarks   TEXT NOT NULL CHECK (json_valid(landmarks)),
        score       REAL NOT NULL,
        detector_id TEXT
      ) STRICT;
      CREATE INDEX face_by_photo ON face (photo_id, sequence);

      CREATE TABLE edit (
        id       TEXT PRIMARY KEY,
        photo_id TEXT NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
        sequence INTEGER NOT NULL CHECK (sequence >= 1),
        body     TEXT NOT NULL CHECK (json_valid(body)),
        made_at  TEXT NOT NULL,
        UNIQUE (photo_id, sequence)
      ) STRICT;
    `);
  },
};
