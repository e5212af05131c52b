// A face cut out of the photo's picture, by box; no pixels are copied.
import type { ReactNode } from 'react';
import { photoPictureAddress } from '#shared/contract/pictures.ts';
import type { Box } from '#shared/domain/geometry.ts';
import type { Photo } from '#shared/domain/photo.ts';
import styles from './Faces.module.css';

export function FacePortrait({ photo, boxInPhoto }: { photo: Photo; boxInPhoto: Box }): ReactNode {
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
      <image
        href={photoPictureAddress(photo.id, 'screen')}
        width={photo.widthPx}
        height={photo.heightPx}
        preserveAspectRatio="none"
      />
    </svg>
  );
}
