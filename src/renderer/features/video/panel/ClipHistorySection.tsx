// The panel's part about the past: every step in words, the current one marked, a click goes there.
import { Text } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClipHistoryStep } from '#shared/domain/clip-edit.ts';
import type { Clip } from '#shared/domain/project-clip.ts';
import { PanelSection } from '../../../components/PanelSection.tsx';
import styles from '../../history/History.module.css';
import { useClipEdits } from '../use-clip-edits.ts';
import { useClipHistory } from '../use-clips.ts';
import { useClipStepWords } from './use-clip-step-words.ts';

/** One and the same, so that what is made of it is made once. */
const noSteps: readonly ClipHistoryStep[] = [];

export function ClipHistorySection({ clip, isReadOnly }: { clip: Clip; isReadOnly: boolean }): ReactNode {
  const { t } = useTranslation('history');
  const { data: history } = useClipHistory(clip.id);
  const { jump } = useClipEdits(clip.id);
  const steps = history?.steps ?? noSteps;
  const wordsOf = useClipStepWords(clip.tracks, steps);
  const cursor = history?.cursor ?? 0;
  const positions = [
    { sequence: 0, words: t('start') },
    ...steps.map((step) => ({ sequence: step.sequence, words: wordsOf(step) })),
  ];
  return (
    <PanelSection title={t('title')}>
      {steps.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('none')}
        </Text>
      ) : (
        <ol className={styles['steps']} aria-label={t('steps')}>
          {positions.map(({ sequence, words }) => (
            <li key={sequence}>
              <button
                type="button"
                className={styles['step']}
                aria-current={sequence === cursor ? 'step' : undefined}
                aria-label={sequence > cursor ? t('undone', { step: words }) : undefined}
                data-undone={sequence > cursor || undefined}
                // One stop for Tab, however long the history; arrow keys go through it.
                tabIndex={sequence === cursor ? 0 : -1}
                disabled={isReadOnly}
                onKeyDown={moveFocus}
                onClick={() => jump(sequence)}
              >
                {words}
              </button>
            </li>
          ))}
        </ol>
      )}
    </PanelSection>
  );
}

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
