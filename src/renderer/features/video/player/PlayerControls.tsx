// The row of buttons under the scrubber: play, single frames, the range, sound, the time.
import { Slider } from '@mantine/core';
import {
  IconBracketsContain,
  IconBracketsContainEnd,
  IconBracketsContainStart,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
  IconVolume,
  IconVolumeOff,
} from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconAction } from '../../../components/IconAction.tsx';
import { useFormats } from '../../../formatting/use-formats.ts';
import styles from './Player.module.css';
import type { PairedPlayback } from './paired-playback.ts';
import { frameAt, timeCode } from './time-code.ts';
import { usePlaybackSeconds, usePlaybackStatus } from './use-playback.ts';

interface Props {
  readonly playback: PairedPlayback;
  readonly duration: number;
  readonly rate: number;
  readonly hasSound: boolean;
  readonly hasRange: boolean;
  readonly isReadOnly: boolean;
  readonly onStep: (frames: number) => void;
  readonly onMarkIn: () => void;
  readonly onMarkOut: () => void;
  readonly onWhole: () => void;
}

export function PlayerControls(props: Props): ReactNode {
  const { playback, isReadOnly } = props;
  const { t } = useTranslation('video');
  const { isPlaying, hasFailed } = usePlaybackStatus(playback);
  return (
    <div className={styles['controls']} role="toolbar" aria-label={t('player.controls')}>
      <div className={styles['part']}>
        <IconAction
          label={isPlaying ? t('player.pause') : t('player.play')}
          keys={t('player.keys.space')}
          variant="light"
          color="verdigris"
          disabled={hasFailed}
          onClick={playback.toggle}
        >
          {isPlaying ? (
            <IconPlayerPauseFilled size={18} aria-hidden />
          ) : (
            <IconPlayerPlayFilled size={18} aria-hidden />
          )}
        </IconAction>
        <IconAction label={t('player.previousFrame')} keys="," onClick={() => props.onStep(-1)}>
          <IconPlayerTrackPrev size={18} aria-hidden />
        </IconAction>
        <IconAction label={t('player.nextFrame')} keys="." onClick={() => props.onStep(1)}>
          <IconPlayerTrackNext size={18} aria-hidden />
        </IconAction>
        <Clock playback={playback} duration={props.duration} rate={props.rate} />
      </div>
      <div className={styles['part']}>
        <IconAction label={t('player.markIn')} keys="I" disabled={isReadOnly} onClick={props.onMarkIn}>
          <IconBracketsContainStart size={18} aria-hidden />
        </IconAction>
        <IconAction label={t('player.markOut')} keys="O" disabled={isReadOnly} onClick={props.onMarkOut}>
          <IconBracketsContainEnd size={18} aria-hidden />
        </IconAction>
        {props.hasRange && (
          <IconAction label={t('player.whole')} disabled={isReadOnly} onClick={props.onWhole}>
            <IconBracketsContain size={18} aria-hidden />
          </IconAction>
        )}
        {props.hasSound && <Sound playback={playback} />}
      </div>
    </div>
  );
}

function Clock({ playback, duration, rate }: Pick<Props, 'playback' | 'duration' | 'rate'>): ReactNode {
  const { t } = useTranslation('video');
  const formats = useFormats();
  const seconds = usePlaybackSeconds(playback);
  return (
    <span
      className={styles['clock']}
      data-testid="clock"
      title={t('player.frame', { frame: formats.whole(frameAt(seconds, rate)) })}
    >
      {timeCode(seconds)}
      <span className={styles['clockTotal']}>{` / ${timeCode(duration)}`}</span>
    </span>
  );
}

function Sound({ playback }: { playback: PairedPlayback }): ReactNode {
  const { t } = useTranslation('video');
  const formats = useFormats();
  const [volume, setVolume] = useState(1);
  const [isMuted, setIsMuted] = useState(false);
  useEffect(() => playback.setSound(volume, isMuted), [playback, volume, isMuted]);
  return (
    <>
      <IconAction
        label={isMuted ? t('player.unmute') : t('player.mute')}
        aria-pressed={isMuted}
        onClick={() => setIsMuted(!isMuted)}
      >
        {isMuted ? <IconVolumeOff size={18} aria-hidden /> : <IconVolume size={18} aria-hidden />}
      </IconAction>
      <Slider
        className={styles['volume'] ?? ''}
        size="xs"
        thumbSize={14}
        min={0}
        max={1}
        step={0.05}
        value={isMuted ? 0 : volume}
        label={null}
        thumbLabel={t('player.volume')}
        thumbValueText={formats.percent}
        onChange={(value) => {
          setVolume(value);
          setIsMuted(value === 0);
        }}
      />
    </>
  );
}
