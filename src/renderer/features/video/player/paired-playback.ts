// Two films on one clock: the original leads, its restoration follows. Play, pause and seek mean both; when one has to
// wait for its data, both wait; small drift is paced away, large drift is jumped. Knows media elements, no React.
import { correctDrift } from './correct-drift.ts';
import { isCovered, type PlayedFilm, type PlayedFilms } from './played-films.ts';

/** What is used of a video element. */
export interface Medium {
  currentTime: number;
  playbackRate: number;
  volume: number;
  muted: boolean;
  readonly paused: boolean;
  readonly ended: boolean;
  readonly seeking: boolean;
  readonly readyState: number;
  play(): Promise<void>;
  pause(): void;
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

export interface PlaybackStatus {
  /** Wanted, even while it waits for data. */
  readonly isPlaying: boolean;
  readonly isWaiting: boolean;
  /** The original cannot be played; its restoration may be missing as well. */
  readonly hasFailed: boolean;
  /** Whether there is a restored picture for this moment. */
  readonly isCovered: boolean;
}

export interface PairedPlayback {
  /** The place in the clip is kept where the new films have it too. */
  load(films: PlayedFilms): void;
  /** null: the element is gone. The original carries the sound. */
  attach(role: 'before' | 'after', medium: Medium | null): void;
  play(): void;
  pause(): void;
  toggle(): void;
  /** Seconds of the clip. */
  seek(seconds: number): void;
  setSound(volume: number, isMuted: boolean): void;
  seconds(): number;
  status(): PlaybackStatus;
  subscribe(listener: () => void): () => void;
}

/** HTMLMediaElement.HAVE_METADATA and HAVE_FUTURE_DATA. */
const haveMetadata = 1;
const haveFutureData = 3;
const stopped: PlaybackStatus = { isPlaying: false, isWaiting: false, hasFailed: false, isCovered: false };
const heard = ['loadedmetadata', 'seeked', 'canplay', 'ended', 'error'] as const;

/** `nextFrame` calls back when the next picture is drawn, and answers with a way to call that off. */
export function createPairedPlayback(nextFrame: (callback: () => void) => () => void): PairedPlayback {
  const media: { before: Medium | null; after: Medium | null } = { before: null, after: null };
  /** A place that has been asked for and not reached yet; only the newest counts. */
  const wanted: { before: number | null; after: number | null } = { before: null, after: null };
  const release: { before: () => void; after: () => void } = { before: () => {}, after: () => {} };
  const listeners = new Set<() => void>();
  let films: PlayedFilms | null = null;
  let seconds = 0;
  let status = stopped;
  let sound = { volume: 1, isMuted: false };
  let callOff: (() => void) | null = null;

  const tell = (change: Partial<PlaybackStatus> = {}): void => {
    const next = { ...status, ...change, isCovered: isCovered(films?.after ?? null, seconds) };
    const isSame = (Object.keys(next) as (keyof PlaybackStatus)[]).every((key) => next[key] === status[key]);
    if (!isSame) status = next;
    for (const listener of listeners) listener();
  };

  /** Moves one film to the clip's moment, or as soon as it can move. */
  const place = (role: 'before' | 'after', film: PlayedFilm | null): void => {
    const medium = media[role];
    if (film === null || medium === null) return;
    const target = Math.max(0, Math.min(seconds, film.endsAt) - film.startsAt);
    if (medium.readyState < haveMetadata || medium.seeking) {
      wanted[role] = target;
      return;
    }
    wanted[role] = null;
    if (Math.abs(medium.currentTime - target) > 1e-4) medium.currentTime = target;
  };
  const placeBoth = (): void => {
    place('before', films?.before ?? null);
    place('after', films?.after ?? null);
  };
  const start = (medium: Medium): void => {
    medium.play().catch((error: unknown) => {
      // A pause that came in between is no failure; a browser that wants a click first is.
      if (error instanceof Error && error.name === 'NotAllowedError') playback.pause();
    });
  };
  const follow = (leader: Medium, frameSeconds: number): void => {
    const { after } = media;
    const film = films?.after ?? null;
    if (after === null || film === null) return;
    if (!isCovered(film, seconds) || after.ended) {
      if (!after.paused) after.pause();
      return;
    }
    if (after.seeking || wanted.after !== null) return;
    const correction = correctDrift(seconds - film.startsAt - after.currentTime, frameSeconds);
    if (correction.kind === 'jump') place('after', film);
    after.playbackRate = correction.kind === 'pace' ? correction.rate : leader.playbackRate;
  };
  const isReady = (medium: Medium): boolean => medium.readyState >= haveFutureData && !medium.seeking;

  const step = (): void => {
    const { before, after } = media;
    if (films === null || before === null || !status.isPlaying) return;
    if (!before.seeking && wanted.before === null && before.readyState >= haveMetadata) {
      seconds = before.currentTime + films.before.startsAt;
    }
    if (before.ended || seconds >= films.before.endsAt) {
      if (!films.isLooping) {
        seconds = films.before.endsAt;
        playback.pause();
        return;
      }
      playback.seek(films.before.startsAt);
    }
    follow(before, films.frameSeconds);
    const isFollowed = after !== null && !after.ended && isCovered(films.after, seconds);
    if (isReady(before) && (!isFollowed || isReady(after))) {
      if (before.paused) start(before);
      if (isFollowed && after.paused) start(after);
      tell({ isWaiting: false });
    } else {
      if (!before.paused && !before.seeking) before.pause();
      if (after !== null && !after.paused) after.pause();
      tell({ isWaiting: true });
    }
    callOff = nextFrame(step);
  };
  const onHeard = (role: 'before' | 'after'): void => {
    if (wanted[role] !== null) place(role, films?.[role] ?? null);
    tell();
  };

  const playback: PairedPlayback = {
    load(next) {
      films = next;
      const { startsAt, endsAt } = next.before;
      seconds = Math.min(Math.max(seconds, startsAt), Math.max(startsAt, endsAt));
      placeBoth();
      tell({ hasFailed: false });
    },
    attach(role, medium) {
      release[role]();
      media[role] = medium;
      wanted[role] = 0;
      release[role] = () => {};
      if (medium === null) return;
      medium.volume = sound.volume;
      medium.muted = role === 'after' || sound.isMuted;
      const listen = (): void => onHeard(role);
      const fail = (): void => {
        if (role === 'before') playback.pause();
        tell({ hasFailed: role === 'before' });
      };
      for (const type of heard) medium.addEventListener(type, type === 'error' ? fail : listen);
      release[role] = () => {
        for (const type of heard) medium.removeEventListener(type, type === 'error' ? fail : listen);
      };
      place(role, films?.[role] ?? null);
    },
    play() {
      if (films === null || media.before === null || status.isPlaying || status.hasFailed) return;
      // At its end a film begins again.
      if (seconds >= films.before.endsAt - films.frameSeconds) playback.seek(films.before.startsAt);
      tell({ isPlaying: true });
      step();
    },
    pause() {
      callOff?.();
      callOff = null;
      const { before } = media;
      if (
        status.isPlaying &&
        films !== null &&
        before !== null &&
        isReady(before) &&
        wanted.before === null
      ) {
        seconds = Math.min(before.currentTime + films.before.startsAt, films.before.endsAt);
      }
      before?.pause();
      media.after?.pause();
      tell({ isPlaying: false, isWaiting: false });
      // The follower may have been caught between two frames.
      placeBoth();
    },
    toggle: () => (status.isPlaying ? playback.pause() : playback.play()),
    seek(target) {
      if (films === null) return;
      const { startsAt, endsAt } = films.before;
      seconds = Math.min(Math.max(target, startsAt), Math.max(startsAt, endsAt));
      placeBoth();
      tell();
    },
    setSound(volume, isMuted) {
      sound = { volume, isMuted };
      if (media.before === null) return;
      media.before.volume = volume;
      media.before.muted = isMuted;
    },
    seconds: () => seconds,
    status: () => status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return playback;
}
