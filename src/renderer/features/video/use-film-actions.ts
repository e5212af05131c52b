// What the window's keys and its menu mean while the page of films is shown.
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { useJobs, useProject } from '../../bridge/use-answers.ts';
import { reportFailure } from '../../components/report-failure.tsx';
import { type ShownFilm, useStudioState } from '../studio/studio-state.tsx';
import { activeClipJob } from './clip-jobs.ts';
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
  const { shownFilm, showFilm, selectClip } = useStudioState();
  const { data: clips } = useClips();
  const { data: project } = useProject();
  const { data: jobs } = useJobs();
  const clip = useSelectedClip();
  const exporting = useExportClip(clip);
  if (clip === null) return null;
  const canChange = project?.isReadOnly === false;
  /** An empty history answers with an error; a key that finds nothing to do stays silent. */
  const change = (command: 'clips.undo' | 'clips.redo'): void => {
    if (canChange) client.invoke(command, { clipId: clip.id }).catch(() => undefined);
  };
  return {
    step(by) {
      const next = clips?.[clips.findIndex(({ id }) => id === clip.id) + by];
      if (next !== undefined) selectClip(next.id);
    },
    undo: () => change('clips.undo'),
    redo: () => change('clips.redo'),
    restore() {
      if (!canChange || clip.result?.isCurrent || clip.problem !== null) return;
      if (activeClipJob(jobs, clip.id, 'restore-clip') !== undefined) return;
      client.invoke('clips.restore', { clipId: clip.id }).catch(reportFailure);
    },
    export: exporting.start,
    changeShown: () => showFilm(nextShown[shownFilm]),
  };
}
