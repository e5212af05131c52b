// The line of time: the playhead and the two marks of the range, each dragged or moved by arrow keys.
// One drag of a mark is one edit.
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClipRange } from '#shared/domain/clip.ts';
import { useFormats } from '../../../formatting/use-formats.ts';
import styles from './Player.module.css';
import type { PairedPlayback } from './paired-playback.ts';
import { frameAt, middleOfFrame, timeCode } from './time-code.ts';
import { usePlaybackSeconds } from './use-playback.ts';

interface Props {
  readonly playback: PairedPlayback;
  readonly duration: number;
  readonly rate: number;
  readonly range: ClipRange;
  /** The restored stretch that is looked at. */
  readonly stretch: { readonly startsAt: number; readonly endsAt: number } | null;
  readonly isReadOnly: boolean;
  readonly onSeek: (seconds: number) => void;
  readonly onRange: (range: ClipRange) => void;
}

type Mark = 'from' | 'to';
const shortestRangeSeconds = 0.1;

export function Scrubber(props: Props): ReactNode {
  const { playback, duration, rate, range, stretch } = props;
  const { t } = useTranslation('video');
  const rail = useRef<HTMLDivElement | null>(null);
  const [draft, setDraft] = useState<{ mark: Mark; seconds: number } | null>(null);
  const draftOf = (mark: Mark): number | null => (draft?.mark === mark ? draft.seconds : null);
  const from = draftOf('from') ?? range.fromSeconds ?? 0;
  const to = draftOf('to') ?? range.toSeconds ?? duration;
  const share = (seconds: number): string =>
    `${duration <= 0 ? 0 : Math.min(100, Math.max(0, (seconds / duration) * 100))}%`;
  const secondsUnder = (event: PointerEvent): number => {
    const box = rail.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return 0;
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * duration;
  };
  const inside = (mark: Mark, seconds: number): number =>
    mark === 'from'
      ? Math.min(Math.max(0, seconds), to - shortestRangeSeconds)
      : Math.max(Math.min(duration, seconds), from + shortestRangeSeconds);
  const commit = (mark: Mark, seconds: number): void => {
    const at = Math.round(inside(mark, seconds) * 1000) / 1000;
    const isEdge = mark === 'from' ? at <= 0 : at >= duration - 1e-3;
    const next = isEdge ? null : at;
    const key = mark === 'from' ? 'fromSeconds' : 'toSeconds';
    if (range[key] !== next) props.onRange({ ...range, [key]: next });
  };

  return (
    <div className={styles['scrubber']}>
      <div
        ref={rail}
        className={styles['rail']}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          props.onSeek(secondsUnder(event));
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) props.onSeek(secondsUnder(event));
        }}
      >
        <span className={styles['railLine']} />
        <span
          className={styles['railRange']}
          style={{ left: share(from), right: `calc(100% - ${share(to)})` }}
        />
        {stretch !== null && (
          <span
            className={styles['railStretch']}
            style={{ left: share(stretch.startsAt), right: `calc(100% - ${share(stretch.endsAt)})` }}
          />
        )}
        <Playhead {...props} share={share} />
      </div>
      <div className={styles['marks']}>
        {(['from', 'to'] as const).map((mark) => {
          const at = mark === 'from' ? from : to;
          return (
            <RangeMark
              key={mark}
              mark={mark}
              label={mark === 'from' ? t('player.rangeStart') : t('player.rangeEnd')}
              at={at}
              limits={mark === 'from' ? [0, to] : [from, duration]}
              left={share(at)}
              isReadOnly={props.isReadOnly}
              onDrag={(event) => setDraft({ mark, seconds: inside(mark, secondsUnder(event)) })}
              onDrop={() => {
                if (draft?.mark === mark) commit(mark, draft.seconds);
                setDraft(null);
              }}
              onStep={(frames) => commit(mark, frameAt(at, rate) / rate + frames / rate)}
              onHere={() => commit(mark, playback.seconds())}
            />
          );
        })}
      </div>
    </div>
  );
}

function Playhead(props: Props & { share: (seconds: number) => string }): ReactNode {
  const { playback, duration, rate, onSeek } = props;
  const { t } = useTranslation('video');
  const formats = useFormats();
  const seconds = usePlaybackSeconds(playback);
  const frame = frameAt(seconds, rate);
  const onKeyDown = (event: KeyboardEvent): void => {
    const frames = stepOf(event, rate);
    const target =
      event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? duration
          : frames === null
            ? null
            : middleOfFrame(frame + frames, rate);
    if (target === null || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    playback.pause();
    onSeek(target);
  };
  return (
    <span
      className={styles['playhead']}
      style={{ left: props.share(seconds) }}
      role="slider"
      tabIndex={0}
      aria-label={t('player.position')}
      aria-valuemin={0}
      aria-valuemax={Math.round(duration * 100) / 100}
      aria-valuenow={Math.round(seconds * 100) / 100}
      aria-valuetext={t('player.positionValue', { time: timeCode(seconds), frame: formats.whole(frame) })}
      onKeyDown={onKeyDown}
    />
  );
}

interface MarkProps {
  readonly mark: Mark;
  readonly label: string;
  readonly at: number;
  readonly limits: readonly [number, number];
  readonly left: string;
  readonly isReadOnly: boolean;
  readonly onDrag: (event: PointerEvent) => void;
  readonly onDrop: () => void;
  readonly onStep: (frames: number) => void;
  readonly onHere: () => void;
}

function RangeMark(props: MarkProps): ReactNode {
  const { at, limits, isReadOnly } = props;
  return (
    <span
      className={styles['mark']}
      data-mark={props.mark}
      style={{ left: props.left }}
      role="slider"
      tabIndex={0}
      aria-label={props.label}
      aria-disabled={isReadOnly}
      aria-valuemin={Math.round(limits[0] * 100) / 100}
      aria-valuemax={Math.round(limits[1] * 100) / 100}
      aria-valuenow={Math.round(at * 100) / 100}
      aria-valuetext={timeCode(at)}
      title={`${props.label}: ${timeCode(at)}`}
      onPointerDown={(event) => {
        if (event.button !== 0 || isReadOnly) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) props.onDrag(event);
      }}
      onPointerUp={props.onDrop}
      onPointerCancel={props.onDrop}
      onKeyDown={(event) => {
        const frames = stepOf(event, 25);
        if (isReadOnly || event.ctrlKey || event.metaKey) return;
        if (frames !== null) props.onStep(frames);
        else if (event.key === 'Enter') props.onHere();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}

/** Frames that a key moves: one, a second with Shift, five seconds with the page keys. */
function stepOf(event: KeyboardEvent, rate: number): number | null {
  const second = Math.max(1, Math.round(rate));
  switch (event.key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return event.shiftKey ? -second : -1;
    case 'ArrowRight':
    case 'ArrowUp':
      return event.shiftKey ? second : 1;
    case 'PageDown':
      return -5 * second;
    case 'PageUp':
      return 5 * second;
    default:
      return null;
  }
}
