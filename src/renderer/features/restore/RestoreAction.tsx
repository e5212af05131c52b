// The foot of the panel: restore, watch, cancel, export. Always in sight.
import { Button, Text } from '@mantine/core';
import { IconDownload, IconSparkles } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '#shared/domain/job.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { queryKeys } from '../../bridge/query-keys.ts';
import { useJobs, useLatestResult } from '../../bridge/use-answers.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { useFormats } from '../../formatting/use-formats.ts';
import { JobProgress } from '../jobs/JobProgress.tsx';
import { activeJob } from '../jobs/job-lookup.ts';
import { useStudioState } from '../studio/studio-state.tsx';
import styles from './Restore.module.css';

export function RestoreAction({ photo, isReadOnly }: { photo: Photo; isReadOnly: boolean }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { openDialog } = useStudioState();
  const { data: jobs } = useJobs();
  const { data: latest } = useLatestResult(photo.id);
  const restore = useRestore();
  const job = activeJob(jobs, photo.id, 'restore-photo');
  const finding = activeJob(jobs, photo.id, 'find-faces');
  // While faces are looked for the first time, a press is kept: the restore follows by itself.
  const isPlanned = finding !== undefined && restore.data?.id === finding.id;
  const isLookingAgain = finding !== undefined && photo.facesFoundAt !== null;
  const hasResult = latest !== null && latest !== undefined;
  const isCurrent = hasResult && latest.isCurrent;

  if (job !== undefined) {
    return (
      <div className={styles['action']}>
        <RunningRestore job={job} />
      </div>
    );
  }
  return (
    <div className={styles['action']}>
      <Text size="sm" c="dimmed" role="status" className={styles['status']}>
        {statusWords()}
      </Text>
      <div className={styles['buttons']}>
        <Button
          size="md"
          variant={isCurrent ? 'default' : 'filled'}
          leftSection={<IconSparkles size={18} aria-hidden />}
          disabled={isReadOnly || isLookingAgain || isCurrent}
          loading={restore.isPending || isPlanned}
          onClick={() => restore.mutate({ photoId: photo.id, findsFacesFirst: true })}
        >
          {hasResult && !isCurrent ? t('restore.update') : t('restore.restore')}
        </Button>
        <Button
          size="md"
          variant={isCurrent ? 'filled' : 'default'}
          leftSection={<IconDownload size={18} aria-hidden />}
          disabled={!hasResult}
          title={hasResult ? undefined : t('exporting.needsResult')}
          onClick={() => openDialog('export')}
        >
          {t('exporting.open')}
        </Button>
      </div>
    </div>
  );

  function statusWords(): string | null {
    if (isPlanned) return t('restore.afterFaces');
    if (finding !== undefined) return t('restore.waitingForFaces');
    if (!hasResult) return null;
    if (!isCurrent) return t('restore.editedSince');
    return t('restore.restoredIn', { duration: formats.duration(latest.result.elapsedMs / 1000) });
  }
}

function RunningRestore({ job }: { job: Job }): ReactNode {
  const { t } = useTranslation();
  const cancel = useCommand('jobs.cancel');
  return (
    <>
      <JobProgress job={job} label={t('restore.progress')} />
      <Button
        size="md"
        variant="default"
        loading={cancel.isPending}
        onClick={() => cancel.mutate({ jobId: job.id })}
      >
        {t('restore.cancel')}
      </Button>
    </>
  );
}

/** Queues a render; an answer that is already done means the result exists. */
export function useRestore() {
  const cache = useQueryClient();
  return useCommand('results.render', (job) => {
    cache.setQueryData<Job[]>(queryKeys.jobs, (jobs) =>
      jobs === undefined || jobs.some(({ id }) => id === job.id) ? jobs : [...jobs, job],
    );
    if (job.state === 'done' && job.photoId !== null)
      void cache.invalidateQueries({ queryKey: queryKeys.result(job.photoId) });
  });
}
