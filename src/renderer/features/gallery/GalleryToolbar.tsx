// Search, filter by state, order, size of the pictures, and adding photos.
import { Button, Menu, NativeSelect, Slider, TextInput } from '@mantine/core';
import {
  IconFolderPlus,
  IconPhotoPlus,
  IconSearch,
  IconSortAscending,
  IconSortDescending,
  IconX,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Photo, PhotoState } from '#shared/domain/photo.ts';
import { gallerySortSchema } from '#shared/domain/project-view.ts';
import { IconAction } from '../../components/IconAction.tsx';
import { useFormats } from '../../formatting/use-formats.ts';
import { useOpenFolder, useOpenPhotos } from '../import/use-open-photos.ts';
import { useStudioState } from '../studio/studio-state.tsx';
import styles from './GalleryToolbar.module.css';
import { countStates, stateOrder } from './list-photos.ts';

interface Props {
  readonly photos: readonly Photo[];
  readonly shownCount: number;
  readonly isReadOnly: boolean;
}

export function GalleryToolbar({ photos, shownCount, isReadOnly }: Props): ReactNode {
  const { t } = useTranslation('gallery');
  const formats = useFormats();
  const { gallery, setGallery } = useStudioState();
  return (
    <div className={styles['toolbar']}>
      <div className={styles['row']}>
        <TextInput
          className={styles['search']}
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={
            gallery.search === '' ? null : (
              <IconAction
                label={t('clearSearch')}
                size="sm"
                onClick={() => setGallery((before) => ({ ...before, search: '' }))}
              >
                <IconX size={16} aria-hidden />
              </IconAction>
            )
          }
          value={gallery.search}
          maxLength={200}
          onChange={({ currentTarget: { value } }) => setGallery((before) => ({ ...before, search: value }))}
        />
        <SortChoice />
        <Slider
          className={styles['size']}
          thumbLabel={t('size')}
          label={null}
          min={96}
          max={320}
          step={8}
          value={gallery.cellPx}
          onChange={(cellPx) => setGallery((before) => ({ ...before, cellPx }))}
        />
        <AddMenu isDisabled={isReadOnly} />
      </div>
      <div className={styles['row']}>
        <StateFilter photos={photos} />
        <p className={styles['count']} role="status">
          {shownCount === photos.length
            ? t('shown', { count: photos.length })
            : t('shownOf', { shown: formats.whole(shownCount), count: photos.length })}
        </p>
      </div>
    </div>
  );
}

function SortChoice(): ReactNode {
  const { t } = useTranslation('gallery');
  const { gallery, setGallery } = useStudioState();
  const Direction = gallery.isDescending ? IconSortDescending : IconSortAscending;
  return (
    <div className={styles['sort']}>
      <NativeSelect
        aria-label={t('sort')}
        value={gallery.sort}
        data={gallerySortSchema.options.map((sort) => ({ value: sort, label: t(`sorts.${sort}`) }))}
        onChange={({ currentTarget: { value } }) =>
          setGallery((before) => ({ ...before, sort: gallerySortSchema.parse(value) }))
        }
      />
      <IconAction
        label={gallery.isDescending ? t('descending') : t('ascending')}
        onClick={() => setGallery((before) => ({ ...before, isDescending: !before.isDescending }))}
      >
        <Direction size={20} aria-hidden />
      </IconAction>
    </div>
  );
}

/** One button per state that occurs; several may be pressed. None pressed: all are shown. */
function StateFilter({ photos }: { photos: readonly Photo[] }): ReactNode {
  const { t } = useTranslation('gallery');
  const formats = useFormats();
  const { gallery, setGallery } = useStudioState();
  const counts = countStates(photos);
  const toggle = (state: PhotoState): void =>
    setGallery((before) => ({
      ...before,
      states: before.states.includes(state)
        ? before.states.filter((other) => other !== state)
        : [...before.states, state],
    }));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame and a legend nobody needs here
    <div className={styles['filter']} role="group" aria-label={t('filter')}>
      <button
        type="button"
        aria-pressed={gallery.states.length === 0}
        onClick={() => setGallery((before) => ({ ...before, states: [] }))}
      >
        {t('all')} <span>{formats.whole(photos.length)}</span>
      </button>
      {stateOrder
        .filter((state) => counts[state] > 0 || gallery.states.includes(state))
        .map((state) => (
          <button
            key={state}
            type="button"
            aria-pressed={gallery.states.includes(state)}
            onClick={() => toggle(state)}
          >
            {t(`states.${state}`)} <span>{formats.whole(counts[state])}</span>
          </button>
        ))}
    </div>
  );
}

function AddMenu({ isDisabled }: { isDisabled: boolean }): ReactNode {
  const { t } = useTranslation('gallery');
  const openPhotos = useOpenPhotos();
  const openFolder = useOpenFolder();
  return (
    <Menu position="bottom-end" width={260} shadow="md">
      <Menu.Target>
        <Button
          leftSection={<IconPhotoPlus size={18} aria-hidden />}
          aria-label={t('add')}
          disabled={isDisabled}
        >
          <span className="wideOnly">{t('add')}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPhotoPlus size={16} aria-hidden />} onClick={openPhotos}>
          {t('addPhotos')}
        </Menu.Item>
        <Menu.Item leftSection={<IconFolderPlus size={16} aria-hidden />} onClick={openFolder}>
          {t('addFolder')}
        </Menu.Item>
        <Menu.Label className={styles['addHint'] ?? ''}>{t('addHint')}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}
