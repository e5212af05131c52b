// Says where an export went; in a browser it fetches the offered file. Draws nothing.
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../bridge/use-answers.ts';
import { useEvent } from '../../bridge/use-event.ts';
import { showNotice } from '../../components/show-notice.tsx';

export function ExportNews(): null {
  const { t } = useTranslation();
  const { data: app } = useApp();
  /** Jobs told of already: an event may come again after a broken connection. */
  const told = useRef(new Set<string>());
  const startedAt = useRef(new Date().toISOString());

  useEvent('export.offered', ({ jobId, address, fileName }) => {
    if (told.current.has(jobId)) return;
    told.current.add(jobId);
    download(address, fileName);
    showNotice({
      kind: 'success',
      title: t('exporting.savedTitle'),
      message: t('exporting.offered', { fileName }),
    });
  });
  useEvent('job.changed', ({ job }) => {
    // Where there are no native dialogs every export is a download, told by its own event.
    if (!app?.hasNativeDialogs) return;
    if (job.kind !== 'export-photo' || job.state !== 'done' || job.outputPath === null) return;
    if (told.current.has(job.id) || job.createdAt < startedAt.current) return;
    told.current.add(job.id);
    showNotice({
      kind: 'success',
      title: t('exporting.savedTitle'),
      message: t('exporting.savedTo', { path: job.outputPath }),
    });
  });
  return null;
}

function download(address: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
}
