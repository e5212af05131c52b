// Version 7: found faces remember what their pixels look like. Main process; never edited once released.
import type { Migration } from '../migrate.ts';

export const judgements: Migration = {
  version: 7,
  up: (database) => {
    // The engine's numbers as JSON; null for faces found before it was looked at.
    database.exec(
      'ALTER TABLE face ADD COLUMN judgement TEXT CHECK (judgement IS NULL OR json_valid(judgement))',
    );
  },
};
