// Tells through the system when long work ends while nobody looks at the window. Draws nothing.
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '../../bridge/use-answers.ts';
import { useEvent } from '../../bridge/use-event.ts';
import { deservesNotification } from './done-news.ts';
import { useJobSubject } from './use-job-subject.ts';

export function DoneNotifications(): null {
  const { t } = useTranslation();
  const { data: settings } = useSettings();
  const subjectOf = useJobSubject();
  /** What was heard of and has not ended, and how the work since the last pause went. */
  const open = useRef(new Set<string>());
  const work = useRef({ began: '', done: 0, failed: 0 });

  useEvent('job.changed', ({ job }) => {
    if (job.state === 'queued' || job.state === 'running') {
      if (open.current.size === 0) work.current = { began: job.createdAt, done: 0, failed: 0 };
      open.current.add(job.id);
      return;
    }
    if (!open.current.delete(job.id)) return;
    if (job.state === 'done') work.current.done += 1;
    if (job.state === 'failed') work.current.failed += 1;
    const isWanted = settings?.notifiesWhenDone === true && mayNotify();
    const isWindowSeen = document.visibilityState === 'visible' && document.hasFocus();
    const { began, done, failed } = work.current;
    const end = { job, othersLeft: open.current.size, workBegan: began, isWindowSeen };
    if (!isWanted || !deservesNotification(end)) return;
    const title =
      done + failed === 1
        ? t(job.state === 'failed' ? 'jobs.failedTitle' : 'jobs.finished', {
            kind: t(`jobs.kinds.${job.kind}`),
            fileName: subjectOf(job).fileName,
          })
        : t('jobs.allFinished', { count: done });
    const body = failed > 0 && done + failed > 1 ? t('jobs.someFailed', { count: failed }) : '';
    const notification = new Notification(title, { body, tag: 'heirloom-work' });
    notification.onclick = () => {
      window.focus();
      notification.close();
    };
  });
  return null;
}

export const mayNotify = (): boolean =>
  typeof Notification !== 'undefined' && Notification.permission === 'granted';
