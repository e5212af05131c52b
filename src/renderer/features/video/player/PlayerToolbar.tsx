// What is shown of the two films, and what can be tried at this moment.
import { SegmentedControl } from '@mantine/core';
import { IconEye, IconMaximize } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconAction } from '../../../components/IconAction.tsx';
import type { ShownFilm } from '../../studio/studio-state.tsx';
import styles from './Player.module.css';

interface Props {
  readonly hasAfter: boolean;
  readonly isRunning: boolean;
  readonly shown: ShownFilm | 'live';
  readonly onShow: (shown: ShownFilm | 'live') => void;
  readonly isHeld: boolean;
  readonly onHold: (isHeld: boolean) => void;
  readonly onFullScreen: () => void;
  readonly actions: ReactNode;
}

export function PlayerToolbar(props: Props): ReactNode {
  const { t } = useTranslation(['video', 'studio']);
  const choices = [
    { value: 'original', label: t('studio:viewer.original') },
    ...(props.hasAfter
      ? [
          { value: 'split', label: t('studio:viewer.split') },
          { value: 'beside', label: t('player.beside') },
          { value: 'restored', label: t('studio:viewer.restored') },
        ]
      : []),
    ...(props.isRunning ? [{ value: 'live', label: t('player.live') }] : []),
  ] as { value: ShownFilm | 'live'; label: string }[];
  return (
    <div className={styles['toolbar']}>
      <div className={styles['part']}>
        {choices.length > 1 && (
          <SegmentedControl<ShownFilm | 'live'>
            size="xs"
            aria-label={t('studio:viewer.show')}
            value={props.shown}
            onChange={props.onShow}
            data={choices}
          />
        )}
        {props.hasAfter && (
          <IconAction
            label={t('studio:viewer.hold')}
            keys="B"
            aria-pressed={props.isHeld}
            onPointerDown={() => props.onHold(true)}
            onPointerUp={() => props.onHold(false)}
            onPointerLeave={() => props.onHold(false)}
            onKeyDown={(event) => {
              if (event.key === ' ' || event.key === 'Enter') props.onHold(true);
            }}
            onKeyUp={() => props.onHold(false)}
            onBlur={() => props.onHold(false)}
          >
            <IconEye size={18} aria-hidden />
          </IconAction>
        )}
        <IconAction label={t('player.fullScreen')} className="wideOnly" onClick={props.onFullScreen}>
          <IconMaximize size={18} aria-hidden />
        </IconAction>
      </div>
      <div className={styles['part']}>{props.actions}</div>
    </div>
  );
}
