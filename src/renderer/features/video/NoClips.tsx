// The page of films before there is one: where to drop them, how to open them.
import { Button, Loader } from '@mantine/core';
import { IconLock, IconMovie } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import welcome from '../welcome/Welcome.module.css';
import { FfmpegHint } from './FfmpegHint.tsx';
import { SequenceButton } from './SequenceDialog.tsx';
import { useIsImportingClips } from './use-clip-import.ts';
import { useOpenClips } from './use-open-clips.ts';

export function NoClips(): ReactNode {
  const { t } = useTranslation('video');
  const openClips = useOpenClips();
  const isImporting = useIsImportingClips();
  return (
    <div className={welcome['page']}>
      <div className={welcome['column']}>
        <div className={welcome['heading']}>
          <h1>{t('empty.title')}</h1>
          <p>{t('empty.lead')}</p>
        </div>
        <FfmpegHint />
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button inside does the same by keyboard */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a larger target for the button inside */}
        <div className={welcome['drop']} data-busy={isImporting || undefined} onClick={openClips}>
          {isImporting ? <Loader size={44} /> : <IconMovie size={44} stroke={1.3} aria-hidden />}
          <p className={welcome['dropTitle']} role="status">
            {isImporting ? t('adding.busy') : t('empty.drop')}
          </p>
          <Button
            size="md"
            disabled={isImporting}
            onClick={(event) => {
              event.stopPropagation();
              openClips();
            }}
          >
            {t('adding.open')}
          </Button>
          <p className={welcome['dropHint']}>{t('empty.dropHint')}</p>
        </div>
        <p className={welcome['privacy']}>
          <IconLock size={18} aria-hidden />
          {t('empty.privacy')}
        </p>
        <div className={welcome['ways']}>
          <SequenceButton />
        </div>
      </div>
    </div>
  );
}
