// The page of all photos: search and filters on top, the grid, and what can be done with a selection.
import { Button, Loader, Text } from '@mantine/core';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '#shared/domain/ids.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { defaultGalleryView } from '#shared/domain/project-view.ts';
import { usePhotos, useProject } from '../../bridge/use-answers.ts';
import { useStudioState } from '../studio/studio-state.tsx';
import { WelcomePage } from '../welcome/WelcomePage.tsx';
import styles from './Gallery.module.css';
import { GalleryToolbar } from './GalleryToolbar.tsx';
import { listPhotos } from './list-photos.ts';
import { OriginalProblems } from './OriginalProblems.tsx';
import { PhotoGrid } from './PhotoGrid.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { keepShown } from './selection.ts';
import { useRemovePhotos } from './use-remove-photos.ts';

export function GalleryPage(): ReactNode {
  const { t } = useTranslation('gallery');
  const { data: photos } = usePhotos();
  if (photos === undefined) {
    return (
      <div className={styles['waiting']} role="status">
        <Loader />
        <Text size="sm">{t('loading')}</Text>
      </div>
    );
  }
  return photos.length === 0 ? <WelcomePage /> : <FilledGallery photos={photos} />;
}

function FilledGallery({ photos }: { photos: readonly Photo[] }): ReactNode {
  const { t, i18n } = useTranslation('gallery');
  const { data: project } = useProject();
  const { gallery, setGallery, selection, setSelection, selectPhoto, setPage } = useStudioState();
  const removal = useRemovePhotos();
  const shown = useMemo(() => listPhotos(photos, gallery, i18n.language), [photos, gallery, i18n.language]);
  const ids = useMemo(() => shown.map(({ id }) => id), [shown]);
  useEffect(() => setSelection((before) => keepShown(before, ids)), [ids, setSelection]);

  const isReadOnly = project?.isReadOnly ?? true;
  const chosen = shown.filter(({ id }) => selection.ids.has(id));
  const open = (photoId: PhotoId): void => {
    selectPhoto(photoId);
    setPage('photos');
  };
  const remove = (): void => {
    if (!isReadOnly) removal.remove(chosen.map(({ id }) => id));
  };
  return (
    <div className={styles['page']}>
      <h1 className={styles['hiddenHeading']}>{t('page')}</h1>
      <GalleryToolbar photos={photos} shownCount={shown.length} isReadOnly={isReadOnly} />
      <OriginalProblems />
      {shown.length === 0 ? (
        <div className={styles['waiting']} role="status">
          <Text fw={600}>{t('noMatch')}</Text>
          <Text size="sm" c="dimmed">
            {t('noMatchHint')}
          </Text>
          <Button
            variant="default"
            onClick={() =>
              setGallery((before) => ({ ...before, search: defaultGalleryView.search, states: [] }))
            }
          >
            {t('showAll')}
          </Button>
        </div>
      ) : (
        <PhotoGrid photos={shown} ids={ids} onOpen={open} onRemove={remove} />
      )}
      {chosen.length > 0 && (
        <SelectionBar chosen={chosen} isReadOnly={isReadOnly} onOpen={open} onRemove={remove} />
      )}
    </div>
  );
}
