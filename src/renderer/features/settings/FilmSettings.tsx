// Where ffmpeg is, for films. Found by itself on most computers; a person can name another one.
import { Button, Text, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '#shared/domain/settings.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { useIsFfmpegMissing } from '../video/FfmpegHint.tsx';
import { useClipEncoders } from '../video/use-clips.ts';
import styles from './Settings.module.css';

export function FilmSettings({ settings }: { settings: Settings }): ReactNode {
  const { t } = useTranslation('video');
  const change = useCommand('settings.change');
  const { data: encoders, isFetching } = useClipEncoders();
  const isMissing = useIsFfmpegMissing();
  const kept = settings.ffmpegPath ?? '';
  const [path, setPath] = useState(kept);
  const wanted = path.trim();
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (wanted !== kept) change.mutate({ ffmpegPath: wanted === '' ? null : wanted });
  };
  return (
    <section className={styles['section']}>
      <h3>{t('page')}</h3>
      <form onSubmit={onSubmit}>
        <TextInput
          label={t('ffmpeg.place')}
          description={t('ffmpeg.placeHint')}
          inputWrapperOrder={['label', 'input', 'description']}
          placeholder={t('ffmpeg.automatic')}
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
          rightSectionWidth={84}
          rightSection={
            <Button
              type="submit"
              size="compact-xs"
              variant="default"
              disabled={wanted === kept}
              loading={change.isPending}
            >
              {t('ffmpeg.use')}
            </Button>
          }
        />
      </form>
      <Text size="sm" c="dimmed" role="status">
        {!isFetching && isMissing && t('ffmpeg.missing')}
        {!isFetching && encoders !== undefined && t('ffmpeg.works')}
      </Text>
    </section>
  );
}
