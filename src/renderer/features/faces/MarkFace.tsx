// Marks a face the detector missed: a box drawn over it, then five points moved to eyes, nose and mouth.
// The face as it will be cut out is shown beside, live. Lies over the stage; by keyboard, Enter puts a box in the middle and the arrow keys move each point.
import { Button } from '@mantine/core';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { photoPictureAddress } from '#shared/contract/pictures.ts';
import type { Box, Landmarks, Point } from '#shared/domain/geometry.ts';
import { faceIdSchema } from '#shared/domain/ids.ts';
import type { Photo } from '#shared/domain/photo.ts';
import type { StagePlace } from '../../viewer/turn.ts';
import type { Size, View } from '../../viewer/view-transform.ts';
import { useEdits } from '../edits/use-edits.ts';
import { AlignedCrop } from './FaceLooks.tsx';
import { boxBetween, landmarksInBox } from './landmarks-in-box.ts';
import styles from './MarkFace.module.css';

interface Props {
  readonly photo: Photo;
  readonly view: View;
  readonly size: Size;
  /** Where the photo's pixels lie on the stage, turned or not. */
  readonly place: StagePlace;
  readonly onDone: () => void;
}

const pointNames = ['leftEye', 'rightEye', 'nose', 'leftMouth', 'rightMouth'] as const;

export function MarkFace({ photo, view, size, place, onDone }: Props): ReactNode {
  const { t } = useTranslation(['studio', 'faces']);
  const { apply } = useEdits(photo.id);
  const [start, setStart] = useState<Point | null>(null);
  const [box, setBox] = useState<Box | null>(null);
  const [points, setPoints] = useState<Landmarks | null>(null);
  const layer = useRef<HTMLDivElement | null>(null);
  useEffect(() => layer.current?.focus(), []);

  const photoPointOf = (event: PointerEvent): Point => {
    const corner = layer.current?.getBoundingClientRect() ?? { left: 0, top: 0 };
    return place.toPhoto([event.clientX - corner.left, event.clientY - corner.top]);
  };
  const settle = (chosen: Box | null): void => {
    setBox(chosen);
    setPoints(chosen === null ? null : landmarksInBox(chosen));
  };
  const movePoint = (index: number, [x, y]: Point): void =>
    setPoints((before) => {
      if (before === null) return before;
      const inside: Point = [
        Math.min(Math.max(x, 0), photo.widthPx),
        Math.min(Math.max(y, 0), photo.heightPx),
      ];
      return before.map((point, at) => (at === index ? inside : point)) as Landmarks;
    });
  const add = (): void => {
    if (box === null || points === null) return;
    const faceId = faceIdSchema.parse(crypto.randomUUID());
    apply({ kind: 'face.add', faceId, boxInPhoto: box, landmarksInPhoto: points });
    onDone();
  };
  const placeInMiddle = (): void => {
    const middle = place.toPhoto([size.width / 2, size.height / 2]);
    const half = Math.min(size.width, size.height) / view.scale / 8;
    settle(
      boxBetween(
        [middle[0] - half, middle[1] - half * 1.2],
        [middle[0] + half, middle[1] + half * 1.2],
        photo,
      ),
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // The stage below moves and zooms by the same keys.
    event.stopPropagation();
    if (event.key === 'Escape') onDone();
    if ((event.key === 'Enter' || event.key === ' ') && event.target === layer.current && box === null) {
      event.preventDefault();
      placeInMiddle();
    }
  };
  const { toStage } = place;
  const shownBox = box === null ? null : place.boxOnStage(box);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a layer to draw on has no element of its own
    <div
      ref={layer}
      className={styles['layer']}
      role="group"
      aria-label={t('faces.marking.label')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: Enter places the box
      tabIndex={0}
      onKeyDown={onKeyDown}
      onDoubleClick={(event) => event.stopPropagation()}
      onPointerDown={(event) => {
        event.stopPropagation();
        if (event.button !== 0 || points !== null) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setStart(photoPointOf(event));
      }}
      onPointerMove={(event) => {
        event.stopPropagation();
        if (start !== null) setBox(boxBetween(start, photoPointOf(event), photo));
      }}
      onPointerUp={(event) => {
        event.stopPropagation();
        if (start === null) return;
        settle(boxBetween(start, photoPointOf(event), photo));
        setStart(null);
      }}
    >
      {shownBox !== null && (
        <div
          className={styles['box']}
          style={{ left: shownBox.x, top: shownBox.y, width: shownBox.width, height: shownBox.height }}
        />
      )}
      {points?.map((point, index) => (
        <LandmarkHandle
          key={pointNames[index]}
          name={t(`faces.marking.points.${pointNames[index] ?? 'nose'}`)}
          at={toStage(point)}
          onDrag={(event) => movePoint(index, photoPointOf(event))}
          onStep={(across, down) => {
            const [x, y] = toStage(point);
            movePoint(index, place.toPhoto([x + across, y + down]));
          }}
        />
      ))}
      {points !== null && (
        <figure className={styles['crop']} data-testid="marked-crop">
          <AlignedCrop photo={photo} address={photoPictureAddress(photo.id, 'screen')} landmarks={points} />
          <figcaption>{t('faces:crop')}</figcaption>
        </figure>
      )}
      <div className={styles['bar']} role="status">
        <span>{t(points === null ? 'faces.marking.draw' : 'faces.marking.place')}</span>
        {points !== null && (
          <>
            <Button size="compact-sm" onClick={add}>
              {t('faces.marking.add')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => settle(null)}>
              {t('faces.marking.again')}
            </Button>
          </>
        )}
        <Button size="compact-sm" variant="default" onClick={onDone}>
          {t('app.cancel')}
        </Button>
      </div>
    </div>
  );
}

interface HandleProps {
  readonly name: string;
  readonly at: Point;
  readonly onDrag: (event: PointerEvent) => void;
  /** In CSS pixels. */
  readonly onStep: (across: number, down: number) => void;
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function LandmarkHandle({ name, at, onDrag, onStep }: HandleProps): ReactNode {
  return (
    <button
      type="button"
      className={styles['point']}
      style={{ left: at[0], top: at[1] }}
      aria-label={name}
      title={name}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        event.stopPropagation();
        if (event.currentTarget.hasPointerCapture(event.pointerId)) onDrag(event);
      }}
      onKeyDown={(event) => {
        const step = steps[event.key];
        if (step === undefined) return;
        event.preventDefault();
        const length = event.shiftKey ? 10 : 1;
        onStep(step[0] * length, step[1] * length);
      }}
    />
  );
}
