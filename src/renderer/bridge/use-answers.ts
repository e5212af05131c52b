// The cached answers of main, one hook each. Data is undefined until the first answer.
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { CommandInput, CommandName, CommandOutput } from '#shared/contract/commands.ts';
import type { JobId, PhotoId } from '#shared/domain/ids.ts';
import type { Progress } from '#shared/domain/job.ts';
import { queryKeys } from './query-keys.ts';
import { useStudioClient } from './StudioClientProvider.tsx';

function useAnswer<N extends CommandName>(
  key: readonly unknown[],
  name: N,
  input: CommandInput<N>,
  enabled = true,
): UseQueryResult<CommandOutput<N>> {
  const client = useStudioClient();
  return useQuery({ queryKey: key, queryFn: () => client.invoke(name, input), enabled });
}

export const useApp = () => useAnswer(queryKeys.app, 'app.describe', {});
export const useSettings = () => useAnswer(queryKeys.settings, 'settings.read', {});
export const useProject = () => useAnswer(queryKeys.project, 'project.current', {});
export const useRecentProjects = () => useAnswer(queryKeys.recentProjects, 'project.list-recent', {});
export const useModels = () => useAnswer(queryKeys.models, 'models.list', {});
export const useModelsFolder = () => useAnswer(queryKeys.modelsFolder, 'models.folder', {});
export const useEngine = () => useAnswer(queryKeys.engine, 'engine.status', {});

/** Empty while no project is open. */
export function usePhotos() {
  const { data: project } = useProject();
  return useAnswer(queryKeys.photos, 'photos.list', {}, project !== null && project !== undefined);
}

export function useJobs() {
  const { data: project } = useProject();
  return useAnswer(queryKeys.jobs, 'jobs.list', {}, project !== null && project !== undefined);
}

export function useJobsPaused() {
  const { data: project } = useProject();
  const isOpen = project !== null && project !== undefined;
  return useAnswer(queryKeys.jobsPaused, 'jobs.is-paused', {}, isOpen);
}

export const useFaces = (photoId: PhotoId) => useAnswer(queryKeys.faces(photoId), 'faces.list', { photoId });
export const useHistory = (photoId: PhotoId) =>
  useAnswer(queryKeys.history(photoId), 'edits.history', { photoId });

/** Nothing is asked for while no photo is given. */
export function useLatestResult(photoId: PhotoId | null) {
  const client = useStudioClient();
  return useQuery({
    queryKey: photoId === null ? ['result', null] : queryKeys.result(photoId),
    queryFn: () => (photoId === null ? null : client.invoke('results.latest', { photoId })),
  });
}

/** The last progress told of a job; filled by events only. */
export function useProgress(jobId: JobId | undefined): Progress | undefined {
  const { data } = useQuery<Progress>({
    queryKey: jobId === undefined ? ['progress', null] : queryKeys.progress(jobId),
    queryFn: () => Promise.reject(new Error('progress comes by events')),
    enabled: false,
  });
  return data;
}
