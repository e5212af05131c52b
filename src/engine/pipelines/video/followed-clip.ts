// What the first pass over a clip found, as it is kept in memory and in the work folder: numbers in columns, because a
// film of hours has hundreds of thousands of faces, and as objects they would take ten times the memory. Engine process.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { ClipTrack } from '#shared/domain/clip.ts';
import { boxSchema, type Landmarks } from '#shared/domain/geometry.ts';
import type { TrackFrame } from '../../steps/video/smooth-track.ts';
import { secondsOf } from './clip-frames.ts';
import type { OpenClip } from './open-clip.ts';

/** Looked at one by one, but without a copy or a word about each. */
const numbersSchema = z.custom<readonly number[]>(
  (value) => Array.isArray(value) && value.every(Number.isFinite),
);

/** In the column of landmarks. */
export const numbersPerFace = 10;

const trackSchema = z
  .object({
    trackId: z.int().positive(),
    personId: z.int().positive(),
    bestFrame: z.int(),
    bestBox: boxSchema,
    /** Numbers of the frames that show the face, rising. */
    frames: numbersSchema,
    /** Of each such frame: see TrackFrame. */
    presence: numbersSchema,
    /** Of each such frame: x and y of five landmarks, in pixels of the upright source. */
    landmarks: numbersSchema,
  })
  .refine(
    ({ frames, presence, landmarks }) =>
      presence.length === frames.length && landmarks.length === frames.length * numbersPerFace,
  );
export type FollowedTrack = z.infer<typeof trackSchema>;

const followedClipSchema = z.object({
  /** One per frame of the range, rising, in ticks. */
  stamps: numbersSchema.refine(({ length }) => length > 0),
  /** Behind the last frame. */
  endStamp: z.int(),
  cuts: z.array(z.int()),
  /** Every frame has a stamp of its own in the file: decoding can begin in the middle. */
  isSeekable: z.boolean(),
  /** Decoded before the range: needed where it is not seekable. Null: not known, and seeking is the only way. */
  skippedFrames: z.int().nonnegative().nullable(),
  treatment: z.enum(['gray', 'tint', 'colour']),
  tracks: z.array(trackSchema),
});
export type FollowedClip = z.infer<typeof followedClipSchema>;

/** Null when it is not there, or written by another version. */
export async function readFollowed(path: string): Promise<FollowedClip | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  const parsed = followedClipSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}

type Columns = Pick<FollowedTrack, 'frames' | 'presence' | 'landmarks'>;

/** To three decimals: what is used is what is stored. */
export function columnsOf(frames: readonly TrackFrame[]): Columns {
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return {
    frames: frames.map(({ frame }) => frame),
    presence: frames.map(({ presence }) => round(presence)),
    landmarks: frames.flatMap(({ landmarks }) => landmarks.flat().map(round)),
  };
}

/** The face of a track at a place in its columns. */
export function faceAt({ frames, presence, landmarks }: Columns, index: number): TrackFrame {
  const at = index * numbersPerFace;
  const point = (number: number): [number, number] => [
    landmarks[at + number * 2] ?? 0,
    landmarks[at + number * 2 + 1] ?? 0,
  ];
  const five: Landmarks = [point(0), point(1), point(2), point(3), point(4)];
  return { frame: frames[index] ?? 0, presence: presence[index] ?? 0, landmarks: five };
}

/** The places in a track's columns of the frames from `from` to before `to`. */
export function placesBetween({ frames }: Columns, from: number, to: number): { start: number; end: number } {
  return { start: firstNotBefore(frames, from), end: firstNotBefore(frames, to) };
}

function firstNotBefore(rising: readonly number[], wanted: number): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function trackReport(followed: FollowedClip, clip: OpenClip): ClipTrack[] {
  const at = (frame: number) =>
    secondsOf(followed.stamps[frame] ?? 0, clip.facts.video.timeBase) - clip.facts.startSeconds;
  return followed.tracks.map(({ trackId, personId, frames, bestFrame, bestBox }) => ({
    trackId,
    personId,
    firstSeconds: at(frames[0] ?? 0),
    lastSeconds: at(frames.at(-1) ?? 0),
    frameCount: frames.length,
    bestSeconds: at(bestFrame),
    bestBoxInFrame: bestBox,
  }));
}
