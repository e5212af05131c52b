// Takes photos in: makes an untitled project when none is open, uploads where there are no paths,
// reports duplicates and bad files, shows what came in and has its faces found. In portions, so that progress shows
// and a person can stop.
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
import { beginImport, endImport, reportImport } from './import-progress.ts';

type ImportReport = CommandOutput<'photos.import'>;

const importKey = ['photo-import'];

/** True while any part of the window is taking photos in. */
export const useIsImporting = (): boolean => useIsMutating({ mutationKey: importKey }) > 0;

export interface PhotoImport {
  importFiles(files: readonly File[]): void;
  importPaths(paths: readonly string[]): void;
  /** The photo that comes with the program. */
  importSample(): void;
}

interface Wanted {
  readonly files: readonly File[];
  readonly paths: readonly string[];
  readonly isSample?: boolean;
}

/** Uploads per import: enough to hide the round trip, few enough to stop soon. */
const portionSize = 12;

export function usePhotoImport(): PhotoImport {
  const client = useStudioClient();
  const cache = useQueryClient();
  const { t } = useTranslation();
  const { selectPhoto, setPage } = useStudioState();

  const mutation = useMutation({
    mutationKey: importKey,
    mutationFn: async (input: Wanted) => {
      const project = await client.invoke('project.current', {});
      if (project === null) {
        cache.setQueryData(queryKeys.project, await client.invoke('project.create', { documentPath: null }));
      }
      const stop = beginImport(input.files.length + input.paths.length);
      try {
        return await importInPortions(input, stop);
      } finally {
        endImport();
        await cache.invalidateQueries({ queryKey: queryKeys.photos });
        // Adding a file again also puts a lost original back.
        void cache.invalidateQueries({ queryKey: queryKeys.originalProblems });
      }
    },
    onSuccess(report) {
      const first = report.imported[0]?.id ?? report.duplicates[0]?.photoId;
      if (first !== undefined) {
        selectPhoto(first);
        setPage(report.imported.length > 1 ? 'gallery' : 'photos');
      }
      tell(report);
    },
  });

  async function importInPortions({ files, paths, isSample }: Wanted, stop: AbortSignal) {
    const whole: ImportReport = { imported: [], duplicates: [], failed: [] };
    const total = files.length + paths.length;
    // Paths in one go: main expands folders and says how far it is. Uploads by the dozen, so that none waits on a disk.
    const portions: Wanted[] = paths.length > 0 ? [{ files: [], paths }] : [];
    for (let at = 0; at < files.length; at += portionSize)
      portions.push({ files: files.slice(at, at + portionSize), paths: [] });
    if (isSample) portions.push({ files: [], paths: [] });
    for (const portion of portions) {
      if (stop.aborted) break;
      const { sources, refused } = await sourcesOf(client, portion);
      for (const error of refused) reportFailure(error);
      if (sources.length === 0 && !isSample) continue;
      const report = isSample
        ? await client.invoke('photos.import-sample', {})
        : await client.invoke('photos.import', { sources });
      whole.imported.push(...report.imported);
      whole.duplicates.push(...report.duplicates);
      whole.failed.push(...report.failed);
      if (portion.files.length > 0) {
        const done = whole.imported.length + whole.duplicates.length + whole.failed.length;
        reportImport({ done: Math.min(done, total), total });
      }
      await findFaces(client, report);
    }
    return whole;
  }

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
    importSample: () => mutation.mutate({ files: [], paths: [], isSample: true }),
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
