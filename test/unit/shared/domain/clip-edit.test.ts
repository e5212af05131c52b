import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../../src/shared/domain/canonical-json.ts';
import {
  type ClipEdit,
  type ClipHistoryStep,
  clipEditSchema,
  foldClipEdits,
  untouchedClipOptions,
} from '../../../../src/shared/domain/clip-edit.ts';
import { clipIdSchema, editIdSchema } from '../../../../src/shared/domain/ids.ts';

const clipId = clipIdSchema.parse(randomUUID());
const steps = (...edits: ClipEdit[]): ClipHistoryStep[] =>
  edits.map((edit, index) => ({
    id: editIdSchema.parse(randomUUID()),
    clipId,
    sequence: index + 1,
    edit,
    madeAt: '2026-01-01T00:00:00.000Z',
  }));

describe('edits of a clip', () => {
  it('fold up to the cursor, in their order', () => {
    const all = steps(
      { kind: 'clip.set-fidelity', fidelity: 0.2 },
      { kind: 'clip.set-scale', scale: 2 },
      { kind: 'clip.set-fidelity', fidelity: 0.9 },
    );
    expect(foldClipEdits(all, 0).options).toEqual(untouchedClipOptions);
    expect(foldClipEdits(all, 2).options).toMatchObject({ fidelity: 0.2, scale: 2 });
    expect(foldClipEdits(all.toReversed(), 3).options).toMatchObject({ fidelity: 0.9, scale: 2 });
  });

  it('an appearance that becomes another person’s gets what that person has', () => {
    const all = steps(
      { kind: 'person.set-fidelity', personId: 1, trackIds: [1, 2], fidelity: 0.9 },
      { kind: 'person.regroup', trackIds: [3], personId: 1, isNew: false },
      {
        kind: 'person.regroup',
        trackIds: [4],
        personId: 1,
        isNew: false,
        adopts: { enabled: true, fidelity: 0.9 },
      },
    );
    const fidelities = foldClipEdits(all, 3).options.tracks.map(({ trackId, fidelity }) => [
      trackId,
      fidelity,
    ]);
    expect(fidelities).toEqual([
      [1, 0.9],
      [2, 0.9],
      [4, 0.9],
    ]);
  });

  it('no grain is the same wish as never having asked for any', () => {
    const all = steps({ kind: 'clip.set-grain', strength: 0.4 }, { kind: 'clip.set-grain', strength: 0 });
    expect(foldClipEdits(all, 1).options).toMatchObject({ grain: 0.4 });
    expect(canonicalJson(foldClipEdits(all, 2))).toBe(canonicalJson(foldClipEdits([], 0)));
  });

  it('keep one choice for each person, and none that says nothing', () => {
    const all = steps(
      { kind: 'track.set-enabled', trackId: 3, enabled: false },
      { kind: 'track.set-fidelity', trackId: 1, fidelity: 0.4 },
      { kind: 'track.set-fidelity', trackId: 3, fidelity: 1 },
      { kind: 'track.set-enabled', trackId: 3, enabled: true },
      { kind: 'track.set-fidelity', trackId: 3, fidelity: null },
    );
    expect(foldClipEdits(all, 3).options.tracks).toEqual([
      { trackId: 1, enabled: true, fidelity: 0.4 },
      { trackId: 3, enabled: false, fidelity: 1 },
    ]);
    expect(foldClipEdits(all, 5).options.tracks).toEqual([{ trackId: 1, enabled: true, fidelity: 0.4 }]);
  });

  it('speak of all scenes of a person at once, and of a single one afterwards', () => {
    const all = steps(
      { kind: 'person.set-fidelity', personId: 2, trackIds: [5, 2], fidelity: 0.4 },
      { kind: 'person.set-enabled', personId: 2, trackIds: [2, 5], enabled: false },
      { kind: 'track.set-enabled', trackId: 5, enabled: true },
      { kind: 'person.set-fidelity', personId: 2, trackIds: [2, 5], fidelity: null },
      { kind: 'person.set-enabled', personId: 2, trackIds: [2, 5], enabled: true },
    );
    expect(foldClipEdits(all, 3).options.tracks).toEqual([
      { trackId: 2, enabled: false, fidelity: 0.4 },
      { trackId: 5, enabled: true, fidelity: 0.4 },
    ]);
    expect(foldClipEdits(all, 4).options.tracks).toEqual([{ trackId: 2, enabled: false, fidelity: null }]);
    expect(foldClipEdits(all, 5).options.tracks).toEqual([]);
  });

  it('give the same film whoever is who', () => {
    const before = steps({ kind: 'track.set-enabled', trackId: 1, enabled: false });
    const after = steps(
      { kind: 'track.set-enabled', trackId: 1, enabled: false },
      { kind: 'person.regroup', trackIds: [1, 2], personId: 3, isNew: true },
    );
    expect(foldClipEdits(after, 2)).toEqual(foldClipEdits(before, 1));
  });

  it('name at least one scene', () => {
    const nobody = { kind: 'person.regroup', trackIds: [], personId: 1, isNew: false };
    expect(clipEditSchema.safeParse(nobody).success).toBe(false);
    expect(clipEditSchema.safeParse({ ...nobody, trackIds: [1] }).success).toBe(true);
    expect(clipEditSchema.safeParse({ ...nobody, trackIds: [1], personId: 0 }).success).toBe(false);
  });
});
