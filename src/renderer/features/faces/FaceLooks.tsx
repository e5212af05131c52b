// One face before and after, cut out upright; while a slider moves, "after" is the live picture.
import { Text } from '@mantine/core';
import { type ReactNode, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { photoPictureAddress, resultPictureAddress } from '#shared/contract/pictures.ts';
import { photoToFaceMatrix } from '#shared/domain/face-template.ts';
import type { EditedFace } from '#shared/domain/fold-edits.ts';
import type { Landmarks } from '#shared/domain/geometry.ts';
import type { Photo } from '#shared/domain/photo.ts';
import type { Result } from '#shared/domain/result.ts';
import { frameSidePx } from './face-frames.ts';
import styles from './LiveFaces.module.css';
import { useLiveDrawing } from './LiveFacesOnStage.tsx';
import { useLiveFaces } from './LiveFacesProvider.tsx';
import { sliderFidelities, useFaceKeyframes } from './use-face-keyframes.ts';

interface Props {
  readonly photo: Photo;
  readonly edited: EditedFace;
  /** A result this face was restored in; null: none yet. */
  readonly result: Result | null;
}

export function FaceLooks({ photo, edited, result }: Props): ReactNode {
  const { t } = useTranslation('faces');
  const canvas = useRef<HTMLCanvasElement | null>(null);
  useLiveDrawing(photo, edited, canvas);
  const live = useLiveFaces();
  const isPrepared = useSyncExternalStore(live.subscribe, live.prepared).includes(edited.face.id);
  const { isFetching: isPreparing } = useFaceKeyframes(photo, edited.face.id, sliderFidelities, isPrepared);
  const { landmarksInPhoto } = edited.face;
  const before = photoPictureAddress(photo.id, 'screen');
  return (
    <div className={styles['looks']}>
      <figure>
        <AlignedCrop photo={photo} address={before} landmarks={landmarksInPhoto} />
        <figcaption>{t('before')}</figcaption>
      </figure>
      <figure>
        <div className={styles['stack']}>
          <AlignedCrop
            photo={photo}
            address={result === null ? before : resultPictureAddress(result.id, 'screen')}
            landmarks={landmarksInPhoto}
            isFaint={result === null}
          />
          <canvas
            ref={canvas}
            className={styles['inLooks']}
            width={frameSidePx}
            height={frameSidePx}
            aria-hidden
          />
          {result === null && (
            <Text size="xs" className={styles['notYet']}>
              {t('notYet')}
            </Text>
          )}
        </div>
        <figcaption role="status">{isPreparing ? t('preparing') : t('after')}</figcaption>
      </figure>
    </div>
  );
}

interface CropProps {
  readonly photo: Photo;
  readonly address: string;
  readonly landmarks: Landmarks;
  readonly isFaint?: boolean;
}

/** The aligned square of a face, drawn by the browser from the whole picture. Nothing for unusable landmarks. */
export function AlignedCrop({ photo, address, landmarks, isFaint = false }: CropProps): ReactNode {
  const matrix = photoToFaceMatrix(landmarks);
  if (matrix === null) return null;
  const [a, b, tx, c, d, ty] = matrix;
  return (
    <svg
      className={styles['crop']}
      viewBox="0 0 512 512"
      data-faint={isFaint || undefined}
      aria-hidden="true"
      focusable="false"
    >
      <image
        href={address}
        width={photo.widthPx}
        height={photo.heightPx}
        preserveAspectRatio="none"
        // Pixel centres lie at integers in the matrix and at halves here.
        transform={`translate(0.5 0.5) matrix(${a} ${c} ${b} ${d} ${tx} ${ty}) translate(-0.5 -0.5)`}
      />
    </svg>
  );
}
