// The face of a scene where it is largest; a plain square where the film cannot show it. Decoration: a name stands beside it.
import { type ReactNode, useState } from 'react';
import { trackPortraitAddress } from '#shared/contract/films.ts';
import type { ClipTrack } from '#shared/domain/clip.ts';
import type { ClipId } from '#shared/domain/ids.ts';
import styles from './ClipPanel.module.css';

interface Props {
  readonly clipId: ClipId;
  readonly track: ClipTrack;
  readonly isSmall?: boolean;
}

export function TrackPortrait({ clipId, track, isSmall = false }: Props): ReactNode {
  const source = trackPortraitAddress(clipId, track.trackId, track.bestSeconds);
  const [failedSource, setFailedSource] = useState<string | null>(null);
  const shared = { className: styles['portrait'], 'data-small': isSmall || undefined };
  if (failedSource === source) return <span {...shared} />;
  // Each picture is a seek in the film: those out of sight can wait.
  return (
    <img
      {...shared}
      src={source}
      alt=""
      loading="lazy"
      draggable={false}
      onError={() => setFailedSource(source)}
    />
  );
}
