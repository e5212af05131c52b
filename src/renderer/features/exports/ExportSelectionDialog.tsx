// The selected photos of the gallery, all at once: how they are written, what they are called, where they go.
import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { defaultExportSettings, type ExportSettings } from '#shared/domain/export.ts';
import { exportName, nameTokens, usualNamePattern } from '#shared/domain/export-name.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { useApp, usePhotos } from '../../bridge/use-answers.ts';
import { reportFailure } from '../../components/report-failure.tsx';
import { showNotice } from '../../components/show-notice.tsx';
import { useStudioState } from '../studio/studio-state.tsx';
import { ExportFields } from './ExportFields.tsx';

type Existing = 'number' | 'skip' | 'replace';
const existingChoices: readonly Existing[] = ['number', 'skip', 'replace'];
const shownExamples = 2;
const namedFailures = 5;

export function ExportSelectionDialog(): ReactNode {
  const { t } = useTranslation();
  const { dialog, openDialog, selection } = useStudioState();
  const { data: photos } = usePhotos();
  const chosen = (photos ?? []).filter(({ id }) => selection.ids.has(id));
  return (
    <Modal
      opened={dialog === 'export-selection' && chosen.length > 0}
      onClose={() => openDialog(null)}
      title={t('exporting.selectionTitle', { count: chosen.length })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <SelectionForm photos={chosen} onDone={() => openDialog(null)} />
    </Modal>
  );
}

function SelectionForm({ photos, onDone }: { photos: readonly Photo[]; onDone: () => void }): ReactNode {
  const { t } = useTranslation();
  const client = useStudioClient();
  const { data: app } = useApp();
  const [settings, setSettings] = useState<ExportSettings>(defaultExportSettings);
  const [pattern, setPattern] = useState(usualNamePattern);
  const [existing, setExisting] = useState<Existing>('number');
  const [where, setWhere] = useState<'folder' | 'download'>('folder');
  const [folder, setFolder] = useState('');
  const hasDialogs = app?.hasNativeDialogs ?? false;
  const isDownload = !hasDialogs && where === 'download';

  const start = useMutation({
    mutationFn: async (path: string | null) =>
      client.invoke('exports.start-many', {
        photoIds: photos.map(({ id }) => id),
        settings,
        namePattern: pattern.trim() === '' ? usualNamePattern : pattern,
        destination: path === null ? { kind: 'download' } : { kind: 'folder', path, existing },
      }),
    onError: (error) => reportFailure(error),
    onSuccess({ queued, skipped, failed }) {
      const names = failed.slice(0, namedFailures).map(({ fileName }) => fileName);
      const sentences = [
        ...(queued > 0 ? [t('exporting.queued', { count: queued })] : []),
        ...(skipped > 0 ? [t('exporting.skipped', { count: skipped })] : []),
        ...(names.length > 0 ? [t('exporting.notQueued', { names: names.join(', ') })] : []),
      ];
      showNotice({
        kind: 'information',
        title: t('exporting.queuedTitle'),
        message: sentences.join(' '),
      });
      onDone();
    },
  });
  const confirm = async (): Promise<void> => {
    if (isDownload) return start.mutate(null);
    if (!hasDialogs) return start.mutate(folder.trim());
    const [path] = await client.invoke('dialogs.choose', { purpose: 'open-folder' });
    if (path !== undefined) start.mutate(path);
  };

  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t('exporting.selectionHint')}
      </Text>
      <ExportFields settings={settings} result={null} onChange={setSettings} />
      <TextInput
        label={t('exporting.namePattern')}
        description={t('exporting.namePatternHint', {
          tokens: nameTokens.map((token) => `{${token}}`).join(' '),
        })}
        value={pattern}
        maxLength={200}
        spellCheck={false}
        onChange={({ currentTarget: { value } }) => setPattern(value)}
      />
      <Text size="sm" role="status">
        {t('exporting.nameExample', { names: examples(photos, pattern).join(', ') })}
      </Text>
      {!hasDialogs && (
        <Radio.Group
          label={t('exporting.where')}
          value={where}
          onChange={(value) => setWhere(value === 'download' ? 'download' : 'folder')}
        >
          <Stack gap={8} mt={6}>
            <Radio value="folder" label={t('exporting.wheres.folder')} />
            <Radio value="download" label={t('exporting.wheres.download')} />
          </Stack>
        </Radio.Group>
      )}
      {!hasDialogs && !isDownload && (
        <TextInput
          label={t('exporting.folder')}
          description={t('exporting.folderHint')}
          value={folder}
          spellCheck={false}
          onChange={({ currentTarget: { value } }) => setFolder(value)}
        />
      )}
      {!isDownload && (
        <Radio.Group
          label={t('exporting.existing')}
          value={existing}
          onChange={(value) => setExisting(existingChoices.find((choice) => choice === value) ?? 'number')}
        >
          <Stack gap={8} mt={6}>
            {existingChoices.map((choice) => (
              <Radio key={choice} value={choice} label={t(`exporting.existingChoices.${choice}`)} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      <Group justify="flex-end" mt="xs">
        <Button variant="default" onClick={onDone}>
          {t('app.cancel')}
        </Button>
        <Button
          loading={start.isPending}
          disabled={!hasDialogs && !isDownload && folder.trim() === ''}
          onClick={() => confirm().catch(reportFailure)}
        >
          {t(hasDialogs ? 'exporting.chooseFolder' : 'exporting.exportAll')}
        </Button>
      </Group>
    </Stack>
  );
}

/** The first names as they will be; scale and model are known only when a photo is restored. */
function examples(photos: readonly Photo[], pattern: string): string[] {
  return photos.slice(0, shownExamples).map((photo, index) =>
    exportName(pattern.trim() === '' ? usualNamePattern : pattern, {
      name: photo.fileName.replace(/\.[^.]{1,5}$/, ''),
      number: index + 1,
      count: photos.length,
      takenAt: photo.takenAt,
      model: 'model',
      scale: 2,
      page: photo.pageCount > 1 ? photo.pageIndex + 1 : null,
    }),
  );
}
