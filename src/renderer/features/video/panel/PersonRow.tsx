// One person of the film: portrait, when they are seen (a click goes there), on or off, a fidelity of their own.
import { Button, Collapse, Switch, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { trackPortraitAddress } from '#shared/contract/films.ts';
import type { ClipTrack } from '#shared/domain/clip.ts';
import type { ClipEdit } from '#shared/domain/clip-edit.ts';
import type { ClipId } from '#shared/domain/ids.ts';
import { IconAction } from '../../../components/IconAction.tsx';
import { LabelledSlider } from '../../../components/LabelledSlider.tsx';
import { useFormats } from '../../../formatting/use-formats.ts';
import faces from '../../faces/Faces.module.css';
import { timeCode } from '../player/time-code.ts';
import styles from './ClipPanel.module.css';

interface Props {
  readonly clipId: ClipId;
  readonly track: ClipTrack;
  /** Of the whole film, in seconds. */
  readonly duration: number;
  readonly isEnabled: boolean;
  /** null: as the film says. */
  readonly fidelity: number | null;
  readonly fidelityOfAll: number;
  readonly hasFidelity: boolean;
  readonly isOpen: boolean;
  readonly isReadOnly: boolean;
  readonly onToggle: () => void;
  readonly onJump: () => void;
  readonly onEdit: (edit: ClipEdit) => void;
}

export function PersonRow(props: Props): ReactNode {
  const { track, isEnabled, fidelity, isOpen, isReadOnly, onEdit } = props;
  const { t } = useTranslation(['video', 'studio']);
  const formats = useFormats();
  const [hasPortrait, setHasPortrait] = useState(true);
  const { trackId, firstSeconds, lastSeconds } = track;
  const number = formats.whole(trackId);
  const seen = { from: timeCode(firstSeconds), to: timeCode(lastSeconds) };
  const share = (seconds: number): string =>
    `${props.duration <= 0 ? 0 : Math.min(100, (seconds / props.duration) * 100)}%`;
  return (
    <li className={faces['row']} data-off={!isEnabled || undefined} data-selected={isOpen || undefined}>
      <div className={faces['heading']}>
        {hasPortrait ? (
          <img
            className={styles['portrait']}
            src={trackPortraitAddress(props.clipId, trackId, track.bestSeconds)}
            alt=""
            draggable={false}
            onError={() => setHasPortrait(false)}
          />
        ) : (
          <span className={styles['portrait']} />
        )}
        <div className={faces['name']}>
          <Text size="sm">
            {t('people.person', { number })}
            {!isEnabled
              ? ` · ${t('studio:faces.off')}`
              : fidelity !== null && ` · ${formats.decimal(fidelity)}`}
          </Text>
          <button
            type="button"
            className={styles['seen']}
            aria-label={t('people.jump', { number, ...seen })}
            onClick={props.onJump}
          >
            {t('people.seen', seen)}
            <span className={styles['seenLine']} />
            <span
              className={styles['seenBar']}
              style={{ left: share(firstSeconds), right: `calc(100% - ${share(lastSeconds)})` }}
            />
          </button>
        </div>
        <Switch
          size="sm"
          aria-label={t('people.restore', { number })}
          checked={isEnabled}
          disabled={isReadOnly}
          onChange={(event) =>
            onEdit({ kind: 'track.set-enabled', trackId, enabled: event.currentTarget.checked })
          }
        />
        {props.hasFidelity && (
          <IconAction label={t('people.adjust', { number })} aria-expanded={isOpen} onClick={props.onToggle}>
            <IconChevronDown
              size={18}
              className={faces['chevron']}
              data-open={isOpen || undefined}
              aria-hidden
            />
          </IconAction>
        )}
      </div>
      {props.hasFidelity && (
        <Collapse expanded={isOpen}>
          <div className={faces['controls']}>
            <LabelledSlider
              label={t('studio:faces.fidelity')}
              accessibleLabel={t('people.fidelityOf', { number })}
              value={fidelity ?? props.fidelityOfAll}
              min={0}
              max={1}
              step={0.05}
              lowLabel={t('studio:faces.sharper')}
              highLabel={t('options.faithful')}
              format={formats.decimal}
              disabled={!isEnabled || isReadOnly}
              onCommit={(value) => onEdit({ kind: 'track.set-fidelity', trackId, fidelity: value })}
            />
            {fidelity !== null && (
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                disabled={isReadOnly}
                onClick={() => onEdit({ kind: 'track.set-fidelity', trackId, fidelity: null })}
              >
                {t('people.asAll')}
              </Button>
            )}
          </div>
        </Collapse>
      )}
    </li>
  );
}
