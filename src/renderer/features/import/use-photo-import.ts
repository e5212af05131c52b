// Takes photos in: makes an untitled project when none is open, uploads where there are no paths,
// reports duplicates and bad files, selects the first new photo and has its faces found.
import { useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CommandOutput, FileSource } from '#shared/contract/commands.ts';
import { queryKeys } from '../../bridge/query-keys.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import type { StudioClient } from '../../bridge/studio-client.ts';
import { uploadFile } from '../../bridge/upload-file.ts';
import { reportFailure } from '../../components/report-failure.tsx';
import { showNotice } from '../../components/show-notice.tsx';
import { useStudioState } from '../studio/studio-state.tsx';

type ImportReport = CommandOutput<'photos.import'>;

const importKey = ['photo-import'];

/** True while any part of the window is taking photos in. */
export const useIsImporting = (): boolean => useIsMutating({ mutationKey: importKey }) > 0;

export interface PhotoImport {
  importFiles(files: readonly File[]): void;
  importPaths(paths: readonly string[]): void;
}

export function usePhotoImport(): PhotoImport {
  const client = useStudioClient();
  const cache = useQueryClient();
  const { t } = useTranslation();
  const { selectPhoto, setPage } = useStudioState();

  const mutation = useMutation({
    mutationKey: importKey,
    mutationFn: async (input: { files: readonly File[]; paths: readonly string[] }) => {
      const project = await client.invoke('project.current', {});
      if (project === null) {
        cache.setQueryData(queryKeys.project, await client.invoke('project.create', { documentPath: null }));
      }
      const { sources, refused } = await sourcesOf(client, input);
      for (const error of refused) reportFailure(error);
      if (sources.length === 0) return null;
      const report = await client.invoke('photos.import', { sources });
      await cache.invalidateQueries({ queryKey: queryKeys.photos });
      await findFaces(client, report);
      return report;
    },
    onSuccess(report) {
      if (report === null) return;
      const first = report.imported[0]?.id ?? report.duplicates[0]?.photoId;
      if (first !== undefined) {
        selectPhoto(first);
        setPage('photos');
      }
      tell(report);
    },
  });

  function tell(report: ImportReport): void {
    for (const { fileName, error } of report.failed.slice(0, 3)) {
      reportFailure(error, t('dropping.failedFile', { fileName }));
    }
    const sentences: string[] = [];
    if (report.duplicates.length > 0) {
      sentences.push(t('dropping.duplicates', { count: report.duplicates.length }));
    }
    if (report.failed.length > 3) sentences.push(t('dropping.failed', { count: report.failed.length }));
    if (sentences.length > 0 || report.imported.length > 1) {
      if (report.imported.length > 0)
        sentences.unshift(t('dropping.added', { count: report.imported.length }));
      showNotice({ kind: 'information', message: sentences.join(' · ') });
    }
  }

  return {
    importFiles: (files) => files.length > 0 && mutation.mutate({ files, paths: [] }),
    importPaths: (paths) => paths.length > 0 && mutation.mutate({ files: [], paths }),
  };
}

/** One bad upload never hides the others. */
async function sourcesOf(
  client: StudioClient,
  input: { files: readonly File[]; paths: readonly string[] },
): Promise<{ sources: FileSource[]; refused: unknown[] }> {
  const sources: FileSource[] = input.paths.map((path) => ({ kind: 'path', path }));
  const refused: unknown[] = [];
  for (const file of input.files) {
    const path = client.pathOfFile(file);
    try {
      sources.push(
        path === null ? { kind: 'upload', uploadId: await uploadFile(file) } : { kind: 'path', path },
      );
    } catch (error) {
      refused.push(error);
    }
  }
  return { sources, refused };
}

/** Photos whose faces nobody looks for yet. */
async function findFaces(client: StudioClient, report: ImportReport): Promise<void> {
  const waiting = report.imported.filter(({ facesFoundAt }) => facesFoundAt === null);
  if (waiting.length === 0) return;
  const jobs = await client.invoke('jobs.list', {});
  for (const { id } of waiting) {
    const isLookedAt = jobs.some((job) => job.photoId === id && job.kind === 'find-faces');
    if (!isLookedAt) await client.invoke('faces.find', { photoId: id });
  }
}
