// Copies the newest result to a place of a person's own: the system's dialog, or a download.
import { useTranslation } from 'react-i18next';
import type { Clip } from '#shared/domain/project-clip.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { useApp } from '../../bridge/use-answers.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { reportFailure } from '../../components/report-failure.tsx';
import { suggestFilmName } from './suggest-film-name.ts';

export function useExportClip(clip: Clip | null): { readonly isPending: boolean; start(): void } {
  const { t } = useTranslation();
  const client = useStudioClient();
  const { data: app } = useApp();
  const start = useCommand('clips.export');
  const begin = async (): Promise<void> => {
    if (clip === null || clip.result === null) return;
    if (!app?.hasNativeDialogs) {
      start.mutate({ clipId: clip.id, destination: { kind: 'download' } });
      return;
    }
    const suggestedName = suggestFilmName(clip.fileName, clip.result.result.fileName, t('exporting.suffix'));
    const [path] = await client.invoke('dialogs.choose', { purpose: 'save-clip', suggestedName });
    if (path === undefined) return;
    // The system's dialog has asked already whether an existing file is to be replaced.
    start.mutate({ clipId: clip.id, destination: { kind: 'path', path, overwrite: true } });
  };
  return { isPending: start.isPending, start: () => void begin().catch(reportFailure) };
}
