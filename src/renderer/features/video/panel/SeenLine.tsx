// When a person is seen: a line for the whole film with a bar for each scene. A click goes from one to the next.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClipTrack } from '#shared/domain/clip.ts';
import type { ClipPerson } from '#shared/domain/clip-people.ts';
import { useFormats } from '../../../formatting/use-formats.ts';
import { timeCode } from '../player/time-code.ts';
import styles from './ClipPanel.module.css';

interface Props {
  readonly person: ClipPerson;
  /** Those that are restored. */
  readonly onTracks: ReadonlySet<ClipTrack>;
  /** Of the whole film, in seconds. */
  readonly duration: number;
  readonly onJumpToNext: () => void;
}

export function SeenLine({ person, onTracks, duration, onJumpToNext }: Props): ReactNode {
  const { personId, tracks } = person;
  const { t } = useTranslation('video');
  const formats = useFormats();
  const number = formats.whole(personId);
  const [first, ...more] = tracks;
  if (first === undefined) return null;
  const seen = { from: timeCode(first.firstSeconds), to: timeCode(first.lastSeconds) };
  const count = tracks.length;
  const share = (seconds: number): string =>
    `${duration <= 0 ? 0 : Math.min(100, (seconds / duration) * 100)}%`;
  return (
    <button
      type="button"
      className={styles['seen']}
      aria-label={
        more.length === 0 ? t('people.jump', { number, ...seen }) : t('people.jumpNext', { number, count })
      }
      onClick={onJumpToNext}
    >
      {more.length === 0 ? t('people.seen', seen) : t('people.scenes', { count })}
      <span className={styles['seenLine']} />
      {tracks.map((track) => (
        <span
          key={track.trackId}
          className={styles['seenBar']}
          data-left-alone={!onTracks.has(track) || undefined}
          style={{ left: share(track.firstSeconds), right: `calc(100% - ${share(track.lastSeconds)})` }}
        />
      ))}
    </button>
  );
}
