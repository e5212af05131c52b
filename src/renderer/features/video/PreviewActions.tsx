// "Preview this moment": how long, begin, stop, and back to the whole film.
import { Button, Loader, Select, Text } from '@mantine/core';
import { IconSparkles, IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clip } from '#shared/domain/project-clip.ts';
import { IconAction } from '../../components/IconAction.tsx';
import { useIsFfmpegMissing } from './FfmpegHint.tsx';
import styles from './PreviewActions.module.css';
import type { PairedPlayback } from './player/paired-playback.ts';
import type { ClipPreview } from './use-preview.ts';

interface Props {
  readonly clip: Clip;
  readonly preview: ClipPreview;
  readonly playback: PairedPlayback;
  readonly isReadOnly: boolean;
}

const lengthsSeconds = [1, 2, 3] as const;

export function PreviewActions({ clip, preview, playback, isReadOnly }: Props): ReactNode {
  const { t } = useTranslation('video');
  const [lengthSeconds, setLengthSeconds] = useState<number>(2);
  const isMissing = useIsFfmpegMissing();
  if (preview.isPending) {
    return (
      <div className={styles['actions']} role="status">
        <Loader size="xs" />
        <Text size="sm">{t('preview.working', { count: lengthSeconds })}</Text>
        <Button size="compact-sm" variant="default" onClick={preview.cancel}>
          {t('preview.cancel')}
        </Button>
      </div>
    );
  }
  const start = (): void => {
    const from = preview.preview?.fromSeconds ?? playback.seconds();
    playback.pause();
    preview.start(preview.isStale ? from : playback.seconds(), lengthSeconds);
  };
  return (
    <div className={styles['actions']}>
      {preview.preview !== null && (
        <Text size="xs" c="dimmed" role="status">
          {preview.isStale ? t('preview.stale') : t('preview.shown')}
        </Text>
      )}
      <Select
        size="xs"
        className={styles['length'] ?? ''}
        aria-label={t('preview.length')}
        value={String(lengthSeconds)}
        data={lengthsSeconds.map((seconds) => ({
          value: String(seconds),
          label: t('preview.seconds', { count: seconds }),
        }))}
        onChange={(value) => setLengthSeconds(Number(value ?? 2))}
      />
      <Button
        size="compact-md"
        variant="light"
        leftSection={<IconSparkles size={16} aria-hidden />}
        disabled={isReadOnly || isMissing || clip.problem !== null}
        onClick={start}
      >
        {preview.isStale ? t('preview.again') : t('preview.start')}
      </Button>
      {preview.preview !== null && (
        <IconAction label={t('preview.leave')} onClick={preview.leave}>
          <IconX size={18} aria-hidden />
        </IconAction>
      )}
    </div>
  );
}
