// Says aloud when a job ends badly, once, and what to do, until it is tried again. Draws nothing.
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobId } from '#shared/domain/ids.ts';
import { useEvent } from '../../bridge/use-event.ts';
import { reportFailure } from '../../components/report-failure.tsx';
import { useJobSubject } from './use-job-subject.ts';

export function JobFailures(): null {
  const { t } = useTranslation();
  const subjectOf = useJobSubject();
  /** Failed jobs, each with what takes its notice away. */
  const told = useRef(new Map<JobId, () => void>());
  useEvent('job.changed', ({ job }) => {
    if (job.state !== 'failed') {
      told.current.get(job.id)?.();
      told.current.delete(job.id);
    }
    if (job.state !== 'failed' || job.error === null || told.current.has(job.id)) return;
    const { fileName } = subjectOf(job);
    const title = t('jobs.failedTitle', { kind: t(`jobs.kinds.${job.kind}`), fileName });
    told.current.set(job.id, reportFailure(job.error, title));
  });
  useEvent('failure.reported', ({ error }) => reportFailure(error));
  return null;
}
