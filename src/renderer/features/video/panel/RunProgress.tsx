// How far the work on a film is: what happens, frames of frames, frames a second, time left.
import { Progress, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '#shared/domain/job.ts';
import type { Clip } from '#shared/domain/project-clip.ts';
import { useProgress } from '../../../bridge/use-answers.ts';
import { useFormats } from '../../../formatting/use-formats.ts';
import { useClipProgress } from '../use-clips.ts';
import styles from './ClipPanel.module.css';

export function RunProgress({ clip, job, label }: { clip: Clip; job: Job; label: string }): ReactNode {
  const { t } = useTranslation(['video', 'studio']);
  const formats = useFormats();
  const told = useClipProgress(clip.id);
  const overall = useProgress(job.id);
  const progress = told?.jobId === job.id ? told.progress : null;
  const fraction = Math.max(job.fraction, overall?.fraction ?? 0);
  const phase = phaseOf();
  const frames =
    progress === null
      ? null
      : progress.totalFrames === null
        ? t('run.framesDone', { done: formats.whole(progress.doneFrames) })
        : t('run.frames', {
            done: formats.whole(progress.doneFrames),
            total: formats.whole(Math.max(progress.totalFrames, progress.doneFrames)),
          });
  function phaseOf(): string {
    if (job.state === 'queued') return t('run.queued');
    if (progress === null) return t('run.starting');
    return progress.isHeld ? t('run.held') : t(`phases.${progress.phase}`);
  }
  const pace = progress === null || progress.isHeld ? null : progress;
  const rate = pace?.framesPerSecond ?? null;
  const eta = pace?.etaSeconds ?? null;
  return (
    <div>
      <Progress.Root size="md" radius="xl" mb={6}>
        <Progress.Section
          value={fraction * 100}
          color="verdigris"
          aria-label={label}
          aria-valuetext={`${formats.percent(fraction)}, ${phase}`}
          animated={job.state === 'running'}
        />
      </Progress.Root>
      <Text size="sm" component="p" m={0}>
        {phase} · {formats.percent(fraction)}
      </Text>
      <div className={styles['numbers']} data-testid="run-numbers">
        <span>{frames}</span>
        {rate !== null && rate > 0 && (
          <span>{t('run.rate', { rate: rate < 10 ? rate.toFixed(1) : Math.round(rate) })}</span>
        )}
        {eta !== null && eta >= 1 && (
          <span>{t('studio:restore.remaining', { duration: formats.duration(eta) })}</span>
        )}
      </div>
    </div>
  );
}
