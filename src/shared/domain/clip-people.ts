// The people of a clip: the tracks that show one person, as faces tell and as somebody has corrected it.
// Used by every process. No part of EditedClip: who is who decides no pixel.
import type { ClipTrack, TrackChoice } from './clip.ts';
import type { ClipHistoryStep } from './clip-edit.ts';

export interface ClipPerson {
  readonly personId: number;
  /** In the order of appearance; never empty. */
  readonly tracks: readonly ClipTrack[];
  /** Where the face is largest. */
  readonly portrait: ClipTrack;
  /** Of the tracks: all on, all off, or some of each. */
  readonly enabled: 'all' | 'some' | 'none';
  /** null: as the clip says; undefined: not the same for all tracks. */
  readonly fidelity: number | null | undefined;
}

/** In the order of their first appearance. Steps with `sequence <= cursor` count. Pure. */
export function peopleOfClip(
  tracks: readonly ClipTrack[],
  history: { readonly steps: readonly ClipHistoryStep[]; readonly cursor: number },
  choices: readonly TrackChoice[],
): ClipPerson[] {
  const personOf = regrouped(tracks, history);
  const byPerson = new Map<number, ClipTrack[]>();
  for (const track of tracks) {
    const personId = personOf.get(track.trackId) ?? track.personId;
    const known = byPerson.get(personId);
    if (known === undefined) byPerson.set(personId, [track]);
    else known.push(track);
  }
  return [...byPerson].map(([personId, own]) => describe(personId, own, choices));
}

function regrouped(
  tracks: readonly ClipTrack[],
  { steps, cursor }: { readonly steps: readonly ClipHistoryStep[]; readonly cursor: number },
): Map<number, number> {
  const known = new Set(tracks.map(({ trackId }) => trackId));
  const personOf = new Map<number, number>();
  for (const { edit, sequence } of steps.toSorted((a, b) => a.sequence - b.sequence)) {
    if (sequence > cursor || edit.kind !== 'person.regroup') continue;
    for (const trackId of edit.trackIds) if (known.has(trackId)) personOf.set(trackId, edit.personId);
  }
  return personOf;
}

function describe(
  personId: number,
  tracks: readonly ClipTrack[],
  choices: readonly TrackChoice[],
): ClipPerson {
  const chosen = tracks.map(({ trackId }) => choices.find((one) => one.trackId === trackId));
  const enabledCount = chosen.filter((choice) => choice?.enabled ?? true).length;
  const fidelities = new Set(chosen.map((choice) => choice?.fidelity ?? null));
  const portrait = tracks.reduce((best, track) => (sizeOf(track) > sizeOf(best) ? track : best));
  const [fidelity = null] = fidelities;
  return {
    personId,
    tracks,
    portrait,
    enabled: enabledCount === 0 ? 'none' : enabledCount === tracks.length ? 'all' : 'some',
    fidelity: fidelities.size > 1 ? undefined : fidelity,
  };
}

function sizeOf({ bestBoxInFrame: { width, height } }: ClipTrack): number {
  return width * height;
}

/** For somebody who was taken for another: a number nobody has. */
export function newPersonId(people: readonly ClipPerson[]): number {
  return Math.max(0, ...people.map(({ personId }) => personId)) + 1;
}

/**
 * What appearances get when they become this person's: what all of that person's have, or undefined where those differ
 * among themselves or nothing would change. One person has one fidelity.
 */
export function adoptedBy(
  tracks: readonly ClipTrack[],
  { enabled, fidelity }: ClipPerson,
  choices: readonly TrackChoice[],
): { enabled: boolean; fidelity: number | null } | undefined {
  if (enabled === 'some' || fidelity === undefined) return undefined;
  const adopts = { enabled: enabled === 'all', fidelity };
  const isSame = tracks.every(({ trackId }) => {
    const own = choices.find((one) => one.trackId === trackId);
    return (own?.enabled ?? true) === adopts.enabled && (own?.fidelity ?? null) === adopts.fidelity;
  });
  return isSame ? undefined : adopts;
}
