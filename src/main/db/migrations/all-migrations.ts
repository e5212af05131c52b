// Every migration, oldest first. A new one goes at the end, with its own file and its own test.
import type { Migration } from '../migrate.ts';
import { photosFacesEdits } from './0001-photos-faces-edits.ts';
import { resultsJobs } from './0002-results-jobs.ts';
import { gallery } from './0003-gallery.ts';
import { mosaics } from './0004-mosaics.ts';
import { versions } from './0005-versions.ts';
import { clips } from './0006-clips.ts';
import { judgements } from './0007-judgements.ts';

export const allMigrations: readonly Migration[] = [
  photosFacesEdits,
  resultsJobs,
  gallery,
  mosaics,
  versions,
  clips,
  judgements,
];
