// One pane of the stage: one picture, or one over the other, with what is drawn on top.
import { type CSSProperties, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Photo } from '#shared/domain/photo.ts';
import type { Turn } from '#shared/domain/project-view.ts';
import type { Side } from './compared-sides.ts';
import { Board, PictureLayer } from './PictureLayer.tsx';
import { gridFromDevicePx, PixelGrid } from './PixelGrid.tsx';
import { SplitSlider } from './SplitSlider.tsx';
import { turnedSize } from './turn.ts';
import styles from './Viewer.module.css';
import { coveredPart, placeSplit, type Size, type StagePoint, type View } from './view-transform.ts';

interface Props {
  readonly photo: Photo;
  readonly base: Side;
  /** Over the base: all of it, its right part, or its differences. null: the base alone. */
  readonly over: Side | null;
  readonly overAs: 'whole' | 'split' | 'difference' | 'hidden';
  readonly split: number;
  readonly onSplit: (fraction: number) => void;
  readonly view: View;
  readonly corner: StagePoint;
  readonly size: Size;
  readonly turn: Turn;
  /** Pixels of the sharpest picture per pixel of the photo. */
  readonly density: number;
  readonly hasPixelGrid: boolean;
  /** Two panes say which is which. */
  readonly isLabelled: boolean;
  readonly onAvailable: (isAvailable: boolean) => void;
  readonly onBaseShown?: ((address: string) => void) | undefined;
  readonly onOverShown?: ((address: string) => void) | undefined;
  /** Drawn on the pictures and turned with them, given where the upright photo lies. */
  readonly onBoard?: ((view: View) => ReactNode) | undefined;
  readonly children?: ReactNode;
}

export function ViewerPane(props: Props): ReactNode {
  const { photo, base, over, view, size, turn, split } = props;
  const { t } = useTranslation();
  const [isOverShown, setIsOverShown] = useState(false);
  const photoSize = { width: photo.widthPx, height: photo.heightPx };
  const turned = turnedSize(photoSize, turn);
  const place = placeSplit(view, size, turned, split);
  const isSplit = over !== null && isOverShown && props.overAs === 'split';
  const isDifference = over !== null && props.overAs === 'difference';
  const covered = coveredPart(view, size, turned);
  const isGridVisible =
    props.hasPixelGrid && (view.scale * devicePixelRatio) / props.density >= gridFromDevicePx * 0.99;
  const layer = { photo: photoSize, view, pane: size, turn };
  const altOf = ({ picture, label }: Side): string =>
    picture.kind === 'original'
      ? t('viewer.originalPicture', { fileName: photo.fileName })
      : label === t('viewer.restored')
        ? t('viewer.restoredPicture', { fileName: photo.fileName })
        : t('viewer.versionPicture', { fileName: photo.fileName, name: label });
  const overStyle: CSSProperties = {
    // Black where both are the same.
    mixBlendMode: isDifference ? 'difference' : 'normal',
    visibility: props.overAs === 'hidden' ? 'hidden' : 'visible',
    clipPath: isSplit ? `inset(0 0 0 ${place.stageX}px)` : 'none',
  };
  return (
    <div
      className={styles['pane']}
      style={{ left: props.corner.x, top: props.corner.y, width: size.width, height: size.height }}
    >
      <PictureLayer
        {...layer}
        picture={base.picture}
        alt={altOf(base)}
        onShown={(address) => {
          props.onAvailable(true);
          props.onBaseShown?.(address);
        }}
        onUnavailable={() => props.onAvailable(false)}
      />
      {over !== null && (
        <PictureLayer
          {...layer}
          picture={over.picture}
          alt={altOf(over)}
          style={overStyle}
          onShown={(address) => {
            setIsOverShown(true);
            props.onOverShown?.(address);
          }}
        />
      )}
      {isDifference && (
        <div
          className={styles['brighter']}
          style={{
            left: covered.left,
            top: covered.top,
            width: covered.right - covered.left,
            height: covered.bottom - covered.top,
          }}
          aria-hidden
        />
      )}
      {props.onBoard !== undefined && (
        <Board pane={size} view={view} photo={photoSize} turn={turn}>
          {props.onBoard}
        </Board>
      )}
      {isGridVisible && <PixelGrid photo={turned} view={view} pane={size} density={props.density} />}
      {props.children}
      {props.isLabelled && (
        <span className={`${styles['sideLabel']} ${styles['paneLabel']}`} data-visible aria-hidden>
          {base.label}
        </span>
      )}
      {isSplit && (
        <>
          <SideLabel side="before" text={base.label} isVisible={split > 0.12} at={place.left} />
          <SideLabel side="after" text={over.label} isVisible={split < 0.88} at={size.width - place.right} />
          <SplitSlider fraction={split} {...place} onChange={props.onSplit} />
        </>
      )}
    </div>
  );
}

function SideLabel(props: {
  side: 'before' | 'after';
  text: string;
  isVisible: boolean;
  at: number;
}): ReactNode {
  const style = props.side === 'before' ? { left: props.at + 10 } : { right: props.at + 10 };
  return (
    <span
      className={styles['sideLabel']}
      style={style}
      data-visible={props.isVisible || undefined}
      aria-hidden
    >
      {props.text}
    </span>
  );
}
