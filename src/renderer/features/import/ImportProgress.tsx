// Says how far taking photos in has come, on every page, and lets a person stop it.
import { Button, Paper, Progress, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useEvent } from '../../bridge/use-event.ts';
import styles from './ImportProgress.module.css';
import { reportImport, stopImport, useImportProgress } from './import-progress.ts';

export function ImportProgress(): ReactNode {
  const { t } = useTranslation('projects');
  const progress = useImportProgress();
  // Of folders and paths main knows more: it counts what is inside.
  useEvent('import.progressed', ({ done, total }) => {
    // A portion of uploads is smaller than the whole that is shown.
    if (progress !== null && total >= progress.total) reportImport({ done, total });
  });
  if (progress === null || progress.total < 2) return null;
  const { done, total } = progress;
  return (
    <Paper className={styles['card']} shadow="md" withBorder p="sm">
      <div className={styles['words']}>
        <Text size="sm" fw={500}>
          {t('importing')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('importProgress', { done, total })}
        </Text>
      </div>
      <Progress value={(done / total) * 100} aria-label={t('importing')} />
      <Button size="compact-sm" variant="subtle" color="gray" onClick={stopImport}>
        {t('importCancel')}
      </Button>
    </Paper>
  );
}
