// Which person the steps about a single scene speak of: the one the scene belonged to when the step was made. Pure.
import type { ClipTrack } from '#shared/domain/clip.ts';
import type { ClipHistoryStep } from '#shared/domain/clip-edit.ts';

export interface SceneOfStep {
  readonly personId: number;
  readonly firstSeconds: number;
}

/** By the sequence of the step. Scenes that are not known (any more) are left out. */
export function scenesOfSteps(
  tracks: readonly ClipTrack[],
  steps: readonly ClipHistoryStep[],
): ReadonlyMap<number, SceneOfStep> {
  const scenes = new Map(
    tracks.map(({ trackId, personId, firstSeconds }) => [trackId, { personId, firstSeconds }]),
  );
  const found = new Map<number, SceneOfStep>();
  for (const { edit, sequence } of steps.toSorted((a, b) => a.sequence - b.sequence)) {
    if (edit.kind === 'person.regroup') {
      for (const trackId of edit.trackIds) {
        const scene = scenes.get(trackId);
        if (scene !== undefined) scenes.set(trackId, { ...scene, personId: edit.personId });
      }
    } else if (edit.kind === 'track.set-enabled' || edit.kind === 'track.set-fidelity') {
      const scene = scenes.get(edit.trackId);
      if (scene !== undefined) found.set(sequence, scene);
    }
  }
  return found;
}
