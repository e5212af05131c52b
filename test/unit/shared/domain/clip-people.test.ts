import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ClipTrack } from '../../../../src/shared/domain/clip.ts';
import {
  type ClipEdit,
  type ClipHistoryStep,
  foldClipEdits,
} from '../../../../src/shared/domain/clip-edit.ts';
import { adoptedBy, newPersonId, peopleOfClip } from '../../../../src/shared/domain/clip-people.ts';
import { clipIdSchema, editIdSchema } from '../../../../src/shared/domain/ids.ts';

const clipId = clipIdSchema.parse(randomUUID());
const stepsOf = (edits: readonly ClipEdit[]): ClipHistoryStep[] =>
  edits.map((edit, index) => ({
    id: editIdSchema.parse(randomUUID()),
    clipId,
    sequence: index + 1,
    edit,
    madeAt: '2026-01-01T00:00:00.000Z',
  }));
const track = (trackId: number, personId: number, sizePx = 40): ClipTrack => ({
  trackId,
  personId,
  firstSeconds: trackId,
  lastSeconds: trackId + 0.5,
  frameCount: 12,
  bestSeconds: trackId + 0.2,
  bestBoxInFrame: { x: 0, y: 0, width: sizePx, height: sizePx },
});
/** Anna in the first, third and fourth scene, Bert in the second. */
const tracks = [track(1, 1), track(2, 2), track(3, 1, 90), track(4, 1, 60)];
const peopleAfter = (edits: readonly ClipEdit[], cursor = edits.length, among = tracks) => {
  const steps = stepsOf(edits);
  return peopleOfClip(among, { steps, cursor }, foldClipEdits(steps, cursor).options.tracks);
};
const grouping = (edits: readonly ClipEdit[], cursor = edits.length) =>
  peopleAfter(edits, cursor).map(({ personId, tracks: own }) => [
    personId,
    ...own.map(({ trackId }) => trackId),
  ]);

describe('people of a clip', () => {
  it('are the tracks of one number, in the order of their first appearance, shown where they are largest', () => {
    expect(grouping([])).toEqual([
      [1, 1, 3, 4],
      [2, 2],
    ]);
    const [anna, bert] = peopleAfter([]);
    expect(anna).toMatchObject({ portrait: { trackId: 3 }, enabled: 'all', fidelity: null });
    expect(bert).toMatchObject({ portrait: { trackId: 2 }, enabled: 'all', fidelity: null });
    expect(peopleOfClip([], { steps: [], cursor: 0 }, [])).toEqual([]);
  });

  it('are corrected by hand, each later correction over the earlier, up to the cursor', () => {
    const edits: ClipEdit[] = [
      { kind: 'person.regroup', trackIds: [3, 4], personId: 3, isNew: true },
      { kind: 'person.regroup', trackIds: [4], personId: 2, isNew: false },
      { kind: 'person.regroup', trackIds: [1], personId: 2, isNew: false },
    ];
    expect(grouping(edits, 1)).toEqual([
      [1, 1],
      [2, 2],
      [3, 3, 4],
    ]);
    expect(grouping(edits, 2)).toEqual([
      [1, 1],
      [2, 2, 4],
      [3, 3],
    ]);
    // Nobody is person 1 any more; the others keep their numbers.
    expect(grouping(edits)).toEqual([
      [2, 1, 2, 4],
      [3, 3],
    ]);
    expect(grouping(edits, 0)).toEqual(grouping([]));
  });

  it('count steps by their sequence, and leave out tracks that are not there', () => {
    const steps = stepsOf([
      { kind: 'person.regroup', trackIds: [2, 99], personId: 1, isNew: false },
      { kind: 'person.regroup', trackIds: [2], personId: 5, isNew: true },
    ]).toReversed();
    const people = peopleOfClip(tracks, { steps, cursor: 2 }, []);
    expect(people.map(({ personId }) => personId)).toEqual([1, 5]);
    expect(people.flatMap(({ tracks: own }) => own)).toHaveLength(tracks.length);
  });

  it('are on, off or both', () => {
    const switched = (trackIds: number[], enabled: boolean): ClipEdit => ({
      kind: 'person.set-enabled',
      personId: 1,
      trackIds,
      enabled,
    });
    const states = (edits: readonly ClipEdit[]) => peopleAfter(edits).map(({ enabled }) => enabled);
    expect(states([switched([1, 3, 4], false)])).toEqual(['none', 'all']);
    expect(
      states([switched([1, 3, 4], false), { kind: 'track.set-enabled', trackId: 3, enabled: true }]),
    ).toEqual(['some', 'all']);
    expect(states([switched([1, 3, 4], false), switched([1, 3, 4], true)])).toEqual(['all', 'all']);
    // Somebody who was off in a scene and joins another: on in some.
    expect(
      states([switched([3], false), { kind: 'person.regroup', trackIds: [3], personId: 2, isNew: false }]),
    ).toEqual(['all', 'some']);
  });

  it('have one fidelity, that of all, or different ones', () => {
    const fidelities = (edits: readonly ClipEdit[]) => peopleAfter(edits).map(({ fidelity }) => fidelity);
    const all: ClipEdit = {
      kind: 'person.set-fidelity',
      personId: 1,
      trackIds: [1, 3, 4],
      fidelity: 0.4,
    };
    expect(fidelities([all])).toEqual([0.4, null]);
    expect(fidelities([all, { ...all, fidelity: null }])).toEqual([null, null]);
    const one: ClipEdit = { kind: 'track.set-fidelity', trackId: 4, fidelity: 0.9 };
    expect(fidelities([one])).toEqual([undefined, null]);
    expect(fidelities([all, one])).toEqual([undefined, null]);
    expect(fidelities([all, one, all])).toEqual([0.4, null]);
  });

  it('hand on what they have to an appearance that becomes theirs, if it has something else', () => {
    const bert: ClipEdit = { kind: 'person.set-fidelity', personId: 2, trackIds: [2], fidelity: 0.3 };
    const adopted = (edits: readonly ClipEdit[], trackId: number) => {
      const [, person] = peopleAfter(edits);
      const { tracks: choices } = foldClipEdits(stepsOf(edits), edits.length).options;
      const moved = tracks.filter((one) => one.trackId === trackId);
      return person === undefined ? null : adoptedBy(moved, person, choices);
    };
    expect(adopted([], 1)).toBeUndefined();
    expect(adopted([bert], 1)).toEqual({ enabled: true, fidelity: 0.3 });
    const same: ClipEdit = { kind: 'track.set-fidelity', trackId: 1, fidelity: 0.3 };
    expect(adopted([bert, same], 1)).toBeUndefined();
    // Bert himself is not all the same: nothing is handed on.
    const two: ClipEdit = { kind: 'person.regroup', trackIds: [3], personId: 2, isNew: false };
    expect(adopted([bert, two], 1)).toBeUndefined();
  });

  it('leave a number free for somebody new', () => {
    expect(newPersonId([])).toBe(1);
    expect(newPersonId(peopleAfter([]))).toBe(3);
    expect(
      newPersonId(peopleAfter([{ kind: 'person.regroup', trackIds: [3], personId: 7, isNew: true }])),
    ).toBe(8);
  });
});
