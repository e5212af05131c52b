// The brush that keeps the original: what is painted shows the photo as it was, at once.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { photoPictureAddress } from '#shared/contract/pictures.ts';
import type { BrushStroke } from '#shared/domain/brush.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { useEditedPhoto } from '../edits/use-edited-photo.ts';
import { useEdits } from '../edits/use-edits.ts';
import { drawStrokes, photoToCanvas } from './draw-strokes.ts';
import styles from './Painting.module.css';
import { PaintingLayer, type Place } from './PaintingLayer.tsx';

interface Props extends Place {
  readonly photo: Photo;
  readonly onDone: () => void;
}

export function KeepOriginalLayer({ photo, onDone, ...place }: Props): ReactNode {
  const { t } = useTranslation();
  const { apply } = useEdits(photo.id);
  return (
    <PaintingLayer
      {...place}
      label={t('painting.label')}
      paintLabel={t('painting.keep')}
      clearLabel={t('painting.clear')}
      strokes={useEditedPhoto(photo).keptStrokes ?? []}
      onStroke={(stroke) => apply({ kind: 'photo.keep-original', stroke })}
      onClear={() => apply({ kind: 'photo.clear-kept' })}
      onDone={onDone}
      picture={(strokes) => <KeptPicture {...place} photo={photo} strokes={strokes} />}
    />
  );
}

interface PictureProps extends Place {
  readonly photo: Photo;
  readonly strokes: readonly BrushStroke[];
}

/** The photo as it was, where it is kept, with a breath of colour so that one sees where. */
function KeptPicture({ photo, view, size, place, strokes }: PictureProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement | null>(null);
  const [original, setOriginal] = useState<HTMLImageElement | null>(null);
  useEffect(() => {
    const image = new Image();
    image.onload = () => setOriginal(image);
    image.src = photoPictureAddress(photo.id, 'screen');
    return () => {
      image.onload = null;
    };
  }, [photo.id]);
  useEffect(() => {
    const target = canvas.current;
    const context = target?.getContext('2d');
    if (target === null || !context) return;
    const density = window.devicePixelRatio;
    target.width = Math.max(1, Math.round(size.width * density));
    target.height = Math.max(1, Math.round(size.height * density));
    const transform = photoToCanvas(place, density);
    drawStrokes(context, strokes, transform, view.scale * density);
    if (original === null) return;
    context.globalCompositeOperation = 'source-in';
    context.setTransform(transform);
    context.imageSmoothingQuality = 'high';
    context.drawImage(original, 0, 0, photo.widthPx, photo.heightPx);
    context.globalCompositeOperation = 'source-atop';
    context.setTransform(new DOMMatrix());
    context.fillStyle = 'rgb(20 130 110 / 16%)';
    context.fillRect(0, 0, target.width, target.height);
  }, [original, photo.widthPx, photo.heightPx, place, size, strokes, view.scale]);
  return <canvas ref={canvas} className={styles['picture']} aria-hidden />;
}
