// Opening, making and closing projects; native dialogs where there are some.
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Project } from '#shared/domain/project.ts';
import { queryKeys } from '../../bridge/query-keys.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { useApp } from '../../bridge/use-answers.ts';
import { reportFailure } from '../../components/report-failure.tsx';
import { showNotice } from '../../components/show-notice.tsx';
import { useFormats } from '../../formatting/use-formats.ts';

export interface ProjectActions {
  /** Asks which project; does nothing where there is no native dialog. */
  open(): void;
  openAt(documentPath: string): void;
  /** Asks where in a desktop window; untitled elsewhere. */
  create(): void;
  close(): void;
  /** Where a copy is suggested to go. */
  copyPathOf(project: Project): string;
  /** Asks where in a desktop window; false where somebody else has to ask. */
  saveCopy(project: Project): boolean;
  saveCopyAt(documentPath: string): void;
  compact(): void;
}

export function useProjectActions(): ProjectActions {
  const client = useStudioClient();
  const cache = useQueryClient();
  const { t } = useTranslation('projects');
  const formats = useFormats();
  const { data: app } = useApp();
  const hasDialogs = app?.hasNativeDialogs ?? false;

  const show = (project: Project | null): void => {
    cache.setQueryData(queryKeys.project, project);
    void cache.resetQueries({ queryKey: queryKeys.photos });
    void cache.resetQueries({ queryKey: queryKeys.jobs });
    void cache.invalidateQueries({ queryKey: queryKeys.recentProjects });
  };
  const openAt = (documentPath: string): void => {
    client.invoke('project.open', { documentPath }).then(show, reportFailure);
  };
  const choose = async (
    purpose: 'open-project' | 'new-project',
    suggestedName?: string,
  ): Promise<string | undefined> =>
    (
      await client.invoke(
        'dialogs.choose',
        suggestedName === undefined ? { purpose } : { purpose, suggestedName },
      )
    )[0];
  const saveCopyAt = (documentPath: string): void => {
    client.invoke('project.save-copy', { documentPath }).then((copy) => {
      void cache.invalidateQueries({ queryKey: queryKeys.recentProjects });
      showNotice({
        kind: 'success',
        message: t('copied', { path: copy.documentPath }),
        action: { label: t('openCopy'), run: () => openAt(copy.documentPath) },
      });
    }, reportFailure);
  };

  return {
    saveCopyAt,
    copyPathOf({ documentPath, name }) {
      const separator = documentPath.includes('\\') ? '\\' : '/';
      // Beside the project's own folder: <parent>/<folder>/<document>.
      const parent = documentPath.split(separator).slice(0, -2);
      return [...parent, t('copyName', { name })].join(separator);
    },
    saveCopy(project) {
      if (!hasDialogs) return false;
      choose('new-project', t('copyName', { name: project.name })).then(
        (path) => path !== undefined && saveCopyAt(path),
        reportFailure,
      );
      return true;
    },
    compact() {
      client.invoke('project.compact', {}).then(({ freedBytes }) => {
        void cache.invalidateQueries({ queryKey: queryKeys.faceKeyframes });
        showNotice({ kind: 'success', message: t('compacted', { size: formats.bytes(freedBytes) }) });
      }, reportFailure);
    },
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
