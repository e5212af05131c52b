// The large picture: original, restored, or both with a split; zoom, pan and face marks.
// Pictures come by address; this component never sees pixels.
import { Text } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { photoPictureAddress, resultPictureAddress } from '#shared/contract/pictures.ts';
import type { FaceId } from '#shared/domain/ids.ts';
import type { Photo } from '#shared/domain/photo.ts';
import type { Result } from '#shared/domain/result.ts';
import { isTyping } from '../features/shortcuts/is-typing.ts';
import { type ShownPicture, useStudioState } from '../features/studio/studio-state.tsx';
import { chooseVariant } from './choose-variant.ts';
import { type FaceMark, FaceMarks } from './FaceMarks.tsx';
import { SplitSlider } from './SplitSlider.tsx';
import { SteadyPicture } from './SteadyPicture.tsx';
import { useStage } from './use-stage.ts';
import { useStagePointers } from './use-stage-pointers.ts';
import styles from './Viewer.module.css';
import { ViewerToolbar } from './ViewerToolbar.tsx';
import { placeSplit, type Size, type View } from './view-transform.ts';

interface Props {
  readonly photo: Photo;
  readonly result: Result | null;
  readonly marks: readonly FaceMark[];
  readonly areMarksVisible: boolean;
  readonly onMarks: (visible: boolean) => void;
  readonly onChooseFace: (faceId: FaceId) => void;
  readonly shown: ShownPicture;
  readonly onShow: (shown: ShownPicture) => void;
  /** Drawn over the stage, given where the picture lies on it. */
  readonly overlay?: (view: View, stage: Size) => ReactNode;
  /** Told the address of the restored picture once it can be seen. */
  readonly onResultShown?: (address: string) => void;
}

const panStepPx = 64;

export function Viewer(props: Props): ReactNode {
  const { photo, result } = props;
  const { t } = useTranslation();
  const photoSize = { width: photo.widthPx, height: photo.heightPx };
  const stage = useStage(photoSize, photo.id, useStudioState());
  const pointers = useStagePointers(stage);
  const [split, setSplit] = useState(0.5);
  const [isHeld, setIsHeld] = useState(false);
  const [shownResult, setShownResult] = useState<string | null>(null);
  const [isUnavailable, setIsUnavailable] = useState(false);
  useHeldKey('b', setIsHeld);

  const { view, size } = stage;
  const hasSize = size.width > 0;
  const shownSide = Math.max(photo.widthPx, photo.heightPx) * view.scale * devicePixelRatio;
  const originalAddress = photoPictureAddress(
    photo.id,
    chooseVariant(Math.max(photo.widthPx, photo.heightPx), shownSide),
  );
  const resultAddress =
    result === null
      ? null
      : resultPictureAddress(result.id, chooseVariant(Math.max(result.widthPx, result.heightPx), shownSide));
  // 100 %: one pixel of the sharpest picture there is, on one pixel of the screen.
  const sharpestWidth = result?.widthPx ?? photo.widthPx;
  const actualScale = sharpestWidth / photo.widthPx / devicePixelRatio;
  const zoomPercent = Math.round((view.scale / actualScale) * 100);

  const isResultVisible = resultAddress !== null && props.shown !== 'original' && !isHeld;
  const isSplit = resultAddress !== null && shownResult !== null && props.shown === 'split' && !isHeld;
  const place = placeSplit(view, size, photoSize, split);
  const pictureStyle = {
    width: photo.widthPx * view.scale,
    height: photo.heightPx * view.scale,
    transform: `translate(${view.x}px, ${view.y}px)`,
    imageRendering: view.scale * devicePixelRatio >= 4 ? ('pixelated' as const) : ('auto' as const),
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const action = keyActions({ stage, actualScale })[event.key];
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
        {hasSize && (
          <>
            <SteadyPicture
              key={photo.id}
              address={originalAddress}
              alt={t('viewer.originalPicture', { fileName: photo.fileName })}
              style={pictureStyle}
              onShown={() => setIsUnavailable(false)}
              onUnavailable={() => setIsUnavailable(true)}
            />
            {resultAddress !== null && (
              <SteadyPicture
                key={`restored ${photo.id}`}
                address={resultAddress}
                alt={t('viewer.restoredPicture', { fileName: photo.fileName })}
                style={{
                  ...pictureStyle,
                  // Black where both are the same.
                  mixBlendMode: props.shown === 'difference' ? 'difference' : 'normal',
                  visibility: isResultVisible ? 'visible' : 'hidden',
                  clipPath: isSplit ? `inset(0 0 0 ${place.pictureFraction * 100}%)` : 'none',
                }}
                onShown={(address) => {
                  setShownResult(address);
                  props.onResultShown?.(address);
                }}
              />
            )}
            {props.shown === 'difference' && isResultVisible && (
              <div className={styles['brighter']} style={pictureStyle} aria-hidden />
            )}
            {props.areMarksVisible && (
              <FaceMarks marks={props.marks} stage={size} view={view} onChoose={props.onChooseFace} />
            )}
            {props.overlay?.(view, size)}
            {isSplit && (
              <>
                <SideLabel
                  side="before"
                  text={t('viewer.original')}
                  isVisible={split > 0.12}
                  at={place.left}
                />
                <SideLabel
                  side="after"
                  text={t('viewer.restored')}
                  isVisible={split < 0.88}
                  at={size.width - place.right}
                />
                <SplitSlider fraction={split} {...place} onChange={setSplit} />
              </>
            )}
          </>
        )}
        {isUnavailable && (
          <Text className={styles['unavailable']} role="status">
            {t('viewer.unavailable')}
          </Text>
        )}
      </div>
      <ViewerToolbar
        hasResult={result !== null}
        shown={props.shown}
        onShow={props.onShow}
        hasFaces={props.marks.length > 0}
        areMarksVisible={props.areMarksVisible}
        onMarks={props.onMarks}
        isHeld={isHeld}
        onHold={setIsHeld}
        zoomPercent={zoomPercent}
        isFitted={stage.isFitted}
        onZoom={stage.zoom}
        onFit={stage.fit}
        onActual={() => stage.zoomTo(actualScale)}
        onDouble={() => stage.zoomTo(actualScale * 2)}
      />
    </section>
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

function keyActions(input: {
  stage: ReturnType<typeof useStage>;
  actualScale: number;
}): Readonly<Record<string, () => void>> {
  const { stage, actualScale } = input;
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

/** True while the key is down, anywhere in the window but in text fields. */
function useHeldKey(key: string, onHeld: (held: boolean) => void): void {
  useEffect(() => {
    const down = (event: globalThis.KeyboardEvent): void => {
      if (event.key.toLowerCase() === key && !event.ctrlKey && !event.metaKey && !isTyping(event))
        onHeld(true);
    };
    const up = (event: globalThis.KeyboardEvent): void => {
      if (event.key.toLowerCase() === key) onHeld(false);
    };
    const release = (): void => onHeld(false);
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    window.addEventListener('blur', release);
    return () => {
      window.removeEventListener('keydown', down);
      window.removeEventListener('keyup', up);
      window.removeEventListener('blur', release);
    };
  }, [key, onHeld]);
}
