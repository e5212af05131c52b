// One photo of the grid: its picture, name and state. The pointer wipes between before and after.
import { Loader } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconPencil, IconUser } from '@tabler/icons-react';
import { type MouseEvent, memo, type PointerEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { photoPictureAddress, resultPictureAddress } from '#shared/contract/pictures.ts';
import type { PhotoId } from '#shared/domain/ids.ts';
import type { Photo, PhotoState } from '#shared/domain/photo.ts';
import { useFormats } from '../../formatting/use-formats.ts';
import styles from './PhotoCell.module.css';

interface Props {
  readonly photo: Photo;
  /** Counted from 0 among all that are shown. */
  readonly position: number;
  readonly count: number;
  readonly isSelected: boolean;
  readonly isActive: boolean;
  readonly isBusy: boolean;
  readonly left: number;
  readonly top: number;
  readonly sidePx: number;
  readonly onChoose: (photoId: PhotoId, event: MouseEvent) => void;
  readonly onOpen: (photoId: PhotoId) => void;
}

export function cellId(photoId: PhotoId | undefined): string {
  return `gallery-${photoId}`;
}

const stateIcons: Readonly<Partial<Record<PhotoState, typeof IconCheck>>> = {
  'faces-found': IconUser,
  restored: IconCheck,
  'edited-since': IconPencil,
  failed: IconAlertTriangle,
};

export const PhotoCell = memo(function PhotoCell(props: Props): ReactNode {
  const { photo, position, count, isSelected, isActive, isBusy, left, top, sidePx } = props;
  const { t } = useTranslation('gallery');
  const formats = useFormats();
  const state = isBusy ? t('working') : t(`states.${photo.state}`);
  const fileName =
    photo.pageCount > 1
      ? t('pageOf', { fileName: photo.fileName, page: photo.pageIndex + 1 })
      : photo.fileName;
  const name =
    photo.takenAt === null || Number.isNaN(Date.parse(photo.takenAt))
      ? t('itemName', { fileName, state })
      : t('itemDate', { fileName, state, date: formats.day(photo.takenAt) });
  const Icon = stateIcons[photo.state];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list box around it has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the list box keeps the focus (aria-activedescendant)
    <div
      id={cellId(photo.id)}
      role="option"
      aria-selected={isSelected}
      aria-setsize={count}
      aria-posinset={position + 1}
      aria-label={name}
      title={name}
      className={styles['cell']}
      data-active={isActive || undefined}
      style={{ transform: `translate(${left}px, ${top}px)`, width: sidePx }}
      onClick={(event) => props.onChoose(photo.id, event)}
      onDoubleClick={() => props.onOpen(photo.id)}
    >
      <WipedPicture photo={photo} sidePx={sidePx} />
      <span className={styles['caption']} aria-hidden>
        <span className={styles['badge']} data-state={isBusy ? 'busy' : photo.state}>
          {isBusy ? <Loader size={12} /> : Icon === undefined ? null : <Icon size={14} />}
        </span>
        <span className={styles['name']}>{fileName}</span>
      </span>
    </div>
  );
});

/** The newest result, or the original; under the pointer the original lies to the left of it. */
function WipedPicture({ photo, sidePx }: { photo: Photo; sidePx: number }): ReactNode {
  const { t } = useTranslation('gallery');
  const [wipe, setWipe] = useState<number | null>(null);
  /** A result is a cache: its file may be gone, and then the original is what there is. */
  const [goneResult, setGoneResult] = useState<string | null>(null);
  const resultId = photo.latestResultId === goneResult ? null : photo.latestResultId;
  const original = photoPictureAddress(photo.id, 'thumbnail');
  const onMove = (event: PointerEvent<HTMLElement>): void => {
    if (resultId === null || event.pointerType === 'touch') return;
    const box = event.currentTarget.getBoundingClientRect();
    setWipe(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)));
  };
  // Only a wish: a browser that has the picture already shows it at once.
  const picture = (address: string, extra?: object): ReactNode => (
    <img src={address} alt="" draggable={false} decoding="async" {...extra} />
  );
  return (
    <span
      className={styles['picture']}
      style={{ height: sidePx }}
      onPointerMove={onMove}
      onPointerLeave={() => setWipe(null)}
    >
      {resultId === null
        ? picture(original)
        : picture(resultPictureAddress(resultId, 'thumbnail'), { onError: () => setGoneResult(resultId) })}
      {wipe !== null && resultId !== null && (
        <>
          <span className={styles['before']} style={{ clipPath: `inset(0 ${(1 - wipe) * 100}% 0 0)` }}>
            {picture(original)}
          </span>
          <span className={styles['edge']} style={{ left: `${wipe * 100}%` }} />
          {/* Drawn by the style sheet: the words name sides of the picture, not the option. */}
          <span
            className={styles['side']}
            data-side="before"
            data-words={t('before')}
            data-visible={wipe > 0.35 || undefined}
          />
          <span
            className={styles['side']}
            data-side="after"
            data-words={t('after')}
            data-visible={wipe < 0.65 || undefined}
          />
        </>
      )}
    </span>
  );
}
