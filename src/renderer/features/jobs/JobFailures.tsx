// Says aloud when a job ends badly, once, and what to do. Draws nothing.
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobId } from '#shared/domain/ids.ts';
import { useEvent } from '../../bridge/use-event.ts';
import { reportFailure } from '../../components/report-failure.tsx';
import { useJobSubject } from './use-job-subject.ts';

export function JobFailures(): null {
  const { t } = useTranslation();
  const subjectOf = useJobSubject();
  const told = useRef(new Set<JobId>());
  useEvent('job.changed', ({ job }) => {
    if (job.state !== 'failed') told.current.delete(job.id);
    if (job.state !== 'failed' || job.error === null || told.current.has(job.id)) return;
    told.current.add(job.id);
    const { fileName } = subjectOf(job);
    reportFailure(job.error, t('jobs.failedTitle', { kind: t(`jobs.kinds.${job.kind}`), fileName }));
  });
  useEvent('failure.reported', ({ error }) => reportFailure(error));
  return null;
}
