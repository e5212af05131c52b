// The photos of the project in a row. A list box: arrow keys choose, Delete removes. Only what is in sight is drawn.
import { Loader } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { photoPictureAddress } from '#shared/contract/pictures.ts';
import type { PhotoId } from '#shared/domain/ids.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { useJobs } from '../../bridge/use-answers.ts';
import { IconAction } from '../../components/IconAction.tsx';
import { useOpenPhotos } from '../import/use-open-photos.ts';
import { isActive } from '../jobs/job-lookup.ts';
import styles from './Filmstrip.module.css';

interface Props {
  readonly photos: readonly Photo[];
  readonly selectedId: PhotoId | null;
  readonly onSelect: (photoId: PhotoId) => void;
  readonly onRemove: (photo: Photo) => void;
}

/** Side of a thumbnail with its gap, in CSS pixels; Filmstrip.module.css uses the same. */
const cellPx = 88;

export function Filmstrip({ photos, selectedId, onSelect, onRemove }: Props): ReactNode {
  const { t } = useTranslation();
  const openPhotos = useOpenPhotos();
  const { data: jobs } = useJobs();
  const scroller = useRef<HTMLDivElement | null>(null);
  const cells = useVirtualizer({
    count: photos.length,
    horizontal: true,
    getScrollElement: () => scroller.current,
    estimateSize: () => cellPx,
    overscan: 6,
    initialRect: { width: 1200, height: cellPx },
  });
  const selectedIndex = photos.findIndex(({ id }) => id === selectedId);
  useEffect(() => {
    if (selectedIndex >= 0) cells.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [selectedIndex, cells]);

  const choose = (index: number): void => {
    const photo = photos[Math.min(photos.length - 1, Math.max(0, index))];
    if (photo !== undefined) onSelect(photo.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const selected = photos[selectedIndex];
    const actions: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => choose(selectedIndex - 1),
      ArrowRight: () => choose(selectedIndex + 1),
      Home: () => choose(0),
      End: () => choose(photos.length - 1),
      Delete: () => selected !== undefined && onRemove(selected),
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  };

  return (
    <div className={styles['filmstrip']}>
      <div
        ref={scroller}
        className={styles['scroller']}
        role="listbox"
        aria-orientation="horizontal"
        aria-label={t('photos.filmstrip')}
        aria-activedescendant={selectedId === null ? undefined : `photo-${selectedId}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div className={styles['track']} role="presentation" style={{ width: cells.getTotalSize() }}>
          {cells.getVirtualItems().map(({ index, start }) => {
            const photo = photos[index];
            if (photo === undefined) return null;
            const isBusy = jobs?.some((job) => job.photoId === photo.id && isActive(job)) ?? false;
            const state = isBusy ? t('photos.working') : t(`photos.states.${photo.state}`);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the list box around it has the keys
              // biome-ignore lint/a11y/useFocusableInteractive: the list box keeps the focus (aria-activedescendant)
              <div
                key={photo.id}
                id={`photo-${photo.id}`}
                role="option"
                aria-selected={index === selectedIndex}
                aria-setsize={photos.length}
                aria-posinset={index + 1}
                aria-label={t('photos.itemName', { fileName: photo.fileName, state })}
                title={photo.fileName}
                className={styles['cell']}
                style={{ transform: `translateX(${start}px)` }}
                onClick={() => onSelect(photo.id)}
              >
                <img
                  src={photoPictureAddress(photo.id, 'thumbnail')}
                  alt=""
                  draggable={false}
                  loading="lazy"
                />
                <span className={styles['badge']} data-state={photo.state} aria-hidden>
                  {isBusy ? <Loader size={12} color="white" /> : null}
                </span>
              </div>
            );
          })}
        </div>
      </div>
      <IconAction label={t('photos.add')} variant="default" className={styles['add']} onClick={openPhotos}>
        <IconPlus size={20} aria-hidden />
      </IconAction>
    </div>
  );
}
