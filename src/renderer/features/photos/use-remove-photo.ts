// Takes a photo out of the project and offers to put it back.
import { useTranslation } from 'react-i18next';
import type { Photo } from '#shared/domain/photo.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { reportFailure } from '../../components/report-failure.tsx';
import { showNotice } from '../../components/show-notice.tsx';

export function useRemovePhoto(): (photo: Photo) => void {
  const client = useStudioClient();
  const { t } = useTranslation();
  return ({ id, fileName }) => {
    client.invoke('photos.remove', { photoIds: [id] }).then(
      () =>
        showNotice({
          id: `removed ${id}`,
          kind: 'information',
          message: t('photos.removed', { fileName }),
          action: {
            label: t('photos.putBack'),
            run: () => void client.invoke('photos.put-back', { photoIds: [id] }).catch(reportFailure),
          },
        }),
      reportFailure,
    );
  };
}
