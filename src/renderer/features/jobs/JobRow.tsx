// One job of the list: which photo, what, how far; cancel while it runs, try again when it failed.
import { Button, Text } from '@mantine/core';
import { IconArrowBarToDown, IconArrowBarToUp, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '#shared/domain/job.ts';
import { queryKeys } from '../../bridge/query-keys.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { FailureWords } from '../../components/FailureWords.tsx';
import { IconAction } from '../../components/IconAction.tsx';
import { JobProgress } from './JobProgress.tsx';
import styles from './Jobs.module.css';
import { isActive } from './job-lookup.ts';
import { useJobSubject } from './use-job-subject.ts';

export function JobRow({ job }: { job: Job }): ReactNode {
  const { t } = useTranslation();
  const cancel = useCommand('jobs.cancel');
  const retry = useCommand('jobs.retry');
  const cache = useQueryClient();
  const move = useCommand('jobs.move', () => void cache.invalidateQueries({ queryKey: queryKeys.jobs }));
  const { fileName, pictureAddress } = useJobSubject()(job);
  const words = {
    kind: t(`jobs.kinds.${job.kind}`),
    fileName,
  };
  return (
    <li className={styles['row']}>
      <div className={styles['heading']}>
        {pictureAddress === null ? (
          <span className={styles['thumbnail']} />
        ) : (
          <img className={styles['thumbnail']} src={pictureAddress} alt="" />
        )}
        <div>
          <Text size="sm" truncate>
            {words.fileName}
          </Text>
          <Text size="xs" c="dimmed">
            {words.kind} · {t(`jobs.states.${job.state}`)}
          </Text>
        </div>
        {job.state === 'queued' && (
          <>
            <IconAction
              label={t('jobs.doFirst', words)}
              onClick={() => move.mutate({ jobId: job.id, place: 'first' })}
            >
              <IconArrowBarToUp size={18} aria-hidden />
            </IconAction>
            <IconAction
              label={t('jobs.doLast', words)}
              onClick={() => move.mutate({ jobId: job.id, place: 'last' })}
            >
              <IconArrowBarToDown size={18} aria-hidden />
            </IconAction>
          </>
        )}
        {isActive(job) && (
          <IconAction
            label={t('jobs.cancel', words)}
            loading={cancel.isPending}
            onClick={() => cancel.mutate({ jobId: job.id })}
          >
            <IconX size={18} aria-hidden />
          </IconAction>
        )}
        {(job.state === 'failed' || job.state === 'cancelled') && pictureAddress !== null && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('jobs.retryOf', words)}
            loading={retry.isPending}
            onClick={() => retry.mutate({ jobId: job.id })}
          >
            {t('jobs.retry')}
          </Button>
        )}
      </div>
      {isActive(job) && <JobProgress job={job} label={t('jobs.progressOf', words)} />}
      {job.state === 'failed' && job.error !== null && <FailureWords error={job.error} />}
      {job.state === 'failed' && (
        <Text size="xs" c="dimmed">
          {t(`jobs.kept.${job.kind}`)}
        </Text>
      )}
    </li>
  );
}
