// What the player plays: a film and, where there is one, its restoration, on the clip's own clock. Pure.
import { originalFilmAddress, previewFilmAddress, resultFilmAddress } from '#shared/contract/films.ts';
import type { ClipPreviewId } from '#shared/domain/ids.ts';
import type { Clip } from '#shared/domain/project-clip.ts';
import { durationOf, frameRateOf } from './time-code.ts';

export interface PlayedFilm {
  readonly address: string;
  /** Moment of the clip at which this film begins. */
  readonly startsAt: number;
  /** Moment of the clip at which it is over. */
  readonly endsAt: number;
}

export interface PlayedFilms {
  readonly before: PlayedFilm;
  readonly after: PlayedFilm | null;
  /** Begins again at the end: a short stretch is looked at several times. */
  readonly isLooping: boolean;
  readonly frameSeconds: number;
}

/** A stretch that was restored to be looked at. */
export interface Preview {
  readonly id: ClipPreviewId;
  readonly fromSeconds: number;
  readonly durationSeconds: number;
  /** Position in the history it was made at: another one may look different. */
  readonly cursor: number;
}

export function filmsOfClip({ id, facts, result }: Clip): PlayedFilms {
  return {
    before: { address: originalFilmAddress(id), startsAt: 0, endsAt: durationOf(facts) },
    after:
      result === null
        ? null
        : {
            address: resultFilmAddress(id, result.result.key),
            startsAt: result.result.fromSeconds,
            endsAt: result.result.fromSeconds + result.result.durationSeconds,
          },
    isLooping: false,
    frameSeconds: 1 / frameRateOf(facts),
  };
}

export function filmsOfPreview({ facts }: Clip, preview: Preview): PlayedFilms {
  const span = { startsAt: preview.fromSeconds, endsAt: preview.fromSeconds + preview.durationSeconds };
  return {
    before: { address: previewFilmAddress(preview.id, 'before'), ...span },
    after: { address: previewFilmAddress(preview.id, 'after'), ...span },
    isLooping: true,
    frameSeconds: 1 / frameRateOf(facts),
  };
}

/** Whether the restored film has a picture for this moment. */
export function isCovered(film: PlayedFilm | null, seconds: number): boolean {
  return film !== null && seconds >= film.startsAt - 1e-3 && seconds < film.endsAt;
}
