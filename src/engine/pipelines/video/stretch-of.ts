// The part of a followed clip that lies in a range, as if only that range had been followed. Pure; engine process.
import type { ClipRange, Rational } from '#shared/domain/clip.ts';
import { rangeTest } from './clip-frames.ts';
import { type FollowedClip, numbersPerFace, placesBetween } from './followed-clip.ts';

/** Tracks keep their numbers. `range` lies inside the one that was followed. Null when it holds no frame. */
export function stretchOf(
  followed: FollowedClip,
  range: ClipRange,
  startSeconds: number,
  timeBase: Rational,
): FollowedClip | null {
  const { isBefore, isBehind } = rangeTest(range, startSeconds, timeBase);
  const { stamps, endStamp, cuts, tracks } = followed;
  const from = stamps.findIndex((stamp) => !isBefore(stamp));
  if (from < 0) return null;
  const behind = stamps.findIndex((stamp) => isBehind(stamp));
  const to = behind < 0 ? stamps.length : behind;
  if (to <= from) return null;
  const isInside = (frame: number): boolean => frame >= from && frame < to;
  return {
    ...followed,
    stamps: stamps.slice(from, to),
    endStamp: stamps[to] ?? endStamp,
    cuts: cuts.filter(isInside).map((frame) => frame - from),
    // Counted from where the whole range begins; from a later place on nobody has counted.
    skippedFrames: null,
    tracks: tracks.flatMap((track) => {
      const { start, end } = placesBetween(track, from, to);
      const frames = track.frames.slice(start, end).map((frame) => frame - from);
      const [first] = frames;
      if (first === undefined) return [];
      return [
        {
          ...track,
          frames,
          presence: track.presence.slice(start, end),
          landmarks: track.landmarks.slice(start * numbersPerFace, end * numbersPerFace),
          bestFrame: isInside(track.bestFrame) ? track.bestFrame - from : first,
        },
      ];
    }),
  };
}
