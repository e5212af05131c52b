// What the window's keys and its menu mean while the page of films is shown.
import { useQueryClient } from '@tanstack/react-query';
import { editsKept } from '../../bridge/edits-kept.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { useJobs, useProject } from '../../bridge/use-answers.ts';
import { reportFailure } from '../../components/report-failure.tsx';
import { type ShownFilm, useStudioState } from '../studio/studio-state.tsx';
import { activeClipJob } from './clip-jobs.ts';
import { useClipEdits } from './use-clip-edits.ts';
import { useClips, useSelectedClip } from './use-clips.ts';
import { useExportClip } from './use-export-clip.ts';

export interface FilmActions {
  /** By so many films in the row. */
  step(by: number): void;
  undo(): void;
  redo(): void;
  restore(): void;
  export(): void;
  changeShown(): void;
}

const nextShown: Readonly<Record<ShownFilm, ShownFilm>> = {
  original: 'split',
  split: 'beside',
  beside: 'restored',
  restored: 'original',
};

/** null while there is no film. */
export function useFilmActions(): FilmActions | null {
  const client = useStudioClient();
  const cache = useQueryClient();
  const { shownFilm, showFilm, selectClip } = useStudioState();
  const { data: clips } = useClips();
  const { data: project } = useProject();
  const { data: jobs } = useJobs();
  const clip = useSelectedClip();
  const exporting = useExportClip(clip);
  const edits = useClipEdits(clip?.id ?? null);
  if (clip === null) return null;
  const canChange = project?.isReadOnly === false;
  return {
    step(by) {
      const next = clips?.[clips.findIndex(({ id }) => id === clip.id) + by];
      if (next !== undefined) selectClip(next.id);
    },
    // The same queue as the panel's edits: an undo must not overtake the edit before it.
    undo: () => canChange && edits.undo(),
    redo: () => canChange && edits.redo(),
    restore() {
      if (!canChange || clip.result?.isCurrent || clip.problem !== null) return;
      if (activeClipJob(jobs, clip.id, 'restore-clip') !== undefined) return;
      editsKept(cache)
        .then(() => client.invoke('clips.restore', { clipId: clip.id }))
        .catch(reportFailure);
    },
    export: exporting.start,
    changeShown: () => showFilm(nextShown[shownFilm]),
  };
}
