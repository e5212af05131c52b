// How the restored picture is written out, and where to.
import { Alert, Button, Group, Modal, Radio, Select, Stack, Switch } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  defaultExportSettings,
  type ExportSettings,
  exportFormatSchema,
  metadataPolicySchema,
} from '#shared/domain/export.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { useApp, useLatestResult } from '../../bridge/use-answers.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { LabelledSlider } from '../../components/LabelledSlider.tsx';
import { reportFailure } from '../../components/report-failure.tsx';
import { useSelectedPhoto } from '../photos/use-selected-photo.ts';
import { useStudioState } from '../studio/studio-state.tsx';
import { canHold16Bit, formatLike, isLossy, suggestFileName } from './suggest-file-name.ts';

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
  const [settings, setSettings] = useState<ExportSettings>({
    ...defaultExportSettings,
    format: formatLike(photo.format),
  });
  const start = useCommand('exports.start', onDone);
  const change = (part: Partial<ExportSettings>): void => setSettings((before) => ({ ...before, ...part }));
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
      <Select
        label={t('exporting.format')}
        description={t(`exporting.formatHints.${settings.format}`)}
        inputWrapperOrder={['label', 'input', 'description']}
        data-autofocus
        data={exportFormatSchema.options.map((format) => ({
          value: format,
          label: t(`exporting.formats.${format}`),
        }))}
        value={settings.format}
        onChange={(value) => {
          const format = exportFormatSchema.safeParse(value);
          if (format.success) change({ format: format.data });
        }}
      />
      {isLossy(settings.format) && (
        <LabelledSlider
          label={t('exporting.quality')}
          value={settings.quality}
          min={50}
          max={100}
          step={1}
          lowLabel={t('exporting.qualityLow')}
          highLabel={t('exporting.qualityHigh')}
          format={String}
          onCommit={(quality) => change({ quality })}
        />
      )}
      {canHold16Bit(settings.format) && (
        <Select
          label={t('exporting.bitDepth')}
          data={(['same', '8', '16'] as const).map((bitDepth) => ({
            value: bitDepth,
            label: t(`exporting.bitDepths.${bitDepth}`),
          }))}
          value={settings.bitDepth}
          onChange={(value) => {
            if (value === 'same' || value === '8' || value === '16') change({ bitDepth: value });
          }}
        />
      )}
      <Radio.Group
        label={t('exporting.metadata')}
        value={settings.metadata}
        onChange={(value) => {
          const metadata = metadataPolicySchema.safeParse(value);
          if (metadata.success) change({ metadata: metadata.data });
        }}
      >
        <Stack gap={8} mt={6}>
          {metadataPolicySchema.options.map((policy) => (
            <Radio key={policy} value={policy} label={t(`exporting.metadataPolicies.${policy}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Switch
        label={t('exporting.record')}
        description={t('exporting.recordHint')}
        checked={settings.restorationRecord}
        onChange={(event) => change({ restorationRecord: event.currentTarget.checked })}
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
