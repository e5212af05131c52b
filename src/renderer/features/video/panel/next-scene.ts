// From scene to scene of a person: the one after a moment of the film, after the last one the first again. Pure.
import type { ClipTrack } from '#shared/domain/clip.ts';

/** Where `rate` varies a jump may land up to a frame before the scene, which must not be its own next one. */
export function nextScene(
  tracks: readonly ClipTrack[],
  seconds: number,
  rate: number,
): ClipTrack | undefined {
  return tracks.find(({ firstSeconds }) => firstSeconds > seconds + 1 / rate) ?? tracks[0];
}
