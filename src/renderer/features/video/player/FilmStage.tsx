// Where the films are seen: one over the other with a line between them, beside each other, or one of them.
import { Loader, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type CSSProperties, type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clip } from '#shared/domain/project-clip.ts';
import { SplitSlider } from '../../../viewer/SplitSlider.tsx';
import { SteadyPicture } from '../../../viewer/SteadyPicture.tsx';
import type { ShownFilm } from '../../studio/studio-state.tsx';
import styles from './Player.module.css';
import type { PairedPlayback } from './paired-playback.ts';
import type { PlayedFilm, PlayedFilms } from './played-films.ts';
import { usePlaybackStatus } from './use-playback.ts';

interface Props {
  readonly clip: Clip;
  readonly films: PlayedFilms;
  readonly playback: PairedPlayback;
  readonly shown: ShownFilm | 'live';
  readonly liveAddress: string | null;
}

export function FilmStage({ clip, films, playback, shown, liveAddress }: Props): ReactNode {
  const { t } = useTranslation(['video', 'studio']);
  const { isCovered, isWaiting, hasFailed } = usePlaybackStatus(playback);
  const { ref, width } = useElementSize();
  const [split, setSplit] = useState(0.5);
  const [seen, setSeen] = useState<string | null>(null);
  const { video, fileName } = clip.facts;
  const ratio =
    (video.widthPx * video.pixelAspect.numerator) / (video.heightPx * video.pixelAspect.denominator);
  const isAfterSeen = isCovered && shown !== 'original' && shown !== 'live';
  const isSplit = isAfterSeen && shown === 'split';
  const isReady = seen === films.before.address;
  return (
    // A click on the picture plays, as everywhere; the button below does the same by keyboard.
    // biome-ignore lint/a11y/noStaticElementInteractions: the play button does the same
    // biome-ignore lint/a11y/useKeyWithClickEvents: the play button does the same
    <div className={styles['stage']} data-shown={shown} data-testid="film-stage" onClick={playback.toggle}>
      <div className={styles['frame']} style={{ '--film-ratio': ratio } as CSSProperties} ref={ref}>
        <Film
          key={`before ${films.before.address}`}
          film={films.before}
          side="before"
          label={t('player.originalFilm', { fileName })}
          playback={playback}
          onSeen={setSeen}
        />
        {films.after !== null && (
          <Film
            key={`after ${films.after.address}`}
            film={films.after}
            side="after"
            label={t('player.restoredFilm', { fileName })}
            playback={playback}
            isHidden={!isAfterSeen}
            clip={isSplit ? `inset(0 0 0 ${split * 100}%)` : undefined}
          />
        )}
        {isSplit && (
          // biome-ignore lint/a11y/noStaticElementInteractions: only keeps clicks on the line from playing
          // biome-ignore lint/a11y/useKeyWithClickEvents: only keeps clicks on the line from playing
          <div className={styles['line']} onClick={(event) => event.stopPropagation()}>
            <SplitSlider fraction={split} left={0} right={width} stageX={split * width} onChange={setSplit} />
          </div>
        )}
        {shown === 'live' && liveAddress !== null && (
          <SteadyPicture
            address={liveAddress}
            alt={t('player.livePicture', { fileName })}
            style={{ width: '100%', height: '100%' }}
          />
        )}
        <SideName side="before" isVisible={isSplit ? split > 0.15 : shown !== 'live' && shown !== 'restored'}>
          {t('studio:viewer.original')}
        </SideName>
        <SideName side="after" isVisible={isSplit ? split < 0.85 : isAfterSeen}>
          {t('studio:viewer.restored')}
        </SideName>
        {shown === 'live' && (
          <SideName side="after" isVisible>
            {t('player.live')}
          </SideName>
        )}
      </div>
      {hasFailed ? (
        <div className={styles['over']} role="alert">
          <IconAlertTriangle size={28} aria-hidden />
          <Text size="sm">{t('player.cannotPlay')}</Text>
          <Text size="xs" c="dimmed">
            {t('player.cannotPlayNext')}
          </Text>
        </div>
      ) : (
        (!isReady || isWaiting) &&
        shown !== 'live' && (
          <div className={styles['over']} role="status" data-quiet={isReady || undefined}>
            <Loader size="sm" />
            {!isReady && <Text size="sm">{t('player.preparing')}</Text>}
          </div>
        )
      )}
    </div>
  );
}

interface FilmProps {
  readonly film: PlayedFilm;
  readonly side: 'before' | 'after';
  readonly label: string;
  readonly playback: PairedPlayback;
  readonly isHidden?: boolean;
  readonly clip?: string | undefined;
  readonly onSeen?: (address: string) => void;
}

function Film({ film, side, label, playback, isHidden, clip, onSeen }: FilmProps): ReactNode {
  const attach = useCallback(
    (element: HTMLVideoElement | null) => {
      playback.attach(side, element);
      return () => playback.attach(side, null);
    },
    [playback, side],
  );
  return (
    // biome-ignore lint/a11y/useMediaCaption: a family's film has no captions; those it has are kept in the result
    <video
      ref={attach}
      className={styles['film']}
      data-side={side}
      data-hidden={isHidden || undefined}
      style={clip === undefined ? undefined : { clipPath: clip }}
      src={film.address}
      aria-label={label}
      preload="auto"
      playsInline
      disablePictureInPicture
      onLoadedData={() => onSeen?.(film.address)}
    />
  );
}

function SideName(props: { side: 'before' | 'after'; isVisible: boolean; children: ReactNode }): ReactNode {
  return (
    <span
      className={styles['sideName']}
      data-side={props.side}
      data-visible={props.isVisible || undefined}
      aria-hidden
    >
      {props.children}
    </span>
  );
}
