// One face of the list: its portrait before and after, its number, on or off; opened, its own settings.
import { Collapse, Switch, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { photoPictureAddress, resultPictureAddress } from '#shared/contract/pictures.ts';
import { IconAction } from '../../components/IconAction.tsx';
import { useFormats } from '../../formatting/use-formats.ts';
import { useSeenWords } from './FaceAdviceWords.tsx';
import { FacePortrait } from './FacePortrait.tsx';
import { FaceSettings, type FaceSettingsProps } from './FaceSettings.tsx';
import styles from './Faces.module.css';
import { suggestionFor } from './face-suggestions.ts';

interface Props extends FaceSettingsProps {
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  /** Zooms the picture to it: a double click; by keyboard the viewer has a key for it. */
  readonly onFrame: () => void;
}

export function FaceRow(props: Props): ReactNode {
  const { photo, state, result, isOpen, isReadOnly, hasFidelity, onToggle, onFrame, onEdit } = props;
  const { t } = useTranslation();
  const formats = useFormats();
  const row = useRef<HTMLLIElement | null>(null);
  const { face, number, isEnabled } = state;
  const seen = useSeenWords();
  const advice = suggestionFor(state);
  useEffect(() => {
    if (isOpen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  return (
    <li
      ref={row}
      className={styles['row']}
      data-off={!isEnabled || undefined}
      data-selected={isOpen || undefined}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the viewer zooms to faces by keyboard */}
      <div
        className={styles['heading']}
        onDoubleClick={(event) => {
          if (!(event.target instanceof Element && event.target.closest('button, label, input'))) onFrame();
        }}
      >
        <div className={styles['portraits']}>
          <FacePortrait
            photo={photo}
            address={photoPictureAddress(photo.id, 'screen')}
            boxInPhoto={face.boxInPhoto}
          />
          {result !== null && (
            <FacePortrait
              photo={photo}
              address={resultPictureAddress(result.id, 'screen')}
              boxInPhoto={face.boxInPhoto}
            />
          )}
        </div>
        <div className={styles['name']}>
          <Text size="sm">{t('faces.face', { number })}</Text>
          <Text size="xs" c="dimmed">
            {!isEnabled ? t('faces.off') : hasFidelity ? formats.decimal(state.fidelity) : null}
            {face.mosaicInPhoto !== undefined && ` · ${t('faces.pixelated')}`}
            {advice !== null && ` · ${seen(advice)}`}
            {face.source === 'manual' && ` · ${t('faces.marked')}`}
          </Text>
        </div>
        <Switch
          size="sm"
          aria-label={t('faces.restoreFace', { number })}
          checked={isEnabled}
          disabled={isReadOnly}
          onChange={(event) =>
            onEdit({ kind: 'face.set-enabled', faceId: face.id, enabled: event.currentTarget.checked })
          }
        />
        <IconAction label={t('faces.adjust', { number })} aria-expanded={isOpen} onClick={onToggle}>
          <IconChevronDown
            size={18}
            className={styles['chevron']}
            data-open={isOpen || undefined}
            aria-hidden
          />
        </IconAction>
      </div>
      <Collapse expanded={isOpen}>{isOpen && <FaceSettings {...props} />}</Collapse>
    </li>
  );
}
