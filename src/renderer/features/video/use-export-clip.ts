// Copies the newest result to a place of a person's own: the system's dialog, or a download.
import { useTranslation } from 'react-i18next';
import type { Clip } from '#shared/domain/project-clip.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { useApp } from '../../bridge/use-answers.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { reportFailure } from '../../components/report-failure.tsx';
import { suggestFilmName } from './suggest-film-name.ts';

export interface ClipExporting {
  readonly isPending: boolean;
  /** Pictures fill a folder, which a browser cannot download: a person names the place. */
  readonly needsPath: boolean;
  start(): void;
  /** Into this folder; what is there is never replaced. */
  exportTo(path: string): void;
}

export function useExportClip(clip: Clip | null): ClipExporting {
  const { t } = useTranslation();
  const client = useStudioClient();
  const { data: app } = useApp();
  const start = useCommand('clips.export');
  const resultName = clip?.result?.result.fileName ?? null;
  const hasDialogs = app?.hasNativeDialogs ?? false;
  const needsPath = !hasDialogs && resultName !== null && !/\.[^.]{1,5}$/.test(resultName);
  const begin = async (): Promise<void> => {
    if (clip === null || resultName === null || needsPath) return;
    if (!hasDialogs) {
      start.mutate({ clipId: clip.id, destination: { kind: 'download' } });
      return;
    }
    const suggestedName = suggestFilmName(clip.fileName, resultName, t('exporting.suffix'));
    const [path] = await client.invoke('dialogs.choose', { purpose: 'save-clip', suggestedName });
    if (path === undefined) return;
    // The system's dialog has asked already whether an existing file is to be replaced.
    start.mutate({ clipId: clip.id, destination: { kind: 'path', path, overwrite: true } });
  };
  return {
    isPending: start.isPending,
    needsPath,
    start: () => void begin().catch(reportFailure),
    exportTo(path) {
      if (clip !== null)
        start.mutate({ clipId: clip.id, destination: { kind: 'path', path, overwrite: false } });
    },
  };
}
