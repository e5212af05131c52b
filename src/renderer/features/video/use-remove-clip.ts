// Takes a film out of the project and offers to put it back. The file stays on the disk.
import { useTranslation } from 'react-i18next';
import type { Clip } from '#shared/domain/project-clip.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { reportFailure } from '../../components/report-failure.tsx';
import { showNotice } from '../../components/show-notice.tsx';

export function useRemoveClip(): (clip: Pick<Clip, 'id' | 'fileName'>) => void {
  const client = useStudioClient();
  const { t } = useTranslation('video');
  return ({ id, fileName }) => {
    client.invoke('clips.remove', { clipIds: [id] }).then(
      () =>
        showNotice({
          id: `removed ${id}`,
          kind: 'information',
          message: t('removed', { fileName }),
          action: {
            label: t('putBack'),
            run: () => void client.invoke('clips.put-back', { clipIds: [id] }).catch(reportFailure),
          },
        }),
      reportFailure,
    );
  };
}
