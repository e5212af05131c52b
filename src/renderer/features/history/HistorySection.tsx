// The panel's part about the past: every step in words, the current one marked, a click goes there.
import { Text } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryStep } from '#shared/domain/edit.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { useFaces, useHistory } from '../../bridge/use-answers.ts';
import { PanelSection } from '../../components/PanelSection.tsx';
import { useEdits } from '../edits/use-edits.ts';
import { faceNumbers } from './face-numbers.ts';
import styles from './History.module.css';
import { StepRow } from './StepRow.tsx';
import { useStepWords } from './use-step-words.ts';
import { VersionsList } from './VersionsList.tsx';

const noSteps: readonly HistoryStep[] = [];

export function HistorySection({ photo, isReadOnly }: { photo: Photo; isReadOnly: boolean }): ReactNode {
  const { t } = useTranslation('history');
  const { data: history } = useHistory(photo.id);
  const { data: faces } = useFaces(photo.id);
  const { jump } = useEdits(photo.id);
  const wordsOf = useStepWords();
  const steps = history?.steps ?? noSteps;
  const cursor = history?.cursor ?? 0;
  const numbers = useMemo(() => faceNumbers(faces ?? [], steps), [faces, steps]);
  const row = (step: HistoryStep | null): ReactNode => {
    const sequence = step?.sequence ?? 0;
    return (
      <StepRow
        key={sequence}
        step={step}
        faceNumber={step === null ? null : (numbers.get(step.id) ?? null)}
        place={sequence === cursor ? 'current' : sequence > cursor ? 'undone' : 'done'}
        isReadOnly={isReadOnly}
        wordsOf={wordsOf}
        onJump={jump}
      />
    );
  };
  return (
    <PanelSection title={t('title')}>
      {steps.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('none')}
        </Text>
      ) : (
        <ol className={styles['steps']} aria-label={t('steps')}>
          {[null, ...steps].map(row)}
        </ol>
      )}
      <VersionsList photoId={photo.id} isReadOnly={isReadOnly} />
    </PanelSection>
  );
}
