// The window: bar on top, one page below, dialogs and drop target over both.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useProject } from '../../bridge/use-answers.ts';
import { ErrorBoundary } from '../../components/ErrorBoundary.tsx';
import { ExportDialog } from '../exports/ExportDialog.tsx';
import { ExportNews } from '../exports/ExportNews.tsx';
import { ExportSelectionDialog } from '../exports/ExportSelectionDialog.tsx';
import { GalleryPage } from '../gallery/GalleryPage.tsx';
import { DropOverlay } from '../import/DropOverlay.tsx';
import { ImportProgress } from '../import/ImportProgress.tsx';
import { DoneNotifications } from '../jobs/DoneNotifications.tsx';
import { JobFailures } from '../jobs/JobFailures.tsx';
import { ModelsPage } from '../models/ModelsPage.tsx';
import { CommandPalette } from '../palette/CommandPalette.tsx';
import { PhotoPage } from '../photos/PhotoPage.tsx';
import { useProjectView } from '../projects/use-project-view.ts';
import { DeviceNews } from '../settings/DeviceNews.tsx';
import { EngineNews } from '../settings/EngineNews.tsx';
import { SettingsDialog } from '../settings/SettingsDialog.tsx';
import { useAppliedSettings } from '../settings/use-applied-settings.ts';
import { ShortcutsDialog } from '../shortcuts/ShortcutsDialog.tsx';
import { Tour } from '../tour/Tour.tsx';
import { ClipNews } from '../video/ClipNews.tsx';
import { VideoPage } from '../video/VideoPage.tsx';
import { WelcomePage } from '../welcome/WelcomePage.tsx';
import styles from './Studio.module.css';
import { useStudioState } from './studio-state.tsx';
import { TopBar } from './TopBar.tsx';
import { useStudioInput } from './use-studio-input.ts';

export function StudioShell(): ReactNode {
  const { t } = useTranslation();
  const { page } = useStudioState();
  const { data: project } = useProject();
  useAppliedSettings();
  useStudioInput();
  const isViewKnown = useProjectView();
  const hasProject = project !== null && project !== undefined && isViewKnown;
  return (
    <div className={styles['shell']}>
      <a className={styles['skip']} href="#content">
        {t('app.skipToContent')}
      </a>
      <TopBar />
      <main className={styles['content']} id="content" tabIndex={-1}>
        <ErrorBoundary key={page}>
          {page === 'models' && <ModelsPage />}
          {page !== 'models' && project === null && <WelcomePage />}
          {page === 'gallery' && hasProject && <GalleryPage />}
          {page === 'photos' && hasProject && <PhotoPage />}
          {page === 'films' && hasProject && <VideoPage />}
        </ErrorBoundary>
      </main>
      <ErrorBoundary>
        <ExportDialog />
        <ExportSelectionDialog />
        <SettingsDialog />
        <ShortcutsDialog />
        <CommandPalette />
        <Tour />
      </ErrorBoundary>
      <DropOverlay />
      <ImportProgress />
      <ExportNews />
      <ClipNews />
      <JobFailures />
      <DoneNotifications />
      <DeviceNews />
      <EngineNews />
    </div>
  );
}
