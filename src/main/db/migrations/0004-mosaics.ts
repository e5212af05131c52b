// Version 4: faces that lie in a pixelated region remember it. Main process; never edited once released.
import type { Migration } from '../migrate.ts';

export const mosaics: Migration = {
  version: 4,
  up: (database) => {
    // A box as JSON; null for every face that can be seen.
    database.exec('ALTER TABLE face ADD COLUMN mosaic TEXT CHECK (mosaic IS NULL OR json_valid(mosaic))');
  },
};
