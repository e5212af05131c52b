// A folder of pictures taken in as a film: which folder, and how many of its pictures are one second.
import { Button, Group, Modal, NumberInput, Stack, TextInput } from '@mantine/core';
import { IconPhotoVideo } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { useApp } from '../../bridge/use-answers.ts';
import { reportFailure } from '../../components/report-failure.tsx';
import { useClipImport } from './use-clip-import.ts';

/** Of most scanned films; silent ones ran slower. */
const usualFramesPerSecond = 25;

export function SequenceDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactNode {
  const { t } = useTranslation(['video', 'studio']);
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('sequence.title')}
      closeButtonProps={{ 'aria-label': t('studio:app.close') }}
    >
      <SequenceForm onDone={onClose} />
    </Modal>
  );
}

function SequenceForm({ onDone }: { onDone: () => void }): ReactNode {
  const { t } = useTranslation(['video', 'studio']);
  const client = useStudioClient();
  const { data: app } = useApp();
  const { importFilms } = useClipImport();
  const [path, setPath] = useState('');
  const [rate, setRate] = useState<number | string>(usualFramesPerSecond);
  const isUsable = path.trim() !== '' && typeof rate === 'number' && rate >= 0.1 && rate <= 1000;
  const choose = (): void => {
    client
      .invoke('dialogs.choose', { purpose: 'open-folder' })
      .then(([chosen]) => chosen !== undefined && setPath(chosen), reportFailure);
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isUsable) return;
    importFilms({ files: [], paths: [path.trim()], framesPerSecond: rate });
    onDone();
  };
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="md">
        <TextInput
          data-autofocus
          label={t('sequence.folder')}
          description={t('sequence.folderHint')}
          inputWrapperOrder={['label', 'input', 'description']}
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
          {...(app?.hasNativeDialogs
            ? {
                rightSectionWidth: 96,
                rightSection: (
                  <Button size="compact-xs" variant="default" onClick={choose}>
                    {t('sequence.browse')}
                  </Button>
                ),
              }
            : {})}
        />
        <NumberInput
          label={t('sequence.rate')}
          description={t('sequence.rateHint')}
          inputWrapperOrder={['label', 'input', 'description']}
          min={0.1}
          max={1000}
          decimalScale={3}
          value={rate}
          onChange={setRate}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {t('studio:app.cancel')}
          </Button>
          <Button type="submit" disabled={!isUsable}>
            {t('sequence.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function SequenceButton(): ReactNode {
  const { t } = useTranslation('video');
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPhotoVideo size={18} aria-hidden />}
        onClick={() => setIsAsking(true)}
      >
        {t('sequence.choose')}
      </Button>
      <SequenceDialog isOpen={isAsking} onClose={() => setIsAsking(false)} />
    </>
  );
}
