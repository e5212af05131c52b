// Named versions of a photo: listed, kept, opened, forgotten.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { PhotoId } from '#shared/domain/ids.ts';
import type { HistoryVersion } from '#shared/domain/version.ts';
import { queryKeys } from '../../bridge/query-keys.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { useCommand } from '../../bridge/use-command.ts';

const noVersions: readonly HistoryVersion[] = [];

export function useVersions(photoId: PhotoId) {
  const client = useStudioClient();
  const cache = useQueryClient();
  const queryKey = queryKeys.versions(photoId);
  const { data } = useQuery({ queryKey, queryFn: () => client.invoke('versions.list', { photoId }) });
  const save = useCommand('versions.save', (versions) => cache.setQueryData(queryKey, versions));
  const remove = useCommand('versions.remove', (versions) => cache.setQueryData(queryKey, versions));
  // Opening may keep what was there before as one more version.
  const open = useCommand('versions.open', () => void cache.invalidateQueries({ queryKey }));
  return { versions: data ?? noVersions, save, remove, open };
}
