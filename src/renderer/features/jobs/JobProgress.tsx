// A job's bar, step words and remaining time, kept up by events.
import { Progress, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '#shared/domain/job.ts';
import { useProgress } from '../../bridge/use-answers.ts';
import { useFormats } from '../../formatting/use-formats.ts';
import styles from './Jobs.module.css';

export function JobProgress({ job, label }: { job: Job; label: string }): ReactNode {
  const { t } = useTranslation(['studio', 'steps']);
  const formats = useFormats();
  const progress = useProgress(job.id);
  const fraction = Math.max(job.fraction, progress?.fraction ?? 0);
  const step = progress?.step ?? job.step ?? 'waiting';
  const eta = progress?.etaSeconds ?? null;
  return (
    <div className={styles['progress']}>
      <Progress.Root size="md" radius="xl">
        <Progress.Section
          value={fraction * 100}
          color="verdigris"
          aria-label={label}
          aria-valuetext={`${formats.percent(fraction)}, ${t(`steps:${step}`)}`}
          animated={job.state === 'running'}
        />
      </Progress.Root>
      <div className={styles['progressWords']}>
        <Text size="xs" className={styles['step']}>
          {t(`steps:${step}`)}
        </Text>
        <Text size="xs" c="dimmed" className={styles['numbers']}>
          {formats.percent(fraction)}
          {eta !== null && eta >= 1 && ` · ${t('restore.remaining', { duration: formats.duration(eta) })}`}
        </Text>
      </div>
    </div>
  );
}
