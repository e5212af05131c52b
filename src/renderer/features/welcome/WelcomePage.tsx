// What a new user meets: where to drop photos, how to open them, the projects of before.
import { Button, Loader } from '@mantine/core';
import { IconFolderOpen, IconFolderPlus, IconLock, IconPhotoHeart, IconPhotoPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp, useProject } from '../../bridge/use-answers.ts';
import { useOpenPhotos } from '../import/use-open-photos.ts';
import { useIsImporting, usePhotoImport } from '../import/use-photo-import.ts';
import { PathDialog } from '../projects/PathDialog.tsx';
import { useProjectActions } from '../projects/use-project-actions.ts';
import { RecentProjects } from './RecentProjects.tsx';
import styles from './Welcome.module.css';

export function WelcomePage(): ReactNode {
  const { t } = useTranslation(['studio', 'projects']);
  const { importSample } = usePhotoImport();
  const [isAsking, setIsAsking] = useState(false);
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
        <div className={styles['ways']}>
          <Button
            variant="default"
            leftSection={<IconPhotoHeart size={18} aria-hidden />}
            disabled={isImporting}
            onClick={importSample}
          >
            {t('projects:sample')}
          </Button>
          {!hasProject && (
            <>
              <Button
                variant="default"
                leftSection={<IconFolderPlus size={18} aria-hidden />}
                onClick={projects.create}
              >
                {t('projects:new')}
              </Button>
              <Button
                variant="default"
                leftSection={<IconFolderOpen size={18} aria-hidden />}
                onClick={() => (app?.hasNativeDialogs ? projects.open() : setIsAsking(true))}
              >
                {t('studio:welcome.openProject')}
              </Button>
            </>
          )}
        </div>
        {!hasProject && <RecentProjects />}
        <PathDialog
          isOpen={isAsking}
          title={t('projects:openTitle')}
          label={t('projects:openPlace')}
          hint={t('projects:openPlaceHint')}
          action={t('projects:openIt')}
          initialPath=""
          onClose={() => setIsAsking(false)}
          onChosen={projects.openAt}
        />
      </div>
    </div>
  );
}
