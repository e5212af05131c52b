// A face cut out of a picture of the photo, by box; no pixels are copied.
import type { ReactNode } from 'react';
import type { Box } from '#shared/domain/geometry.ts';
import type { Photo } from '#shared/domain/photo.ts';
import styles from './Faces.module.css';

interface Props {
  readonly photo: Photo;
  /** Of the photo or of a result of it. */
  readonly address: string;
  readonly boxInPhoto: Box;
}

export function FacePortrait({ photo, address, boxInPhoto }: Props): ReactNode {
  const side = Math.max(boxInPhoto.width, boxInPhoto.height) * 1.25;
  const x = boxInPhoto.x + (boxInPhoto.width - side) / 2;
  const y = boxInPhoto.y + (boxInPhoto.height - side) / 2;
  return (
    <svg
      className={styles['portrait']}
      viewBox={`${x} ${y} ${side} ${side}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      focusable="false"
    >
      <image href={address} width={photo.widthPx} height={photo.heightPx} preserveAspectRatio="none" />
    </svg>
  );
}
