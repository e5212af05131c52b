// One face of the list: its portrait and number, on or off, and its own fidelity and strength.
import { Button, Collapse, Switch, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Edit } from '#shared/domain/edit.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { IconAction } from '../../components/IconAction.tsx';
import { LabelledSlider } from '../../components/LabelledSlider.tsx';
import { useFormats } from '../../formatting/use-formats.ts';
import { FacePortrait } from './FacePortrait.tsx';
import styles from './Faces.module.css';
import type { FaceState } from './face-states.ts';

interface Props {
  readonly photo: Photo;
  readonly state: FaceState;
  readonly isOpen: boolean;
  readonly isReadOnly: boolean;
  /** Whether the restorer in use can be told how faithful to be. */
  readonly hasFidelity: boolean;
  readonly onToggle: () => void;
  readonly onEdit: (edit: Edit) => void;
}

export function FaceRow(props: Props): ReactNode {
  const { photo, state, isOpen, isReadOnly, hasFidelity, onToggle, onEdit } = props;
  const { t } = useTranslation();
  const formats = useFormats();
  const row = useRef<HTMLLIElement | null>(null);
  const { face, number, isEnabled } = state;
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
      <div className={styles['heading']}>
        <FacePortrait photo={photo} boxInPhoto={face.boxInPhoto} />
        <div className={styles['name']}>
          <Text size="sm">{t('faces.face', { number })}</Text>
          <Text size="xs" c="dimmed">
            {!isEnabled ? t('faces.off') : hasFidelity ? formats.decimal(state.fidelity) : null}
            {face.mosaicInPhoto !== undefined && ` · ${t('faces.pixelated')}`}
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
      <Collapse expanded={isOpen}>
        <div className={styles['controls']}>
          {hasFidelity && (
            <LabelledSlider
              label={t('faces.fidelity')}
              accessibleLabel={t('faces.fidelityOf', { number })}
              value={state.fidelity}
              min={0}
              max={1}
              step={0.05}
              lowLabel={t('faces.sharper')}
              highLabel={t('faces.faithful')}
              format={formats.decimal}
              disabled={!isEnabled || isReadOnly}
              onCommit={(fidelity) => onEdit({ kind: 'face.set-fidelity', faceId: face.id, fidelity })}
            />
          )}
          <LabelledSlider
            label={t('faces.strength')}
            accessibleLabel={t('faces.strengthOf', { number })}
            value={state.strength}
            min={0}
            max={1}
            step={0.05}
            lowLabel={t('faces.strengthLow')}
            highLabel={t('faces.strengthHigh')}
            format={formats.percent}
            disabled={!isEnabled || isReadOnly}
            onCommit={(strength) => onEdit({ kind: 'face.set-strength', faceId: face.id, strength })}
          />
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            disabled={isReadOnly}
            onClick={() => onEdit({ kind: 'face.remove', faceId: face.id })}
          >
            {t('faces.notAFace')}
          </Button>
        </div>
      </Collapse>
    </li>
  );
}
