// What was seen of a face before any model ran, and what suits it; one click takes it.
import { Button, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Edit } from '#shared/domain/edit.ts';
import type { FaceAdvice } from '#shared/domain/face-advice.ts';
import { useFormats } from '../../formatting/use-formats.ts';
import styles from './Faces.module.css';
import type { FaceState } from './face-states.ts';
import { isTaken, suggestionFor, takingEdit } from './face-suggestions.ts';

interface Props {
  readonly state: FaceState;
  readonly hasFidelity: boolean;
  readonly isReadOnly: boolean;
  readonly onEdit: (edit: Edit) => void;
}

export function FaceAdviceWords({ state, hasFidelity, isReadOnly, onEdit }: Props): ReactNode {
  const { t } = useTranslation('faces');
  const formats = useFormats();
  const seen = useSeenWords();
  const advice = suggestionFor(state);
  if (advice === null) return null;
  const words =
    advice.reason === 'clear'
      ? t('advice.leaveClear')
      : advice.reason === 'too-little'
        ? t('advice.leaveTooLittle')
        : t('advice.suggests', { value: formats.decimal(advice.fidelity ?? 0) });
  const canTake = advice.fidelity === null || hasFidelity;
  const edit = takingEdit([state]);
  return (
    <div className={styles['advice']}>
      <Text size="sm">
        <strong>{t('advice.title')}</strong> {seen(advice)}
      </Text>
      {canTake && (
        <Text size="sm">
          {words} {isTaken(state, advice) && t('advice.taken')}
        </Text>
      )}
      {canTake && edit !== null && (
        <Button
          size="compact-xs"
          variant="light"
          disabled={isReadOnly}
          aria-label={t('advice.takeOf', { number: state.number })}
          onClick={() => onEdit(edit)}
        >
          {t('advice.take')}
        </Button>
      )}
    </div>
  );
}

/** "small, blurred" in the language of the window. */
export function useSeenWords(): (advice: FaceAdvice) => string {
  const { t, i18n } = useTranslation('faces');
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' });
  return ({ seen }) => list.format(seen.map((sight) => t(`advice.seen.${sight}`)));
}
