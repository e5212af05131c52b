// The page of films: the one that is open with its player and panel, and all of them in a row.
import { Button, Loader, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureWords } from '../../components/FailureWords.tsx';
import { asErrorWire } from '../../translations/error-words.ts';
import { useStudioState } from '../studio/studio-state.tsx';
import { ClipStrip } from './ClipStrip.tsx';
import { FfmpegHint } from './FfmpegHint.tsx';
import { NoClips } from './NoClips.tsx';
import { OpenClip } from './OpenClip.tsx';
import { useClips, useSelectedClip } from './use-clips.ts';
import styles from './Video.module.css';

export function VideoPage(): ReactNode {
  const { t } = useTranslation('video');
  const { data: clips, error, refetch, isFetching } = useClips();
  const { selectClip } = useStudioState();
  const clip = useSelectedClip();
  if (clips === undefined) {
    return error === null ? (
      <div className={styles['waiting']} role="status">
        <Loader />
        <Text size="sm">{t('loading')}</Text>
      </div>
    ) : (
      <div className={styles['waiting']} role="alert">
        <FailureWords error={asErrorWire(error)} />
        <Button variant="default" loading={isFetching} onClick={() => void refetch()}>
          {t('tryAgain')}
        </Button>
      </div>
    );
  }
  if (clip === null) return <NoClips />;
  return (
    <div className={styles['page']}>
      <div className={styles['hint']}>
        <FfmpegHint />
      </div>
      <OpenClip key={clip.id} clip={clip} />
      <div className={styles['strip']}>
        <ClipStrip clips={clips} selectedId={clip.id} onSelect={selectClip} />
      </div>
    </div>
  );
}
