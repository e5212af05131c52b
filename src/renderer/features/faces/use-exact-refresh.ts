// After a change of a face the exact picture follows by itself where that is quick and nobody else's wish is overruled.
import type { Edit } from '#shared/domain/edit.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { useJobs, useLatestResult } from '../../bridge/use-answers.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { useEdits } from '../edits/use-edits.ts';
import { activeJob } from '../jobs/job-lookup.ts';
import { useRestore } from '../restore/RestoreAction.tsx';
import { isRefreshSensible } from './refresh-rule.ts';

/** Applies an edit, then restores the photo again when that is sensible; a restore it makes stale is cancelled. */
export function useExactRefresh(photo: Photo): (edit: Edit) => Promise<void> {
  const { applied } = useEdits(photo.id);
  const { data: latest } = useLatestResult(photo.id);
  const { data: jobs } = useJobs();
  const cancel = useCommand('jobs.cancel');
  const restore = useRestore();
  return async (edit) => {
    const stale = activeJob(jobs, photo.id, 'restore-photo');
    const refreshes = isRefreshSensible({
      elapsedMs: latest?.result.elapsedMs ?? null,
      isCurrent: latest?.isCurrent ?? false,
      isRestoring: stale !== undefined,
    });
    // A refused edit is shown by useEdits; nothing is left to refresh then.
    if (!(await applied(edit)) || !refreshes) return;
    // It may have ended meanwhile: then there is nothing to cancel.
    if (stale !== undefined) await cancel.mutateAsync({ jobId: stale.id }).catch(() => undefined);
    restore.mutate({ photoId: photo.id, findsFacesFirst: true });
  };
}
