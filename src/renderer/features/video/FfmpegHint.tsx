// Says plainly that films need ffmpeg where there is none, and how people of this system get it.
import { Anchor, Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { useApp } from '../../bridge/use-answers.ts';
import { useStudioState } from '../studio/studio-state.tsx';
import { useClipEncoders } from './use-clips.ts';
import styles from './Video.module.css';

type System = 'mac' | 'windows' | 'linux';

/** To be typed as they stand, in every language. */
const commands: Readonly<Record<System, string>> = {
  mac: 'brew install ffmpeg',
  windows: 'winget install ffmpeg',
  linux: 'sudo apt install ffmpeg',
};

/** `platform` as Node names it. */
export function systemOf(platform: string): System {
  return platform === 'darwin' ? 'mac' : platform === 'win32' ? 'windows' : 'linux';
}

/** True once it is known that there is none. */
export function useIsFfmpegMissing(): boolean {
  const { error } = useClipEncoders();
  return error instanceof HeirloomError && error.code === 'video.ffmpeg-missing';
}

export function FfmpegHint(): ReactNode {
  const { t } = useTranslation('video');
  const { openDialog } = useStudioState();
  const { data: app } = useApp();
  const { refetch, isFetching } = useClipEncoders();
  if (!useIsFfmpegMissing()) return null;
  const system = systemOf(app?.platform ?? '');
  return (
    <div className={styles['missing']} role="alert">
      <IconAlertTriangle size={22} aria-hidden />
      <div>
        <p>
          <strong>{t('ffmpeg.missing')}</strong> {t('ffmpeg.what')}
        </p>
        <p>
          {t(`ffmpeg.get.${system}`)} <code>{commands[system]}</code>
        </p>
        <p>
          {t('ffmpeg.elsewhere')}{' '}
          <Anchor
            component="button"
            type="button"
            size="sm"
            underline="always"
            onClick={() => openDialog('settings')}
          >
            {t('ffmpeg.settings')}
          </Anchor>
        </p>
      </div>
      <Button size="compact-sm" variant="default" loading={isFetching} onClick={() => void refetch()}>
        {t('ffmpeg.lookAgain')}
      </Button>
    </div>
  );
}
