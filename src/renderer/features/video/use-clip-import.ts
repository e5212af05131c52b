// Takes films in: makes an untitled project when none is open, uploads where there are no paths, says what was there
// already and what cannot be read, and opens the first that came in.
import { useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CommandOutput, FileSource } from '#shared/contract/commands.ts';
import { queryKeys } from '../../bridge/query-keys.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { uploadFile } from '../../bridge/upload-file.ts';
import { reportFailure } from '../../components/report-failure.tsx';
import { showNotice } from '../../components/show-notice.tsx';
import { beginImport, endImport, reportImport } from '../import/import-progress.ts';
import { useStudioState } from '../studio/studio-state.tsx';

type ClipReport = CommandOutput<'clips.import'>;

interface Wanted {
  readonly files: readonly File[];
  readonly paths: readonly string[];
  /** Of folders of pictures. */
  readonly framesPerSecond?: number;
}

export interface ClipImport {
  importFilms(films: Wanted): void;
}

const importKey = ['clip-import'];
/** More failures than these are counted, not told one by one. */
const toldFailures = 3;

/** True while any part of the window is taking films in. */
export const useIsImportingClips = (): boolean => useIsMutating({ mutationKey: importKey }) > 0;

export function useClipImport(): ClipImport {
  const client = useStudioClient();
  const cache = useQueryClient();
  const { t } = useTranslation('video');
  const { selectClip, setPage } = useStudioState();

  const mutation = useMutation({
    mutationKey: importKey,
    mutationFn: async (wanted: Wanted): Promise<ClipReport> => {
      if ((await client.invoke('project.current', {})) === null) {
        cache.setQueryData(queryKeys.project, await client.invoke('project.create', { documentPath: null }));
      }
      const whole: ClipReport = { imported: [], duplicates: [], failed: [] };
      const total = wanted.files.length + wanted.paths.length;
      const stop = beginImport(total);
      try {
        // One by one: a film can be gigabytes, and a person wants to see each come in.
        const waiting: (File | string)[] = [...wanted.files, ...wanted.paths];
        for (const [done, each] of waiting.entries()) {
          if (stop.aborted) break;
          reportImport({ done, total });
          await takeIn(each, stop, wanted.framesPerSecond, whole);
        }
      } finally {
        endImport();
        await cache.invalidateQueries({ queryKey: queryKeys.clips });
      }
      return whole;
    },
    onSuccess(report) {
      const first = report.imported[0]?.id ?? report.duplicates[0]?.clipId;
      if (first !== undefined) {
        selectClip(first);
        setPage('films');
      }
      tell(report);
    },
  });

  /** One bad film never hides the others. */
  async function takeIn(
    film: File | string,
    stop: AbortSignal,
    framesPerSecond: number | undefined,
    whole: ClipReport,
  ): Promise<void> {
    try {
      const report = await client.invoke('clips.import', {
        sources: [await sourceOf(film, stop)],
        ...(framesPerSecond === undefined ? {} : { sequenceFramesPerSecond: framesPerSecond }),
      });
      whole.imported.push(...report.imported);
      whole.duplicates.push(...report.duplicates);
      whole.failed.push(...report.failed);
    } catch (error) {
      if (!stop.aborted) reportFailure(error, t('adding.failed', { fileName: nameOf(film) }));
    }
  }
  async function sourceOf(film: File | string, stop: AbortSignal): Promise<FileSource> {
    if (typeof film === 'string') return { kind: 'path', path: film };
    const path = client.pathOfFile(film);
    return path === null
      ? { kind: 'upload', uploadId: await uploadFile(film, stop) }
      : { kind: 'path', path };
  }
  function tell({ imported, duplicates, failed }: ClipReport): void {
    for (const { fileName, error } of failed.slice(0, toldFailures)) {
      reportFailure(error, t('adding.failed', { fileName }));
    }
    const sentences = [
      ...(imported.length > 1 ? [t('adding.added', { count: imported.length })] : []),
      ...(duplicates.length > 0 ? [t('adding.duplicates', { count: duplicates.length })] : []),
      ...(failed.length > toldFailures ? [t('adding.failedMore', { count: failed.length })] : []),
    ];
    if (sentences.length > 0) showNotice({ kind: 'information', message: sentences.join(' · ') });
  }

  return {
    importFilms(films) {
      if (films.files.length + films.paths.length > 0) mutation.mutate(films);
    },
  };
}

function nameOf(film: File | string): string {
  return typeof film === 'string' ? (film.split(/[\\/]/).findLast((part) => part !== '') ?? film) : film.name;
}
