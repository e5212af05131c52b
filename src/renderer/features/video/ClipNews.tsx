// Says when a film is restored or exported, wherever in the studio somebody is. Draws nothing.
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../bridge/use-answers.ts';
import { useEvent } from '../../bridge/use-event.ts';
import { showNotice } from '../../components/show-notice.tsx';
import { useStudioState } from '../studio/studio-state.tsx';
import { useClips, useSelectedClip } from './use-clips.ts';

export function ClipNews(): null {
  const { t } = useTranslation(['video', 'studio']);
  const { data: app } = useApp();
  const { data: clips } = useClips();
  const { page, setPage, selectClip } = useStudioState();
  const open = useSelectedClip();
  /** Jobs told of already: an event may come again after a broken connection. */
  const told = useRef(new Set<string>());
  const startedAt = useRef(new Date().toISOString());

  useEvent('job.changed', ({ job }) => {
    if (job.state !== 'done' || job.clipId === null) return;
    if (told.current.has(job.id) || (job.finishedAt ?? job.createdAt) < startedAt.current) return;
    const { clipId } = job;
    const fileName = clips?.find(({ id }) => id === clipId)?.fileName;
    if (fileName === undefined) return;
    if (job.kind === 'restore-clip') {
      told.current.add(job.id);
      const isInSight = page === 'films' && open?.id === clipId;
      showNotice({
        kind: 'success',
        title: t('news.restored'),
        message: fileName,
        ...(isInSight
          ? {}
          : {
              action: {
                label: t('news.look'),
                run: () => {
                  selectClip(clipId);
                  setPage('films');
                },
              },
            }),
      });
    }
    // Where there are no native dialogs every export is a download, told by its own event.
    if (job.kind === 'export-clip' && app?.hasNativeDialogs && job.outputPath !== null) {
      told.current.add(job.id);
      showNotice({
        kind: 'success',
        title: t('studio:exporting.savedTitle'),
        message: t('studio:exporting.savedTo', { path: job.outputPath }),
      });
    }
  });
  return null;
}
