// What a new user meets: where to drop photos, how to open them, the projects of before.
import { Button, Loader } from '@mantine/core';
import { IconFolderOpen, IconLock, IconPhotoPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp, useProject } from '../../bridge/use-answers.ts';
import { useOpenPhotos } from '../import/use-open-photos.ts';
import { useIsImporting } from '../import/use-photo-import.ts';
import { useProjectActions } from '../projects/use-project-actions.ts';
import { RecentProjects } from './RecentProjects.tsx';
import styles from './Welcome.module.css';

export function WelcomePage(): ReactNode {
  const { t } = useTranslation();
  const { data: app } = useApp();
  const { data: project } = useProject();
  const isImporting = useIsImporting();
  const openPhotos = useOpenPhotos();
  const projects = useProjectActions();
  const hasProject = project !== null && project !== undefined;
  return (
    <div className={styles['page']}>
      <div className={styles['column']}>
        <div className={styles['heading']}>
          <h1>{hasProject ? t('photos.none') : t('welcome.title')}</h1>
          <p>{hasProject ? t('photos.noneHint') : t('welcome.lead')}</p>
        </div>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button inside does the same by keyboard */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a larger target for the button inside */}
        <div className={styles['drop']} data-busy={isImporting || undefined} onClick={openPhotos}>
          {isImporting ? <Loader size={44} /> : <IconPhotoPlus size={44} stroke={1.3} aria-hidden />}
          <p className={styles['dropTitle']} role="status">
            {isImporting ? t('dropping.importing', { count: 1 }) : t('welcome.drop')}
          </p>
          <Button
            size="md"
            disabled={isImporting}
            onClick={(event) => {
              event.stopPropagation();
              openPhotos();
            }}
          >
            {t('welcome.openPhotos')}
          </Button>
          <p className={styles['dropHint']}>{t('welcome.dropHint')}</p>
        </div>
        <p className={styles['privacy']}>
          <IconLock size={18} aria-hidden />
          {t('welcome.privacy')}
        </p>
        {!hasProject && <RecentProjects />}
        {!hasProject && app?.hasNativeDialogs && (
          <Button
            variant="default"
            leftSection={<IconFolderOpen size={18} aria-hidden />}
            onClick={projects.open}
          >
            {t('welcome.openProject')}
          </Button>
        )}
      </div>
    </div>
  );
}
