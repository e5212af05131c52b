// The grid of photos. A list box with many choices: it keeps the focus, keys move through it, only what is in sight is
// drawn, so that ten thousand photos cost as many nodes as sixty.
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '#shared/domain/ids.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { useJobs } from '../../bridge/use-answers.ts';
import { isActive } from '../jobs/job-lookup.ts';
import { isApplePlatform } from '../shortcuts/key-words.ts';
import { useStudioState } from '../studio/studio-state.tsx';
import styles from './Gallery.module.css';
import { cellId, PhotoCell } from './PhotoCell.tsx';
import { choose, emptySelection, type GridMove, move, type SelectionMode, selectAll } from './selection.ts';

interface Props {
  readonly photos: readonly Photo[];
  /** Of the same photos, in the same order. */
  readonly ids: readonly PhotoId[];
  readonly onOpen: (photoId: PhotoId) => void;
  readonly onRemove: () => void;
}

/** Between cells and around them; and the line with the name below a picture. CSS pixels. */
const gapPx = 8;
const captionPx = 26;

const moves: Readonly<Record<string, GridMove>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
  PageUp: 'page-up',
  PageDown: 'page-down',
};

export function PhotoGrid({ photos, ids, onOpen, onRemove }: Props): ReactNode {
  const { t } = useTranslation('gallery');
  const { gallery, selection, setSelection, selectedPhotoId } = useStudioState();
  const hintId = useId();
  const scroller = useRef<HTMLDivElement | null>(null);
  const size = useSizeOf(scroller);
  const columns = Math.max(1, Math.round((size.width - gapPx) / (gallery.cellPx + gapPx)));
  const cellPx = Math.max(64, Math.floor((size.width - gapPx) / columns) - gapPx);
  const rowPx = cellPx + captionPx + gapPx;
  const rows = useVirtualizer({
    count: Math.ceil(photos.length / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 2,
    paddingStart: gapPx,
    initialRect: { width: 1200, height: 800 },
  });
  // The height of a row is read anew when it changes.
  useLayoutEffect(() => rows.measure(), [rows, rowPx]);

  const busy = useBusyPhotos();
  const activeIndex = selection.active === null ? -1 : ids.indexOf(selection.active);
  useEffect(() => {
    if (activeIndex >= 0) rows.scrollToIndex(Math.floor(activeIndex / columns), { align: 'auto' });
  }, [activeIndex, columns, rows]);
  useFirstLook(() => {
    const index = selectedPhotoId === null ? -1 : ids.indexOf(selectedPhotoId);
    if (index >= 0) rows.scrollToIndex(Math.floor(index / columns), { align: 'center' });
  }, size.width > 0);

  const onChoose = useCallback(
    (photoId: PhotoId, event: MouseEvent) =>
      setSelection((before) => choose(before, ids, photoId, modeOf(event))),
    [ids, setSelection],
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    const { key } = event;
    const by = moves[key];
    const mode = modeOf(event);
    const rowsInSight = Math.floor(size.height / rowPx);
    if (by !== undefined) setSelection((before) => move(before, ids, by, { columns, rowsInSight }, mode));
    else if (key === ' ' && selection.active !== null)
      setSelection(choose(selection, ids, selection.active, { ...mode, isToggle: true }));
    else if (key.toLowerCase() === 'a' && mode.isToggle) setSelection(selectAll(selection, ids));
    else if (key === 'Escape' && selection.ids.size > 0)
      setSelection({ ...emptySelection, active: selection.active });
    else if (key === 'Enter' && !mode.isToggle && selection.active !== null) onOpen(selection.active);
    else if ((key === 'Delete' || key === 'Backspace') && selection.ids.size > 0) onRemove();
    else return;
    event.preventDefault();
  };

  return (
    <>
      <p id={hintId} className={styles['hiddenHeading']}>
        {t('gridHint')}
      </p>
      <div
        ref={scroller}
        className={styles['scroller']}
        role="listbox"
        aria-multiselectable
        aria-label={t('grid')}
        aria-describedby={hintId}
        aria-activedescendant={activeIndex < 0 ? undefined : cellId(ids[activeIndex])}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={() => {
          // The keyboard has to be somewhere; nothing is selected by looking.
          const first = ids[0];
          if (selection.active === null && first !== undefined) setSelection({ ...selection, active: first });
        }}
      >
        <div className={styles['track']} role="presentation" style={{ height: rows.getTotalSize() + gapPx }}>
          {rows
            .getVirtualItems()
            .flatMap(({ index: row, start }) =>
              photos
                .slice(row * columns, (row + 1) * columns)
                .map((photo, column) => (
                  <PhotoCell
                    key={photo.id}
                    photo={photo}
                    position={row * columns + column}
                    count={photos.length}
                    isSelected={selection.ids.has(photo.id)}
                    isActive={photo.id === selection.active}
                    isBusy={busy.has(photo.id)}
                    left={gapPx + column * (cellPx + gapPx)}
                    top={start}
                    sidePx={cellPx}
                    onChoose={onChoose}
                    onOpen={onOpen}
                  />
                )),
            )}
        </div>
      </div>
    </>
  );
}

function modeOf(event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }): SelectionMode {
  return { isRange: event.shiftKey, isToggle: isApplePlatform() ? event.metaKey : event.ctrlKey };
}

/** A set, because a grid asks once per cell and a queue may be as long as the project. */
function useBusyPhotos(): ReadonlySet<PhotoId> {
  const { data: jobs } = useJobs();
  return useMemo(
    () =>
      new Set((jobs ?? []).flatMap((job) => (isActive(job) && job.photoId !== null ? [job.photoId] : []))),
    [jobs],
  );
}

function useSizeOf(ref: { readonly current: HTMLElement | null }): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = (): void => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}

/** Once, when the grid is first laid out: the photo one comes from is in sight. */
function useFirstLook(look: () => void, isReady: boolean): void {
  const hasLooked = useRef(false);
  useEffect(() => {
    if (!isReady || hasLooked.current) return;
    hasLooked.current = true;
    look();
  });
}
