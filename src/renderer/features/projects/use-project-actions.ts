// Opening, making and closing projects; native dialogs where there are some.
import { useQueryClient } from '@tanstack/react-query';
import type { Project } from '#shared/domain/project.ts';
import { queryKeys } from '../../bridge/query-keys.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { useApp } from '../../bridge/use-answers.ts';
import { reportFailure } from '../../components/report-failure.tsx';
import { useStudioState } from '../studio/studio-state.tsx';

export interface ProjectActions {
  /** Asks which project; does nothing where there is no native dialog. */
  open(): void;
  openAt(documentPath: string): void;
  /** Asks where in a desktop window; untitled elsewhere. */
  create(): void;
  close(): void;
}

export function useProjectActions(): ProjectActions {
  const client = useStudioClient();
  const cache = useQueryClient();
  const { data: app } = useApp();
  const { selectPhoto, setPage } = useStudioState();
  const hasDialogs = app?.hasNativeDialogs ?? false;

  const show = (project: Project | null): void => {
    selectPhoto(null);
    setPage('photos');
    cache.setQueryData(queryKeys.project, project);
    void cache.resetQueries({ queryKey: queryKeys.photos });
    void cache.resetQueries({ queryKey: queryKeys.jobs });
    void cache.invalidateQueries({ queryKey: queryKeys.recentProjects });
  };
  const openAt = (documentPath: string): void => {
    client.invoke('project.open', { documentPath }).then(show, reportFailure);
  };
  const choose = async (purpose: 'open-project' | 'new-project'): Promise<string | undefined> =>
    (await client.invoke('dialogs.choose', { purpose }))[0];

  return {
    openAt,
    open() {
      if (!hasDialogs) return;
      choose('open-project').then((path) => path !== undefined && openAt(path), reportFailure);
    },
    create() {
      const made = async (): Promise<void> => {
        const documentPath = hasDialogs ? await choose('new-project') : null;
        if (documentPath !== undefined) show(await client.invoke('project.create', { documentPath }));
      };
      made().catch(reportFailure);
    },
    close() {
      client.invoke('project.close', {}).then(() => show(null), reportFailure);
    },
  };
}
