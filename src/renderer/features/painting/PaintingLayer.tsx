// A brush over the stage: paints strokes in photo pixels and erases them. By keyboard the arrow keys move the brush and
// Space sets a dab; the square brackets change its size, X switches to the eraser. What strokes mean is the caller's.
import { Button, SegmentedControl } from '@mantine/core';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BrushStroke, longestStrokePoints, simplifiedPoints } from '#shared/domain/brush.ts';
import type { Point } from '#shared/domain/geometry.ts';
import { LabelledSlider } from '../../components/LabelledSlider.tsx';
import { useFormats } from '../../formatting/use-formats.ts';
import type { StagePlace } from '../../viewer/turn.ts';
import type { Size, View } from '../../viewer/view-transform.ts';
import styles from './Painting.module.css';

export interface Place {
  readonly view: View;
  readonly size: Size;
  readonly place: StagePlace;
}

interface Props extends Place {
  /** What is painted, for screen readers, with the keys. */
  readonly label: string;
  readonly clearLabel: string;
  readonly paintLabel: string;
  readonly strokes: readonly BrushStroke[];
  readonly onStroke: (stroke: BrushStroke) => void;
  readonly onClear: () => void;
  readonly onDone: () => void;
  /** How strokes look, the one under the pointer among them. */
  readonly picture: (strokes: readonly BrushStroke[]) => ReactNode;
}

/** Of the brush on the stage, in CSS pixels: what is chosen looks the same at every zoom. */
const sizes = { least: 4, most: 200, usual: 28 } as const;
const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function PaintingLayer(props: Props): ReactNode {
  const { view, size, place, strokes, onDone } = props;
  const { t } = useTranslation();
  const formats = useFormats();
  const [radius, setRadius] = useState<number>(sizes.usual);
  const [hardness, setHardness] = useState(0.6);
  const [mode, setMode] = useState<BrushStroke['mode']>('paint');
  const [drawn, setDrawn] = useState<readonly Point[] | null>(null);
  const [cursor, setCursor] = useState<Point>([size.width / 2, size.height / 2]);
  const layer = useRef<HTMLDivElement | null>(null);
  useEffect(() => layer.current?.focus(), []);

  const strokeOf = (points: readonly Point[]): BrushStroke => ({
    points: simplifiedPoints(points, 0.4 / view.scale).slice(0, longestStrokePoints),
    radiusPx: Math.min(20_000, Math.max(0.5, radius / view.scale)),
    hardness,
    mode,
  });
  const finish = (points: readonly Point[]): void => {
    setDrawn(null);
    if (points.length > 0) props.onStroke(strokeOf(points));
  };
  const onStage = (event: PointerEvent): Point => {
    const corner = layer.current?.getBoundingClientRect() ?? { left: 0, top: 0 };
    return [event.clientX - corner.left, event.clientY - corner.top];
  };
  const resize = (factor: number): void =>
    setRadius((before) => Math.round(Math.min(sizes.most, Math.max(sizes.least, before * factor))));
  const onKeyDown = (event: KeyboardEvent): void => {
    // Undo, redo and the like stay the studio's.
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation();
    if (event.target !== layer.current) return;
    const step = steps[event.key];
    if (event.key === 'Escape' || event.key === 'Enter') onDone();
    else if (event.key === '[') resize(1 / 1.2);
    else if (event.key === ']') resize(1.2);
    else if (event.key === 'x' || event.key === 'X') setMode(mode === 'paint' ? 'erase' : 'paint');
    else if (event.key === ' ') finish([place.toPhoto(cursor)]);
    else if (step !== undefined) {
      const length = event.shiftKey ? 20 : 4;
      setCursor(([x, y]) => [
        Math.min(size.width, Math.max(0, x + step[0] * length)),
        Math.min(size.height, Math.max(0, y + step[1] * length)),
      ]);
    } else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a layer to paint on has no element of its own
    <div
      ref={layer}
      className={styles['layer']}
      role="group"
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys paint
      tabIndex={0}
      onKeyDown={onKeyDown}
      onDoubleClick={(event) => event.stopPropagation()}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrawn([place.toPhoto(onStage(event))]);
      }}
      onPointerMove={(event) => {
        const at = onStage(event);
        setCursor(at);
        if (drawn === null) return;
        event.stopPropagation();
        // All places since the last event, not only where the pointer is by now.
        const passed = event.nativeEvent.getCoalescedEvents?.() ?? [];
        const corner = layer.current?.getBoundingClientRect() ?? { left: 0, top: 0 };
        const places = passed.map(
          ({ clientX, clientY }): Point => [clientX - corner.left, clientY - corner.top],
        );
        const added = (places.length > 0 ? places : [at]).map((point) => place.toPhoto(point));
        setDrawn([...drawn, ...added]);
      }}
      onPointerUp={(event) => {
        if (drawn === null) return;
        event.stopPropagation();
        finish(drawn);
      }}
      onPointerCancel={() => setDrawn(null)}
    >
      {props.picture(drawn === null ? strokes : [...strokes, strokeOf(drawn)])}
      <div
        className={styles['ring']}
        data-mode={mode}
        style={{ left: cursor[0], top: cursor[1], width: radius * 2, height: radius * 2 }}
      />
      <div className={styles['bar']} onPointerDown={(event) => event.stopPropagation()}>
        <SegmentedControl
          size="xs"
          aria-label={t('painting.mode')}
          value={mode}
          onChange={(value) => setMode(value === 'erase' ? 'erase' : 'paint')}
          data={(['paint', 'erase'] as const).map((value) => ({
            value,
            label: value === 'paint' ? props.paintLabel : t('painting.erase'),
          }))}
        />
        <div className={styles['slider']}>
          <LabelledSlider
            label={t('painting.size')}
            value={radius}
            min={sizes.least}
            max={sizes.most}
            step={1}
            lowLabel=""
            highLabel=""
            format={formats.whole}
            onDraft={setRadius}
            onCommit={setRadius}
          />
        </div>
        <div className={styles['slider']}>
          <LabelledSlider
            label={t('painting.hardness')}
            value={hardness}
            min={0}
            max={1}
            step={0.05}
            lowLabel=""
            highLabel=""
            format={formats.percent}
            onCommit={setHardness}
          />
        </div>
        <Button size="compact-sm" variant="default" disabled={strokes.length === 0} onClick={props.onClear}>
          {props.clearLabel}
        </Button>
        <Button size="compact-sm" onClick={onDone}>
          {t('painting.done')}
        </Button>
        <span className={styles['hint']}>{t('painting.hint')}</span>
      </div>
    </div>
  );
}
