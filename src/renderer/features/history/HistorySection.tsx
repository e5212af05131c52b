// The panel's part about the past: every step in words, the current one marked, a click goes there.
import { Text } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Photo } from '#shared/domain/photo.ts';
import { useFaces, useHistory } from '../../bridge/use-answers.ts';
import { PanelSection } from '../../components/PanelSection.tsx';
import { useEdits } from '../edits/use-edits.ts';
import { faceNumbers } from './face-numbers.ts';
import styles from './History.module.css';
import { useStepWords } from './use-step-words.ts';
import { VersionsList } from './VersionsList.tsx';

export function HistorySection({ photo, isReadOnly }: { photo: Photo; isReadOnly: boolean }): ReactNode {
  const { t } = useTranslation('history');
  const { data: history } = useHistory(photo.id);
  const { data: faces } = useFaces(photo.id);
  const { jump } = useEdits(photo.id);
  const wordsOf = useStepWords();
  const steps = history?.steps ?? [];
  const cursor = history?.cursor ?? 0;
  const numbers = faceNumbers(faces ?? [], steps);
  const positions = [
    { sequence: 0, words: t('start') },
    ...steps.map((step) => ({
      sequence: step.sequence,
      words: wordsOf(step, numbers.get(step.id) ?? null),
    })),
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
      <VersionsList photoId={photo.id} isReadOnly={isReadOnly} />
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
