// Makes a track steady: short misses filled, landmarks smoothed in time, appearing and leaving softened.
// Pure; runs in the engine process, after the whole clip was followed: it looks ahead as well as back.
import type { Landmarks, Point } from '#shared/domain/geometry.ts';
import { boxAround } from '../detect/face-candidate.ts';
import type { RawTrack } from './follow-faces.ts';

export interface TrackFrame {
  readonly frame: number;
  readonly landmarks: Landmarks;
  /** 0..1: how much of the restored face is shown; below 1 only where a face comes or goes within a scene. */
  readonly presence: number;
}

export interface SmoothingPace {
  /** Deviation of the Gaussian, in frames. */
  readonly sigmaFrames: number;
  /** Misses up to this long are filled: nobody hides for a tenth of a second. */
  readonly longestFill: number;
  readonly rampFrames: number;
}

export function smoothingPaceFor(framesPerSecond: number): SmoothingPace {
  return {
    sigmaFrames: Math.max(1, framesPerSecond * 0.08),
    longestFill: Math.max(1, Math.round(framesPerSecond * 0.12)),
    rampFrames: Math.max(1, Math.round(framesPerSecond * 0.1)),
  };
}

/** A real jolt of the camera is followed: smoothing moves no landmark further than this share of the eye distance. */
const furthestShare = 0.06;
/** A face that a window this much wider puts within this share of the eye distance stands still. */
const stillWindow = 4;
const stillShare = 0.03;

/** Stretches without long gaps, each smoothed for itself. */
export function smoothTrack(track: RawTrack, pace: SmoothingPace): TrackFrame[] {
  return stretchesOf(track, pace.longestFill).flatMap((stretch) => {
    const filled = withoutOutliers(fillGaps(stretch));
    const first = filled[0]?.frame ?? 0;
    const last = filled.at(-1)?.frame ?? 0;
    const beginsInScene = first > track.sceneStart;
    const endsInScene = last + 1 < track.sceneEnd;
    const ramp = Math.min(pace.rampFrames, Math.floor(filled.length / 3));
    return filled.map(({ frame }, index) => ({
      frame,
      landmarks: smoothAt(filled, index, pace.sigmaFrames),
      presence: Math.min(
        1,
        beginsInScene ? (frame - first + 1) / (ramp + 1) : 1,
        endsInScene ? (last - frame + 1) / (ramp + 1) : 1,
      ),
    }));
  });
}

interface Placed {
  readonly frame: number;
  readonly landmarks: Landmarks;
}

function stretchesOf(track: RawTrack, longestFill: number): Placed[][] {
  const stretches: Placed[][] = [];
  for (const { frame, face } of track.sightings) {
    const stretch = stretches.at(-1);
    const before = stretch?.at(-1);
    const placed = { frame, landmarks: face.landmarks };
    if (stretch !== undefined && before !== undefined && frame - before.frame - 1 <= longestFill) {
      stretch.push(placed);
    } else stretches.push([placed]);
  }
  return stretches;
}

function fillGaps(stretch: readonly Placed[]): Placed[] {
  return stretch.flatMap((placed, index) => {
    const before = stretch[index - 1];
    if (before === undefined) return [placed];
    const gap = placed.frame - before.frame;
    const between = Array.from({ length: gap - 1 }, (_, step) => ({
      frame: before.frame + step + 1,
      landmarks: combine([before.landmarks, placed.landmarks], [1 - (step + 1) / gap, (step + 1) / gap]),
    }));
    return [...between, placed];
  });
}

/** Frames on each side that outvote one or two bad readings; a steady movement passes unchanged. */
const medianReach = 2;

function withoutOutliers(frames: readonly Placed[]): Placed[] {
  return frames.map(({ frame, landmarks }, index) => {
    const reach = Math.min(medianReach, index, frames.length - 1 - index);
    const near = frames.slice(index - reach, index + reach + 1);
    const at = (point: 0 | 1 | 2 | 3 | 4): Point => [
      median(near.map((one) => one.landmarks[point][0])),
      median(near.map((one) => one.landmarks[point][1])),
    ];
    return { frame, landmarks: reach === 0 ? landmarks : [at(0), at(1), at(2), at(3), at(4)] };
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

/**
 * A line is fitted through the neighbours, weighted by a Gaussian: like a Gaussian mean inside a track, but without
 * pulling a moving face back at its ends.
 */
function smoothAt(frames: readonly Placed[], index: number, sigmaFrames: number): Landmarks {
  const near = fitAt(frames, index, sigmaFrames);
  const wide = fitAt(frames, index, sigmaFrames * stillWindow);
  const own = frames[index]?.landmarks ?? near;
  // A face that stands still would wander with what is left of the noise; one that moves must not lag behind.
  const moved = furthestBetween(near, wide) / (stillShare * eyeDistanceOf(own));
  const steady = Math.min(1, Math.max(0, 2 - 2 * moved));
  return nearOwn(combine([wide, near], [steady, 1 - steady]), own);
}

function fitAt(frames: readonly Placed[], index: number, sigmaFrames: number): Landmarks {
  const reach = Math.ceil(sigmaFrames * 3);
  const from = Math.max(0, index - reach);
  const near = frames.slice(from, index + reach + 1);
  const offsets = near.map((_, at) => from + at - index);
  const weights = offsets.map((offset) => Math.exp((-offset * offset) / (2 * sigmaFrames * sigmaFrames)));
  const sum = (term: (offset: number) => number) =>
    offsets.reduce((total, offset, at) => total + (weights[at] ?? 0) * term(offset), 0);
  const [s0, s1, s2] = [sum(() => 1), sum((offset) => offset), sum((offset) => offset * offset)];
  const determinant = s0 * s2 - s1 * s1;
  const shares = offsets.map((offset, at) => {
    const weight = weights[at] ?? 0;
    return determinant < 1e-9 ? weight / s0 : (weight * (s2 - s1 * offset)) / determinant;
  });
  return combine(
    near.map(({ landmarks }) => landmarks),
    shares,
  );
}

function eyeDistanceOf(landmarks: Landmarks): number {
  return Math.max(1, Math.hypot(landmarks[1][0] - landmarks[0][0], landmarks[1][1] - landmarks[0][1]));
}

function furthestBetween(a: Landmarks, b: Landmarks): number {
  return Math.max(...a.map(([x, y], at) => Math.hypot(x - (b[at]?.[0] ?? x), y - (b[at]?.[1] ?? y))));
}

function nearOwn(smooth: Landmarks, own: Landmarks): Landmarks {
  const furthest = Math.max(0.5, eyeDistanceOf(own) * furthestShare);
  const deviation = furthestBetween(smooth, own);
  if (deviation <= furthest) return smooth;
  const share = furthest / deviation;
  return combine([smooth, own], [share, 1 - share]);
}

function combine(all: readonly Landmarks[], shares: readonly number[]): Landmarks {
  const at = (index: 0 | 1 | 2 | 3 | 4): Point => {
    let [x, y] = [0, 0];
    for (let one = 0; one < all.length; one++) {
      const share = shares[one] ?? 0;
      const point = all[one]?.[index] ?? [0, 0];
      x += share * point[0];
      y += share * point[1];
    }
    return [x, y];
  };
  return [at(0), at(1), at(2), at(3), at(4)];
}

/** The box around the landmarks, grown to the whole face. */
export function faceBoxOf(landmarks: Landmarks): { x: number; y: number; width: number; height: number } {
  const { x, y, width, height } = boxAround(landmarks);
  const side = Math.max(width, height, 1);
  return {
    x: x + width / 2 - side,
    y: y + height / 2 - side * 1.1,
    width: side * 2,
    height: side * 2.2,
  };
}
