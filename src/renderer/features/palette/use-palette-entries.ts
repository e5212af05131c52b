// Everything the palette can do: actions, pages, recent projects, photos and films by name.
import { useTranslation } from 'react-i18next';
import { usePhotos, useProject, useRecentProjects } from '../../bridge/use-answers.ts';
import { useProjectActions } from '../projects/use-project-actions.ts';
import { keyWords } from '../shortcuts/key-words.ts';
import { useStudioState } from '../studio/studio-state.tsx';
import { type StudioAction, useStudioActions } from '../studio/use-studio-actions.ts';
import { useClips } from '../video/use-clips.ts';
import { matchWords } from './match-words.ts';

export interface PaletteEntry {
  readonly id: string;
  readonly group: 'actions' | 'pages' | 'projects' | 'photos' | 'films';
  readonly label: string;
  /** The same by keyboard. */
  readonly keys?: string;
  readonly run: () => void;
}

/** More than anybody reads; typing finds the rest. */
const mostShown = 60;

export function usePaletteEntries(): PaletteEntry[] {
  const { t } = useTranslation(['studio', 'palette', 'gallery', 'video']);
  const act = useStudioActions();
  const state = useStudioState();
  const projects = useProjectActions();
  const { data: project } = useProject();
  const { data: recent } = useRecentProjects();
  const { data: photos } = usePhotos();
  const { data: clips } = useClips();
  const keys = keyWords(t);
  const hasProject = project !== null && project !== undefined;
  const isOnPhoto = state.page === 'photos' || state.page === 'films';
  const action = (what: StudioAction, label: string, key?: string): PaletteEntry => ({
    id: `action ${what}`,
    group: 'actions',
    label,
    ...(key === undefined ? {} : { keys: key }),
    run: () => act(what),
  });
  const page = (name: typeof state.page, label: string): PaletteEntry => ({
    id: `page ${name}`,
    group: 'pages',
    label: t('palette:goTo', { name: label }),
    run: () => state.setPage(name),
  });
  return [
    ...(hasProject && isOnPhoto
      ? [
          action('restore', t('shortcuts.restore'), keys.restore),
          action('export', t('shortcuts.export'), keys.export),
          action('undo', t('shortcuts.undo'), keys.undo),
          action('redo', t('shortcuts.redo'), keys.redo),
          action('shown-picture', t('shortcuts.compare'), 'C'),
          action('face-marks', t('shortcuts.faces'), 'F'),
          action('previous-photo', t('shortcuts.previous'), t('shortcuts.keys.pageUp')),
          action('next-photo', t('shortcuts.next'), t('shortcuts.keys.pageDown')),
        ]
      : []),
    action('open-photos', t('shortcuts.openPhotos'), keys.openPhotos),
    action('new-project', t('project.new')),
    page('gallery', t('gallery:page')),
    page('photos', t('app.photos')),
    page('films', t('video:page')),
    page('models', t('app.models')),
    action('settings', t('app.settings'), keys.settings),
    action('shortcuts', t('app.shortcuts'), '?'),
    action('tour', t('palette:tour')),
    ...(recent ?? [])
      .filter(({ exists, documentPath }) => exists && documentPath !== project?.documentPath)
      .map(
        ({ name, documentPath }): PaletteEntry => ({
          id: `project ${documentPath}`,
          group: 'projects',
          label: t('palette:openProject', { name }),
          run: () => projects.openAt(documentPath),
        }),
      ),
    ...(photos ?? []).map(
      ({ id, fileName }): PaletteEntry => ({
        id: `photo ${id}`,
        group: 'photos',
        label: fileName,
        run: () => {
          state.selectPhoto(id);
          state.setPage('photos');
        },
      }),
    ),
    ...(clips ?? []).map(
      ({ id, fileName }): PaletteEntry => ({
        id: `film ${id}`,
        group: 'films',
        label: fileName,
        run: () => {
          state.selectClip(id);
          state.setPage('films');
        },
      }),
    ),
  ];
}

/** What fits best first; with nothing typed, everything in its order, photos and films left out. */
export function fittingEntries(entries: readonly PaletteEntry[], typed: string): PaletteEntry[] {
  if (typed.trim() === '')
    return entries.filter(({ group }) => group !== 'photos' && group !== 'films').slice(0, mostShown);
  return entries
    .map((entry) => ({ entry, score: matchWords(typed, entry.label) }))
    .filter((each): each is { entry: PaletteEntry; score: number } => each.score !== null)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, mostShown)
    .map(({ entry }) => entry);
}
