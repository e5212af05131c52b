// Puts a preset, or other edits, on many photos and their restores into the queue; says what was queued and what could not be.
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Edit } from '#shared/domain/edit.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { reportFailure } from '../../components/report-failure.tsx';
import { showNotice } from '../../components/show-notice.tsx';
import { type PresetName, presetEdits } from './presets.ts';

/** So many are named one by one; the rest are counted. */
const namedFailures = 3;

export interface Batch {
  readonly isPending: boolean;
  start(photos: readonly Photo[], preset: PresetName): void;
  /** Edits that name no face. */
  startWith(photos: readonly Photo[], edits: readonly Edit[]): void;
}

export function useBatch(): Batch {
  const client = useStudioClient();
  const { t } = useTranslation('gallery');
  const mutation = useMutation({
    mutationFn: (input: { photos: readonly Photo[]; edits: readonly Edit[] }) =>
      client.invoke('batches.start', {
        photoIds: input.photos.map(({ id }) => id),
        edits: [...input.edits],
      }),
    onSuccess({ queued, upToDate, failed }) {
      for (const { fileName, error } of failed.slice(0, namedFailures))
        reportFailure(error, t('notQueued', { fileName }));
      const sentences: string[] = [];
      if (queued > 0) sentences.push(t('queued', { count: queued }));
      if (upToDate > 0) sentences.push(t('upToDate', { count: upToDate }));
      if (failed.length > namedFailures) sentences.push(t('notQueuedMore', { count: failed.length }));
      if (sentences.length > 0) showNotice({ kind: 'information', message: sentences.join(' · ') });
    },
  });
  return {
    isPending: mutation.isPending,
    start: (photos, preset) => mutation.mutate({ photos, edits: presetEdits[preset] }),
    startWith: (photos, edits) => mutation.mutate({ photos, edits }),
  };
}
