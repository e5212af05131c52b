// The brush on one face: which part of it is laid back, or what is missing and gets filled.
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { BrushStroke } from '#shared/domain/brush.ts';
import type { PaintedLayer } from '#shared/domain/face-painting.ts';
import type { FaceId } from '#shared/domain/ids.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { useEditedPhoto } from '../edits/use-edited-photo.ts';
import { useEdits } from '../edits/use-edits.ts';
import { faceStates } from '../faces/face-states.ts';
import { drawStrokes, photoToCanvas } from './draw-strokes.ts';
import styles from './Painting.module.css';
import { PaintingLayer, type Place } from './PaintingLayer.tsx';

interface Props extends Place {
  readonly photo: Photo;
  readonly faceId: FaceId;
  readonly layer: PaintedLayer;
  readonly onDone: () => void;
}

const tints: Readonly<Record<PaintedLayer, string>> = {
  mask: 'rgb(20 150 125 / 45%)',
  holes: 'rgb(220 40 60 / 50%)',
};

export function PaintFaceLayer({ photo, faceId, layer, onDone, ...place }: Props): ReactNode {
  const { t } = useTranslation('faces');
  const { apply } = useEdits(photo.id);
  const state = faceStates(useEditedPhoto(photo)).find(({ face }) => face.id === faceId);
  const isGone = state === undefined;
  // Undo may take a face away that was marked by hand.
  useEffect(() => {
    if (isGone) onDone();
  }, [isGone, onDone]);
  if (isGone) return null;
  const { number } = state;
  return (
    <PaintingLayer
      {...place}
      label={t(`paint.layers.${layer}.label`, { number })}
      paintLabel={t('paint.paint')}
      clearLabel={t('paint.clear')}
      strokes={state.edited.painting?.[layer] ?? []}
      onStroke={(stroke) => apply({ kind: 'face.paint', faceId, layer, stroke })}
      onClear={() => apply({ kind: 'face.clear-painting', faceId, layer })}
      onDone={onDone}
      picture={(strokes) => <Tinted {...place} strokes={strokes} tint={tints[layer]} />}
    />
  );
}

function Tinted(props: Place & { strokes: readonly BrushStroke[]; tint: string }): ReactNode {
  const { view, size, place, strokes, tint } = props;
  const canvas = useRef<HTMLCanvasElement | null>(null);
  useEffect(() => {
    const target = canvas.current;
    const context = target?.getContext('2d');
    if (target === null || !context) return;
    const density = window.devicePixelRatio;
    target.width = Math.max(1, Math.round(size.width * density));
    target.height = Math.max(1, Math.round(size.height * density));
    drawStrokes(context, strokes, photoToCanvas(place, density), view.scale * density);
    context.globalCompositeOperation = 'source-in';
    context.fillStyle = tint;
    context.fillRect(0, 0, target.width, target.height);
  }, [place, size, strokes, view.scale, tint]);
  return <canvas ref={canvas} className={styles['picture']} aria-hidden />;
}
