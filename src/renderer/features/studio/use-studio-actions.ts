// What shortcuts and the native menu can ask for, in one place.
import { useQueryClient } from '@tanstack/react-query';
import type { EventOf } from '#shared/contract/events.ts';
import { editsKept } from '../../bridge/edits-kept.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { useJobs, useLatestResult, usePhotos, useProject } from '../../bridge/use-answers.ts';
import { reportFailure } from '../../components/report-failure.tsx';
import { useKeyUndo } from '../edits/use-key-undo.ts';
import { useOpenPhotos } from '../import/use-open-photos.ts';
import { activeJob } from '../jobs/job-lookup.ts';
import { useSelectedPhoto } from '../photos/use-selected-photo.ts';
import { useProjectActions } from '../projects/use-project-actions.ts';
import type { ShortcutAction } from '../shortcuts/match-shortcut.ts';
import { useFilmActions } from '../video/use-film-actions.ts';
import { useOpenClips } from '../video/use-open-clips.ts';
import { type ShownPicture, useStudioState } from './studio-state.tsx';

type MenuItem = EventOf<'menu.chosen'>['item'];
export type StudioAction = ShortcutAction | MenuItem;

const nextShown: Readonly<Record<ShownPicture, ShownPicture>> = {
  original: 'split',
  split: 'side-by-side',
  'side-by-side': 'restored',
  restored: 'difference',
  difference: 'original',
};

export function useStudioActions(): (action: StudioAction) => void {
  const client = useStudioClient();
  const cache = useQueryClient();
  const state = useStudioState();
  const photo = useSelectedPhoto();
  const { data: photos } = usePhotos();
  const { data: project } = useProject();
  const { data: jobs } = useJobs();
  const { data: latest } = useLatestResult(photo?.id ?? null);
  const openPhotos = useOpenPhotos();
  const openClips = useOpenClips();
  const projects = useProjectActions();
  const films = useFilmActions();
  const isOnFilms = state.page === 'films';
  // On another page the photo is not in sight: nobody means it.
  const canChange = photo !== null && project?.isReadOnly === false && state.page === 'photos';

  const step = (by: number): void => {
    const index = photos?.findIndex(({ id }) => id === photo?.id) ?? -1;
    const next = photos?.[index + by];
    if (next !== undefined) state.selectPhoto(next.id);
  };
  const undo = useKeyUndo(photo?.id ?? null);
  const change = (command: 'edits.undo' | 'edits.redo'): void => {
    if (canChange) undo(command);
  };
  const restore = (): void => {
    if (!canChange || latest?.isCurrent) return;
    if (activeJob(jobs, photo.id, 'restore-photo') || activeJob(jobs, photo.id, 'find-faces')) return;
    editsKept(cache)
      .then(() => client.invoke('results.render', { photoId: photo.id, findsFacesFirst: true }))
      .catch(reportFailure);
  };

  return (action) => {
    switch (action) {
      case 'open-photos':
        return isOnFilms ? openClips() : openPhotos();
      case 'open-project':
        return projects.open();
      case 'new-project':
        return projects.create();
      case 'export':
        if (isOnFilms) return films?.export();
        return latest === null || latest === undefined ? undefined : state.openDialog('export');
      case 'undo':
        return isOnFilms ? films?.undo() : change('edits.undo');
      case 'redo':
        return isOnFilms ? films?.redo() : change('edits.redo');
      case 'restore':
        return isOnFilms ? films?.restore() : restore();
      case 'models':
        return state.setPage('models');
      case 'settings':
        return state.openDialog('settings');
      case 'shortcuts':
        return state.openDialog('shortcuts');
      case 'previous-photo':
        return isOnFilms ? films?.step(-1) : step(-1);
      case 'next-photo':
        return isOnFilms ? films?.step(1) : step(1);
      case 'face-marks':
        return state.setFaceMarks(!(state.faceMarks ?? (latest === null || latest === undefined)));
      case 'shown-picture':
        return isOnFilms ? films?.changeShown() : state.show(nextShown[state.shown]);
      case 'gallery':
        return state.setPage('gallery');
      case 'photos':
        return state.setPage('photos');
      case 'films':
        return state.setPage('films');
      case 'palette':
        return state.openDialog('palette');
      case 'tour':
        return state.wantTour(true);
    }
  };
}
