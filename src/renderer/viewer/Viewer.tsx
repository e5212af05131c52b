// The large picture: original, restored, or both compared; zoom, pan, turn and face marks.
// Pictures come by address; this component never sees pixels.
import { Text } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FaceId } from '#shared/domain/ids.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { type ShownPicture, useStudioState } from '../features/studio/studio-state.tsx';
import type { ComparedSides } from './compared-sides.ts';
import { type FaceMark, FaceMarks } from './FaceMarks.tsx';
import { nextTurn, placeOnStage, type StagePlace, turnedBox, turnedSize, turnZoom } from './turn.ts';
import { type FaceWish, useFramedFace } from './use-framed-face.ts';
import { type Stage, useStage } from './use-stage.ts';
import { useStagePointers } from './use-stage-pointers.ts';
import { useViewerKeys } from './use-viewer-keys.ts';
import styles from './Viewer.module.css';
import { ViewerPane } from './ViewerPane.tsx';
import { ViewerToolbar } from './ViewerToolbar.tsx';
import { type Size, type View, zoomOfView, zoomOnBox } from './view-transform.ts';
import { pictureOfPhoto } from './viewer-picture.ts';

interface Props {
  readonly photo: Photo;
  readonly sides: ComparedSides;
  readonly marks: readonly FaceMark[];
  readonly areMarksVisible: boolean;
  readonly onMarks: (visible: boolean) => void;
  readonly chosenFaceId: FaceId | null;
  readonly onChooseFace: (faceId: FaceId) => void;
  /** A face to zoom to. */
  readonly faceWish: FaceWish | null;
  readonly shown: ShownPicture;
  readonly onShow: (shown: ShownPicture) => void;
  /** Beside what is shown in the toolbar: which two pictures are compared. */
  readonly comparePicker?: ReactNode;
  /** Drawn on the result and turned with it, given where the upright photo lies. */
  readonly onBoard?: (view: View) => ReactNode;
  /** Told the address of the result once it can be seen. */
  readonly onResultShown?: (address: string) => void;
  /** Drawn over the first pane, given where the picture lies on it. `view` alone is right while nothing is turned. */
  readonly overlay?: (view: View, stage: Size, place: StagePlace) => ReactNode;
}

const panStepPx = 64;
/** Device pixels per pixel of the sharpest picture: 3,200 %. */
const largestZoom = 32;
/** Narrower, the toolbar takes two rows and lists instead of buttons. */
const wideToolbarPx = 1000;

export function Viewer(props: Props): ReactNode {
  const { photo, sides, shown } = props;
  const { t } = useTranslation();
  const { zoom, setZoom, turns, setTurns, hasPixelGrid, setPixelGrid } = useStudioState();
  const turn = turns[photo.id] ?? 0;
  const photoSize = { width: photo.widthPx, height: photo.heightPx };
  const turned = turnedSize(photoSize, turn);
  const { before, after } = sides;
  // 100 %: one pixel of the sharpest picture there is, on one pixel of the screen.
  const density =
    Math.max(before.picture.widthPx, after?.picture.widthPx ?? before.picture.widthPx) / photo.widthPx;
  const actualScale = density / devicePixelRatio;
  const isPaired = after !== null && shown === 'side-by-side';
  const stage = useStage(turned, photo.id, {
    memory: { zoom, setZoom },
    paneCount: isPaired ? 2 : 1,
    largestScale: actualScale * largestZoom,
  });
  const pointers = useStagePointers(stage);
  const [split, setSplit] = useState(0.5);
  const [isHeld, setIsHeld] = useState(false);
  const [isAvailable, setIsAvailable] = useState(true);
  const framed = useFramedFace(props.marks, props.faceWish, props.chosenFaceId, ({ boxInPhoto }) =>
    stage.look(zoomOnBox(turnedBox(boxInPhoto, photoSize, turn), stage.size, actualScale * largestZoom)),
  );
  const turnView = (isClockwise: boolean): void => {
    setTurns((all) => ({ ...all, [photo.id]: nextTurn(turn, isClockwise) }));
    if (!stage.isFitted) stage.look(turnZoom(zoomOfView(stage.view, stage.size), turned, isClockwise));
  };
  useViewerKeys({
    zoomToFace: framed.frame,
    stepFace: framed.step,
    turn: turnView,
    togglePixelGrid: () => setPixelGrid((isOn) => !isOn),
    hold: setIsHeld,
  });

  const { view, size } = stage;
  const place = placeOnStage(view, photoSize, turn);
  const original = { picture: pictureOfPhoto(photo), label: t('viewer.original') };
  const isOriginalAlone = isHeld || shown === 'original';
  const pane = {
    photo,
    split,
    onSplit: setSplit,
    view,
    size,
    turn,
    density: actualScale * devicePixelRatio,
    hasPixelGrid,
    onAvailable: setIsAvailable,
  };
  const marks = props.areMarksVisible && (
    <FaceMarks
      marks={props.marks}
      stage={size}
      place={place}
      onChoose={props.onChooseFace}
      onFrame={(faceId) => {
        const mark = props.marks.find((each) => each.faceId === faceId);
        if (mark !== undefined) framed.show(mark);
      }}
    />
  );

  const onKeyDown = (event: KeyboardEvent): void => {
    const action = keyActions(stage, actualScale)[event.key];
    if (action === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  };

  return (
    <section className={styles['viewer']} aria-label={t('viewer.region')}>
      {/* biome-ignore lint/a11y/useSemanticElements: a picture that is zoomed and moved has no element of its own */}
      <div
        ref={stage.ref}
        className={styles['stage']}
        role="group"
        aria-label={t('viewer.stage', { fileName: photo.fileName })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the picture
        tabIndex={0}
        id="stage"
        data-dragging={pointers.isDragging || undefined}
        data-testid="stage"
        onKeyDown={onKeyDown}
        onDoubleClick={() => (stage.isFitted ? stage.zoomTo(actualScale) : stage.fit())}
        {...pointers.handlers}
      >
        {size.width > 0 && !isPaired && (
          <ViewerPane
            {...pane}
            corner={{ x: 0, y: 0 }}
            base={isOriginalAlone ? original : before}
            over={after}
            overAs={isOriginalAlone ? 'hidden' : overKinds[shown]}
            isLabelled={false}
            onBoard={props.onBoard}
            onOverShown={props.onResultShown}
          >
            {marks}
            {props.overlay?.(view, size, place)}
          </ViewerPane>
        )}
        {size.width > 0 &&
          isPaired &&
          [before, after].map((side, index) => (
            <ViewerPane
              key={index === 0 ? 'before' : 'after'}
              {...pane}
              corner={stage.panes.corners[index] ?? { x: 0, y: 0 }}
              base={isHeld ? original : side}
              over={null}
              overAs="hidden"
              isLabelled
              onBoard={index === 1 && !isHeld ? props.onBoard : undefined}
              onBaseShown={index === 1 ? props.onResultShown : undefined}
            >
              {marks}
              {index === 0 && props.overlay?.(view, size, place)}
            </ViewerPane>
          ))}
        {!isAvailable && (
          <Text className={styles['unavailable']} role="status">
            {t('viewer.unavailable')}
          </Text>
        )}
      </div>
      <output className={styles['announced']}>
        {framed.mark !== null &&
          t('viewer.framedFace', { number: framed.mark.number, count: props.marks.length })}
      </output>
      <ViewerToolbar
        isNarrow={stage.outerSize.width < wideToolbarPx}
        hasResult={after !== null}
        shown={shown}
        onShow={props.onShow}
        comparePicker={props.comparePicker}
        hasFaces={props.marks.length > 0}
        areMarksVisible={props.areMarksVisible}
        onMarks={props.onMarks}
        onZoomToFace={framed.frame}
        onTurn={() => turnView(true)}
        isHeld={isHeld}
        onHold={setIsHeld}
        zoomPercent={Math.round((view.scale / actualScale) * 100)}
        isFitted={stage.isFitted}
        onZoom={stage.zoom}
        onFit={stage.fit}
        onActual={() => stage.zoomTo(actualScale)}
        onDouble={() => stage.zoomTo(actualScale * 2)}
      />
    </section>
  );
}

const overKinds = {
  original: 'hidden',
  split: 'split',
  'side-by-side': 'hidden',
  restored: 'whole',
  difference: 'difference',
} as const satisfies Record<ShownPicture, string>;

function keyActions(stage: Stage, actualScale: number): Readonly<Record<string, () => void>> {
  return {
    '+': () => stage.zoom(1.25),
    '=': () => stage.zoom(1.25),
    '-': () => stage.zoom(1 / 1.25),
    '−': () => stage.zoom(1 / 1.25),
    '0': stage.fit,
    '1': () => stage.zoomTo(actualScale),
    '2': () => stage.zoomTo(actualScale * 2),
    ArrowLeft: () => stage.pan(panStepPx, 0),
    ArrowRight: () => stage.pan(-panStepPx, 0),
    ArrowUp: () => stage.pan(0, panStepPx),
    ArrowDown: () => stage.pan(0, -panStepPx),
  };
}
