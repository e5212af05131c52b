// The moving pictures of a clip: the film and its restoration in step, what is shown of them, and the keys.
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClipRange } from '#shared/domain/clip.ts';
import type { Clip } from '#shared/domain/project-clip.ts';
import { useStudioState } from '../../studio/studio-state.tsx';
import { FilmStage } from './FilmStage.tsx';
import styles from './Player.module.css';
import { PlayerControls } from './PlayerControls.tsx';
import { PlayerToolbar } from './PlayerToolbar.tsx';
import type { PairedPlayback } from './paired-playback.ts';
import { filmsOfClip, filmsOfPreview, type Preview } from './played-films.ts';
import { Scrubber } from './Scrubber.tsx';
import { durationOf, frameAt, frameRateOf, middleOfFrame } from './time-code.ts';
import { usePlayerKeys } from './use-player-keys.ts';

interface Props {
  readonly clip: Clip;
  readonly playback: PairedPlayback;
  /** A restored stretch that is looked at instead of the whole film. */
  readonly preview: Preview | null;
  readonly onLeavePreview: () => void;
  readonly range: ClipRange;
  readonly onRange: (range: ClipRange) => void;
  readonly isReadOnly: boolean;
  /** Address of the newest picture of a run that goes on. */
  readonly liveAddress: string | null;
  /** Beside the controls: what can be tried here. */
  readonly actions: ReactNode;
}

export function ClipPlayer(props: Props): ReactNode {
  const { clip, playback, preview, range } = props;
  const { t } = useTranslation('video');
  const { shownFilm, showFilm } = useStudioState();
  const [isHeld, setIsHeld] = useState(false);
  const [isLive, setIsLive] = useState(true);
  const region = useRef<HTMLElement | null>(null);
  const rate = frameRateOf(clip.facts);
  const duration = durationOf(clip.facts);
  const resultKey = clip.result?.result.key;
  const films = useMemo(
    () => (preview === null ? filmsOfClip(clip) : filmsOfPreview(clip, preview)),
    [clip.id, resultKey, preview],
  );
  useLayoutEffect(() => playback.load(films), [playback, films]);
  // A restored stretch wants to be seen at once.
  useEffect(() => {
    if (preview === null) return;
    playback.seek(preview.fromSeconds);
    playback.play();
  }, [playback, preview]);
  const isRunning = props.liveAddress !== null;
  useEffect(() => {
    if (isRunning) setIsLive(true);
  }, [isRunning]);

  /** Outside a preview's stretch there is only the whole film. */
  const seek = (seconds: number): void => {
    const { startsAt, endsAt } = films.before;
    if (preview !== null && (seconds < startsAt - 1e-3 || seconds > endsAt + 1e-3)) {
      props.onLeavePreview();
      playback.load(filmsOfClip(clip));
    }
    playback.seek(Math.min(duration, Math.max(0, seconds)));
  };
  const stepFrames = (count: number): void => {
    playback.pause();
    seek(middleOfFrame(frameAt(playback.seconds(), rate) + count, rate));
  };
  const markIn = (): void =>
    props.onRange({
      fromSeconds: rounded(playback.seconds()),
      toSeconds: after(range.toSeconds, playback.seconds()),
    });
  const markOut = (): void =>
    props.onRange({
      fromSeconds: before(range.fromSeconds, playback.seconds()),
      toSeconds: rounded(playback.seconds()),
    });

  usePlayerKeys({
    toggle: playback.toggle,
    stepFrames,
    seekBy: (seconds) => seek(playback.seconds() + seconds),
    toStart: () => seek(0),
    toEnd: () => seek(duration),
    markIn: () => !props.isReadOnly && markIn(),
    markOut: () => !props.isReadOnly && playback.seconds() > 0 && markOut(),
    hold: setIsHeld,
  });

  const hasAfter = films.after !== null;
  const shown = isRunning && isLive && preview === null ? 'live' : hasAfter ? shownFilm : 'original';
  return (
    <section className={styles['player']} aria-label={t('player.region')} ref={region}>
      <FilmStage
        clip={clip}
        films={films}
        playback={playback}
        shown={isHeld && shown !== 'live' ? 'original' : shown}
        liveAddress={props.liveAddress}
      />
      <Scrubber
        playback={playback}
        duration={duration}
        rate={rate}
        range={range}
        stretch={preview === null ? null : films.before}
        isReadOnly={props.isReadOnly}
        onSeek={seek}
        onRange={props.onRange}
      />
      <PlayerControls
        playback={playback}
        duration={duration}
        rate={rate}
        hasSound={clip.facts.audio.some(({ isReadable }) => isReadable)}
        hasRange={range.fromSeconds !== null || range.toSeconds !== null}
        isReadOnly={props.isReadOnly}
        onStep={stepFrames}
        onMarkIn={markIn}
        onMarkOut={markOut}
        onWhole={() => props.onRange({ fromSeconds: null, toSeconds: null })}
      />
      <PlayerToolbar
        hasAfter={hasAfter}
        isRunning={isRunning && preview === null}
        shown={shown}
        onShow={(next) => {
          setIsLive(next === 'live');
          if (next !== 'live') showFilm(next);
        }}
        isHeld={isHeld}
        onHold={setIsHeld}
        onFullScreen={() => void toggleFullScreen(region.current)}
        actions={props.actions}
      />
    </section>
  );
}

/** Thousandths: finer than any frame, and steps of a history stay readable. */
const rounded = (seconds: number): number => Math.round(seconds * 1000) / 1000;
/** An end that lies before the new beginning means nothing any more. */
const after = (end: number | null, start: number): number | null =>
  end !== null && end > start ? end : null;
const before = (start: number | null, end: number): number | null =>
  start !== null && start < end ? start : null;

async function toggleFullScreen(element: HTMLElement | null): Promise<void> {
  if (document.fullscreenElement === null) await element?.requestFullscreen().catch(() => undefined);
  else await document.exitFullscreen();
}
