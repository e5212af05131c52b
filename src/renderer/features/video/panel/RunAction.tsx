// The foot of the panel: restore, watch, pause, go on, give up, export. Always in sight.
import { Button, Text } from '@mantine/core';
import { IconDownload, IconPlayerPause, IconSparkles } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '#shared/domain/job.ts';
import type { Clip } from '#shared/domain/project-clip.ts';
import { queryKeys } from '../../../bridge/query-keys.ts';
import { useJobs } from '../../../bridge/use-answers.ts';
import { useCommand } from '../../../bridge/use-command.ts';
import { FailureWords } from '../../../components/FailureWords.tsx';
import { PathDialog } from '../../projects/PathDialog.tsx';
import restore from '../../restore/Restore.module.css';
import { activeClipJob, lastClipJob } from '../clip-jobs.ts';
import { useIsFfmpegMissing } from '../FfmpegHint.tsx';
import { useExportClip } from '../use-export-clip.ts';
import styles from './ClipPanel.module.css';
import { RunProgress } from './RunProgress.tsx';

export function RunAction({ clip, isReadOnly }: { clip: Clip; isReadOnly: boolean }): ReactNode {
  const { t } = useTranslation('video');
  const { data: jobs } = useJobs();
  const running = activeClipJob(jobs, clip.id, 'restore-clip');
  return (
    <div className={restore['action']}>
      {running === undefined ? (
        <IdleRun clip={clip} isReadOnly={isReadOnly} last={lastClipJob(jobs, clip.id, 'restore-clip')} />
      ) : (
        <>
          <RunProgress clip={clip} job={running} label={t('run.progress')} />
          <PauseButton job={running} />
        </>
      )}
    </div>
  );
}

function PauseButton({ job }: { job: Job }): ReactNode {
  const { t } = useTranslation(['video', 'studio']);
  const cancel = useCommand('jobs.cancel');
  return (
    <>
      <Button
        size="md"
        variant="default"
        leftSection={<IconPlayerPause size={18} aria-hidden />}
        loading={cancel.isPending}
        onClick={() => cancel.mutate({ jobId: job.id })}
      >
        {job.state === 'queued' ? t('studio:app.cancel') : t('run.pause')}
      </Button>
      {job.state === 'running' && (
        <Text size="xs" c="dimmed">
          {t('run.pauseHint')}
        </Text>
      )}
    </>
  );
}

interface IdleProps {
  readonly clip: Clip;
  readonly isReadOnly: boolean;
  readonly last: Job | undefined;
}

function IdleRun({ clip, isReadOnly, last }: IdleProps): ReactNode {
  const { t } = useTranslation(['video', 'studio']);
  const run = useRestoreClip();
  const exporting = useExportClip(clip);
  const isMissing = useIsFfmpegMissing();
  const [isAsking, setIsAsking] = useState(false);
  const { result, keptParts } = clip;
  const isCurrent = result?.isCurrent ?? false;
  const hasParts = keptParts > 0 && !isCurrent;
  const hasFailed = last?.state === 'failed' && last.error !== null && !isCurrent;
  const words = hasFailed
    ? hasParts
      ? t('run.keptAfterFailure', { count: keptParts })
      : t('studio:jobs.kept.restore-clip')
    : hasParts
      ? t('run.interrupted', { count: keptParts })
      : result === null
        ? null
        : isCurrent
          ? t('run.upToDate')
          : t('run.editedSince');
  return (
    <>
      {hasFailed && last.error !== null && (
        <div role="alert">
          <FailureWords error={last.error} />
        </div>
      )}
      <Text size="sm" c="dimmed" role="status" className={restore['status']}>
        {words}
      </Text>
      <div className={restore['buttons']}>
        <Button
          size="md"
          variant={isCurrent ? 'default' : 'filled'}
          leftSection={<IconSparkles size={18} aria-hidden />}
          disabled={isReadOnly || isCurrent || isMissing || clip.problem !== null}
          loading={run.isPending}
          onClick={() => run.mutate({ clipId: clip.id })}
        >
          {hasParts ? t('run.goOn') : result !== null && !isCurrent ? t('run.update') : t('run.restore')}
        </Button>
        <Button
          size="md"
          variant={isCurrent ? 'filled' : 'default'}
          leftSection={<IconDownload size={18} aria-hidden />}
          disabled={result === null}
          title={result === null ? t('run.needsResult') : undefined}
          loading={exporting.isPending}
          onClick={() => (exporting.needsPath ? setIsAsking(true) : exporting.start())}
        >
          {t('run.export')}
        </Button>
      </div>
      {hasParts && <GiveUp clip={clip} isReadOnly={isReadOnly} />}
      <PathDialog
        isOpen={isAsking}
        title={t('run.folderTitle')}
        label={t('run.folder')}
        hint={t('run.folderHint')}
        action={t('run.export')}
        initialPath=""
        onClose={() => setIsAsking(false)}
        onChosen={exporting.exportTo}
      />
    </>
  );
}

/** Hours of work may lie in the parts: asked once before they go. */
function GiveUp({ clip, isReadOnly }: { clip: Clip; isReadOnly: boolean }): ReactNode {
  const { t } = useTranslation(['video', 'studio']);
  const [isAsking, setIsAsking] = useState(false);
  const discard = useCommand('clips.discard-parts', () => setIsAsking(false));
  if (!isAsking) {
    return (
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        disabled={isReadOnly}
        onClick={() => setIsAsking(true)}
      >
        {t('run.giveUp')}
      </Button>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a question with its two answers, no field set of a form
    <div className={styles['row']} role="group" aria-label={t('run.giveUpQuestion')}>
      <Text size="sm" className={styles['grow'] ?? ''}>
        {t('run.giveUpQuestion')}
      </Text>
      <Button
        size="compact-sm"
        color="red.9"
        autoFocus
        loading={discard.isPending}
        onClick={() => discard.mutate({ clipId: clip.id })}
      >
        {t('run.giveUpConfirm')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => setIsAsking(false)}>
        {t('run.keepParts')}
      </Button>
    </div>
  );
}

/** Queues a run; an answer that is already done means the result exists. */
export function useRestoreClip() {
  const cache = useQueryClient();
  return useCommand('clips.restore', (job) => {
    cache.setQueryData<Job[]>(queryKeys.jobs, (jobs) =>
      jobs === undefined || jobs.some(({ id }) => id === job.id) ? jobs : [...jobs, job],
    );
    if (job.state === 'done') void cache.invalidateQueries({ queryKey: queryKeys.clips });
  });
}
