// Scenes of people on the page of films: from one to the next, and whom a step of the history means.
import { describe, expect, it } from 'vitest';
import type { ClipTrack } from '#shared/domain/clip.ts';
import type { ClipEdit } from '#shared/domain/clip-edit.ts';
import { clipIdSchema, editIdSchema } from '#shared/domain/ids.ts';
import { nextScene } from '../../../../src/renderer/features/video/panel/next-scene.ts';
import { scenesOfSteps } from '../../../../src/renderer/features/video/panel/scenes-of-steps.ts';
import { frameAt, middleOfFrame } from '../../../../src/renderer/features/video/player/time-code.ts';

const track = (trackId: number, personId: number, firstSeconds: number): ClipTrack => ({
  trackId,
  personId,
  firstSeconds,
  lastSeconds: firstSeconds + 0.5,
  frameCount: 12,
  bestSeconds: firstSeconds,
  bestBoxInFrame: { x: 0, y: 0, width: 9, height: 9 },
});

describe('the next scene', () => {
  const tracks = [track(1, 1, 1), track(3, 1, 4), track(4, 1, 6.1)];
  it('is behind the moment, and the first one again after the last', () => {
    const next = (seconds: number) => nextScene(tracks, seconds, 25)?.trackId;
    expect([0, 1.02, 3, 5, 7].map(next)).toEqual([1, 3, 3, 4, 1]);
    expect(nextScene([], 0, 25)).toBeUndefined();
  });
  it('is never the one just jumped to', () => {
    for (const firstSeconds of [4, 4.013, 4.0271, 4.039]) {
      const scenes = [track(1, 1, firstSeconds), track(2, 1, 8)];
      const landed = middleOfFrame(frameAt(firstSeconds, 25), 25);
      expect(nextScene(scenes, landed, 25)?.trackId).toBe(2);
    }
  });
});

describe('the scene of a step', () => {
  it('is of the person it belonged to when the step was made', () => {
    const edits: ClipEdit[] = [
      { kind: 'track.set-enabled', trackId: 3, enabled: false },
      { kind: 'person.regroup', trackIds: [3, 9], personId: 4, isNew: true },
      { kind: 'track.set-fidelity', trackId: 3, fidelity: 0.5 },
      { kind: 'track.set-enabled', trackId: 9, enabled: false },
      { kind: 'clip.set-scale', scale: 2 },
    ];
    const steps = edits.map((edit, index) => ({
      id: editIdSchema.parse(crypto.randomUUID()),
      clipId: clipIdSchema.parse('4c9bb77e-7a37-4b07-9a3c-6cf3e04f5d11'),
      sequence: index + 1,
      edit,
      madeAt: '2026-01-01T00:00:00.000Z',
    }));
    expect([...scenesOfSteps([track(1, 1, 0), track(3, 1, 2)], steps.toReversed())]).toEqual([
      [1, { personId: 1, firstSeconds: 2 }],
      [3, { personId: 4, firstSeconds: 2 }],
    ]);
    expect(scenesOfSteps([], steps).size).toBe(0);
  });
});
