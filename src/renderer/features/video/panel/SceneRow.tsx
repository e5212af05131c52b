// One scene of a person who is seen in several: when (a click goes there), on or off, and who it really is.
import { Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClipTrack } from '#shared/domain/clip.ts';
import type { ClipEdit } from '#shared/domain/clip-edit.ts';
import type { ClipPerson } from '#shared/domain/clip-people.ts';
import type { ClipId } from '#shared/domain/ids.ts';
import { useFormats } from '../../../formatting/use-formats.ts';
import { timeCode } from '../player/time-code.ts';
import styles from './ClipPanel.module.css';
import { TrackPortrait } from './TrackPortrait.tsx';
import { WhoMenu } from './WhoMenu.tsx';

interface Props {
  readonly clipId: ClipId;
  readonly personId: number;
  readonly track: ClipTrack;
  readonly others: readonly ClipPerson[];
  readonly isEnabled: boolean;
  /** Said only where the scenes of a person differ; null: they do not. */
  readonly fidelity: number | null;
  readonly isReadOnly: boolean;
  readonly onJump: () => void;
  /** null: somebody not listed yet. */
  readonly onRegroup: (personId: number | null) => void;
  readonly onEdit: (edit: ClipEdit) => void;
}

export function SceneRow(props: Props): ReactNode {
  const { track, isEnabled, fidelity, isReadOnly, onEdit } = props;
  const { t } = useTranslation('video');
  const formats = useFormats();
  const { trackId } = track;
  const number = formats.whole(props.personId);
  const seen = { from: timeCode(track.firstSeconds), to: timeCode(track.lastSeconds) };
  return (
    <li className={styles['scene']} data-off={!isEnabled || undefined}>
      <TrackPortrait clipId={props.clipId} track={track} isSmall />
      <div className={styles['when']}>
        <button
          type="button"
          className={styles['time']}
          aria-label={t('people.jump', { number, ...seen })}
          onClick={props.onJump}
        >
          {t('people.seen', seen)}
        </button>
        {fidelity !== null && <span>{formats.decimal(fidelity)}</span>}
      </div>
      <Switch
        size="sm"
        aria-label={t('people.restoreScene', { number, time: seen.from })}
        checked={isEnabled}
        disabled={isReadOnly}
        onChange={(event) =>
          onEdit({ kind: 'track.set-enabled', trackId, enabled: event.currentTarget.checked })
        }
      />
      <WhoMenu
        clipId={props.clipId}
        label={t('people.whoInScene', { time: seen.from })}
        others={props.others}
        canBeNew
        isReadOnly={isReadOnly}
        onChoose={props.onRegroup}
      />
    </li>
  );
}
