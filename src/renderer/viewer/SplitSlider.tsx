// The line between before and after: dragged, or moved with the arrow keys.
import { IconCaretLeftFilled, IconCaretRightFilled } from '@tabler/icons-react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Viewer.module.css';

interface Props {
  /** 0 to 1: how much of the visible picture is the original. */
  readonly fraction: number;
  readonly left: number;
  readonly right: number;
  readonly stageX: number;
  readonly onChange: (fraction: number) => void;
}

const smallStep = 0.02;
const largeStep = 0.1;

export function SplitSlider({ fraction, left, right, stageX, onChange }: Props): ReactNode {
  const { t } = useTranslation();
  const change = (next: number): void => onChange(Math.min(1, Math.max(0, next)));
  const percent = Math.round(fraction * 100);

  const onKeyDown = (event: KeyboardEvent): void => {
    const next = nextFraction(event, fraction);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    change(next);
  };
  const follow = (event: PointerEvent<HTMLElement>): void => {
    const stage = event.currentTarget.parentElement?.getBoundingClientRect();
    if (stage !== undefined) change((event.clientX - stage.left - left) / (right - left));
  };
  return (
    <div
      className={styles['split']}
      role="slider"
      tabIndex={0}
      aria-label={t('viewer.slider')}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={t('viewer.sliderValue', { percent })}
      style={{ transform: `translateX(${stageX}px)` }}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event);
      }}
      onDoubleClick={(event) => {
        event.stopPropagation();
        change(0.5);
      }}
    >
      <span className={styles['splitLine']} />
      <span className={styles['splitGrip']}>
        <IconCaretLeftFilled size={14} aria-hidden />
        <IconCaretRightFilled size={14} aria-hidden />
      </span>
    </div>
  );
}

function nextFraction(event: KeyboardEvent, fraction: number): number | null {
  const step = event.shiftKey ? largeStep : smallStep;
  switch (event.key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return fraction - step;
    case 'ArrowRight':
    case 'ArrowUp':
      return fraction + step;
    case 'PageDown':
      return fraction - largeStep;
    case 'PageUp':
      return fraction + largeStep;
    case 'Home':
      return 0;
    case 'End':
      return 1;
    default:
      return null;
  }
}
