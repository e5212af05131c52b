// One step of the history. Drawn again only when it changes: a history may have a thousand.
import { type KeyboardEvent, memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryStep } from '#shared/domain/edit.ts';
import styles from './History.module.css';
import type { useStepWords } from './use-step-words.ts';

interface Props {
  /** null: as the photo came in. */
  readonly step: HistoryStep | null;
  readonly faceNumber: number | null;
  readonly place: 'done' | 'current' | 'undone';
  readonly isReadOnly: boolean;
  readonly wordsOf: ReturnType<typeof useStepWords>;
  readonly onJump: (cursor: number) => void;
}

export const StepRow = memo(function StepRow(props: Props): ReactNode {
  const { step, faceNumber, place, wordsOf, onJump } = props;
  const { t } = useTranslation('history');
  const words = step === null ? t('start') : wordsOf(step, faceNumber);
  return (
    <li>
      <button
        type="button"
        className={styles['step']}
        aria-current={place === 'current' ? 'step' : undefined}
        aria-label={place === 'undone' ? t('undone', { step: words }) : undefined}
        data-undone={place === 'undone' || undefined}
        // One stop for Tab, however long the history; arrow keys go through it.
        tabIndex={place === 'current' ? 0 : -1}
        disabled={props.isReadOnly}
        onKeyDown={moveFocus}
        onClick={() => onJump(step?.sequence ?? 0)}
      >
        {words}
      </button>
    </li>
  );
});

function moveFocus(event: KeyboardEvent<HTMLButtonElement>): void {
  const item = event.currentTarget.parentElement;
  const list = item?.parentElement;
  const targets = {
    ArrowUp: item?.previousElementSibling,
    ArrowDown: item?.nextElementSibling,
    Home: list?.firstElementChild,
    End: list?.lastElementChild,
  };
  if (!Object.hasOwn(targets, event.key)) return;
  event.preventDefault();
  targets[event.key as keyof typeof targets]?.querySelector('button')?.focus();
}
