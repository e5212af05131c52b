// The people of a film on the command line: who there is, in words, and what each is to get. Pure.
import type { ClipTrack, TrackChoice } from '#shared/domain/clip.ts';
import type { VideoMessages } from '#shared/messages/en/video.ts';
import { interpolate } from '#shared/messages/interpolate.ts';
import { WrongUse } from './read-options.ts';

/** What `--person` says of one. */
export interface PersonChoice extends Omit<TrackChoice, 'trackId'> {
  readonly personId: number;
}

function byPerson(tracks: readonly ClipTrack[]): Map<number, ClipTrack[]> {
  const people = new Map<number, ClipTrack[]>();
  for (const track of tracks) people.set(track.personId, [...(people.get(track.personId) ?? []), track]);
  return people;
}

export function countPeople(tracks: readonly ClipTrack[]): number {
  return byPerson(tracks).size;
}

/** A line for each, in the order of their appearance. */
export function peopleInWords(tracks: readonly ClipTrack[], words: VideoMessages): string[] {
  return [...byPerson(tracks)].map(([id, own]) => {
    const seen = own.map(({ trackId, firstSeconds, lastSeconds }) =>
      interpolate(words.seen, {
        id: trackId,
        from: firstSeconds.toFixed(2),
        to: lastSeconds.toFixed(2),
      }),
    );
    return interpolate(words.person, { id, seen: seen.join(', ') });
  });
}

/** What each face gets: as its person, unless something was said of the face itself. @throws WrongUse for nobody's number. */
export function choicesOfFaces(
  tracks: readonly ClipTrack[],
  people: readonly PersonChoice[],
  faces: readonly TrackChoice[],
  words: VideoMessages,
): TrackChoice[] {
  const known = byPerson(tracks);
  const ofPeople = people.flatMap(({ personId, ...choice }) => {
    const own = known.get(personId);
    if (own === undefined) throw new WrongUse(interpolate(words.noSuchPerson, { id: personId }));
    return own.map(({ trackId }) => ({ trackId, ...choice }));
  });
  const isSaid = new Set(faces.map(({ trackId }) => trackId));
  return [...ofPeople.filter(({ trackId }) => !isSaid.has(trackId)), ...faces].toSorted(
    (a, b) => a.trackId - b.trackId,
  );
}
