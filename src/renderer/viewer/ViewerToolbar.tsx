// The row under the picture: what is shown, face marks, hold-to-see-original, zoom.
import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import {
  IconEye,
  IconFaceId,
  IconMinus,
  IconPlus,
  IconRotateClockwise,
  IconZoomScan,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconAction } from '../components/IconAction.tsx';
import type { ShownPicture } from '../features/studio/studio-state.tsx';
import styles from './Viewer.module.css';

interface Props {
  readonly isNarrow: boolean;
  readonly hasResult: boolean;
  readonly shown: ShownPicture;
  readonly onShow: (shown: ShownPicture) => void;
  readonly comparePicker?: ReactNode;
  readonly hasFaces: boolean;
  readonly areMarksVisible: boolean;
  readonly onMarks: (visible: boolean) => void;
  readonly onZoomToFace: () => void;
  readonly onTurn: () => void;
  readonly isHeld: boolean;
  readonly onHold: (held: boolean) => void;
  readonly zoomPercent: number;
  readonly isFitted: boolean;
  readonly onZoom: (factor: number) => void;
  readonly onFit: () => void;
  readonly onActual: () => void;
  readonly onDouble: () => void;
}

export function ViewerToolbar(props: Props): ReactNode {
  const { t } = useTranslation();
  const choices: { value: ShownPicture; label: string }[] = [
    { value: 'original', label: t('viewer.original') },
    { value: 'split', label: t('viewer.split') },
    { value: 'side-by-side', label: t('viewer.sideBySide') },
    { value: 'restored', label: t('viewer.restored') },
    { value: 'difference', label: t('viewer.difference') },
  ];
  return (
    <div
      className={styles['toolbar']}
      role="toolbar"
      aria-label={t('viewer.toolbar')}
      data-narrow={props.isNarrow || undefined}
    >
      <div className={styles['toolbarPart']}>
        {props.hasResult && !props.isNarrow && (
          <SegmentedControl<ShownPicture>
            size="xs"
            aria-label={t('viewer.show')}
            value={props.shown}
            onChange={props.onShow}
            data={choices}
          />
        )}
        {props.hasResult && props.isNarrow && (
          <NativeSelect
            size="xs"
            aria-label={t('viewer.show')}
            value={props.shown}
            data={choices}
            onChange={({ currentTarget }) => {
              const chosen = choices.find(({ value }) => value === currentTarget.value);
              if (chosen !== undefined) props.onShow(chosen.value);
            }}
          />
        )}
        {props.comparePicker}
      </div>
      <div className={styles['toolbarPart']}>
        {props.hasResult && (
          <IconAction
            label={t('viewer.hold')}
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
        {props.hasFaces && (
          <IconAction
            label={t('viewer.faces')}
            keys="F"
            variant={props.areMarksVisible ? 'light' : 'subtle'}
            aria-pressed={props.areMarksVisible}
            onClick={() => props.onMarks(!props.areMarksVisible)}
          >
            <IconFaceId size={18} aria-hidden />
          </IconAction>
        )}
        {props.hasFaces && (
          <IconAction label={t('viewer.zoomToFace')} keys="Z" onClick={props.onZoomToFace}>
            <IconZoomScan size={18} aria-hidden />
          </IconAction>
        )}
        <IconAction label={t('viewer.turn')} keys="R" onClick={props.onTurn}>
          <IconRotateClockwise size={18} aria-hidden />
        </IconAction>
      </div>
      <div className={styles['toolbarPart']}>
        <IconAction label={t('viewer.zoomOut')} keys="−" onClick={() => props.onZoom(1 / 1.25)}>
          <IconMinus size={18} aria-hidden />
        </IconAction>
        <output
          className={styles['zoomLevel']}
          aria-label={t('viewer.zoomLevel', { percent: props.zoomPercent })}
        >
          {`${props.zoomPercent} %`}
        </output>
        <IconAction label={t('viewer.zoomIn')} keys="+" onClick={() => props.onZoom(1.25)}>
          <IconPlus size={18} aria-hidden />
        </IconAction>
        <Button
          size="compact-sm"
          variant={props.isFitted ? 'light' : 'subtle'}
          color={props.isFitted ? 'verdigris' : 'gray'}
          aria-label={t('viewer.fitLong')}
          aria-pressed={props.isFitted}
          onClick={props.onFit}
        >
          {t('viewer.fit')}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-label={t('viewer.actualLong')}
          onClick={props.onActual}
        >
          {t('viewer.actual')}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-label={t('viewer.doubleLong')}
          onClick={props.onDouble}
        >
          {t('viewer.double')}
        </Button>
      </div>
    </div>
  );
}
