// How the restored picture is written out, and where to.
import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { defaultExportSettings, type ExportSettings } from '#shared/domain/export.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { useApp, useLatestResult } from '../../bridge/use-answers.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { reportFailure } from '../../components/report-failure.tsx';
import { useEditedPhoto } from '../edits/use-edited-photo.ts';
import { useSelectedPhoto } from '../photos/use-selected-photo.ts';
import { useStudioState } from '../studio/studio-state.tsx';
import { ExportFields } from './ExportFields.tsx';
import { formatLike, sizeOfResult, suggestFileName } from './suggest-file-name.ts';

export function ExportDialog(): ReactNode {
  const { t } = useTranslation();
  const { dialog, openDialog } = useStudioState();
  const photo = useSelectedPhoto();
  return (
    <Modal
      opened={dialog === 'export' && photo !== null}
      onClose={() => openDialog(null)}
      title={t('exporting.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {photo !== null && <ExportForm key={photo.id} photo={photo} onDone={() => openDialog(null)} />}
    </Modal>
  );
}

function ExportForm({ photo, onDone }: { photo: Photo; onDone: () => void }): ReactNode {
  const { t } = useTranslation();
  const client = useStudioClient();
  const { data: app } = useApp();
  const { data: latest } = useLatestResult(photo.id);
  const { print } = useEditedPhoto(photo);
  const [settings, setSettings] = useState<ExportSettings>({
    ...defaultExportSettings,
    format: formatLike(photo.format),
    // Restored for paper: exported for it.
    ...(print === undefined
      ? {}
      : {
          size: { kind: 'print', longestSideCm: print.longestSideCm },
          densityPpi: print.pixelsPerInch,
        }),
  });
  const start = useCommand('exports.start', onDone);
  const hasDialogs = app?.hasNativeDialogs ?? false;

  const confirm = async (): Promise<void> => {
    if (!hasDialogs) {
      start.mutate({ photoId: photo.id, settings, destination: { kind: 'download' } });
      return;
    }
    const suggestedName = suggestFileName(photo.fileName, settings.format, t('exporting.suffix'));
    const [path] = await client.invoke('dialogs.choose', { purpose: 'save-export', suggestedName });
    if (path === undefined) return;
    // The system's dialog has asked already whether an existing file is to be replaced.
    start.mutate({ photoId: photo.id, settings, destination: { kind: 'path', path, overwrite: true } });
  };

  return (
    <Stack gap="md">
      {latest?.isCurrent === false && (
        <Alert color="yellow" variant="light">
          {t('exporting.stale')}
        </Alert>
      )}
      <ExportFields
        settings={settings}
        result={latest === null || latest === undefined ? null : sizeOfResult(photo, latest.result)}
        onChange={setSettings}
      />
      <Group justify="flex-end" mt="xs">
        <Button variant="default" onClick={onDone}>
          {t('app.cancel')}
        </Button>
        <Button loading={start.isPending} onClick={() => confirm().catch(reportFailure)}>
          {hasDialogs ? t('exporting.chooseAndExport') : t('exporting.download')}
        </Button>
      </Group>
    </Stack>
  );
}
