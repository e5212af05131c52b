// Lines between the pixels of the sharpest picture, where each is large enough to be looked at by itself.
import type { ReactNode } from 'react';
import styles from './Viewer.module.css';
import { coveredPart, type Size, type View } from './view-transform.ts';

interface Props {
  /** The turned photo. */
  readonly photo: Size;
  readonly view: View;
  readonly pane: Size;
  /** Pixels of the sharpest picture per pixel of the photo. */
  readonly density: number;
}

/** Device pixels per pixel of the picture: 800 %. */
export const gridFromDevicePx = 8;

export function PixelGrid({ photo, view, pane, density }: Props): ReactNode {
  const cell = view.scale / density;
  const { left, top, right, bottom } = coveredPart(view, pane, photo);
  return (
    <div
      className={styles['pixelGrid']}
      data-testid="pixel-grid"
      aria-hidden
      style={{
        left,
        top,
        width: right - left,
        height: bottom - top,
        backgroundSize: `${cell}px ${cell}px`,
        backgroundPosition: `${view.x - left}px ${view.y - top}px`,
      }}
    />
  );
}
