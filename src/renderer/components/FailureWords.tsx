// An error as a person reads it: what happened, what to do next, technical text folded away.
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorWire } from '#shared/errors/wire.ts';
import { errorWords } from '../translations/error-words.ts';
import styles from './FailureWords.module.css';

export function FailureWords({ error }: { error: ErrorWire }): ReactNode {
  const { t, i18n } = useTranslation();
  const words = errorWords(error, i18n.language);
  return (
    <div className={styles['words']}>
      <Text size="sm" component="p" m={0}>
        {words.sentence}
      </Text>
      <Text size="sm" component="p" m={0} c="dimmed">
        {words.next}
      </Text>
      {words.detail !== null && (
        <details className={styles['details']}>
          <summary>{t('app.technicalDetails')}</summary>
          <pre>
            {error.code}
            {'\n'}
            {words.detail}
          </pre>
        </details>
      )}
    </div>
  );
}
