import { describe, expect, it } from 'vitest';
import type { Landmarks } from '#shared/domain/geometry.ts';
import {
  columnsOf,
  type FollowedClip,
  faceAt,
} from '../../../../../src/engine/pipelines/video/followed-clip.ts';
import { stretchOf } from '../../../../../src/engine/pipelines/video/stretch-of.ts';

const timeBase = { numerator: 1, denominator: 100 };
const landmarksAt = (x: number): Landmarks => [
  [x, 0],
  [x + 10, 0],
  [x + 5, 5],
  [x + 2, 9],
  [x + 8, 9],
];
const framesOf = (from: number, to: number) =>
  columnsOf(
    Array.from({ length: to - from }, (_, index) => ({
      frame: from + index,
      presence: 1 / (from + index + 1),
      landmarks: landmarksAt(from + index),
    })),
  );
const bestBox = { x: 0, y: 0, width: 10, height: 10 };
/** 20 frames, a tenth of a second each, on a clock that begins at 5 s. */
const followed: FollowedClip = {
  stamps: Array.from({ length: 20 }, (_, index) => 500 + index * 10),
  endStamp: 700,
  cuts: [8, 12],
  isSeekable: true,
  skippedFrames: 0,
  treatment: 'gray',
  tracks: [
    { trackId: 1, personId: 1, bestFrame: 2, bestBox, ...framesOf(0, 8) },
    { trackId: 2, personId: 1, bestFrame: 9, bestBox, ...framesOf(8, 20) },
  ],
};
const stretch = (fromSeconds: number, toSeconds: number) =>
  stretchOf(followed, { fromSeconds, toSeconds }, 5, timeBase);

describe('stretchOf', () => {
  it('counts frames, cuts and faces from the beginning of the stretch', () => {
    const part = stretch(0.6, 1.3);
    expect(part).toMatchObject({ stamps: [560, 570, 580, 590, 600, 610, 620], endStamp: 630, cuts: [2, 6] });
    expect(part?.tracks.map(({ trackId, bestFrame, frames }) => [trackId, bestFrame, frames.length])).toEqual(
      [
        [1, 0, 2],
        [2, 3, 5],
      ],
    );
    const second = part?.tracks[1];
    if (second === undefined) throw new Error('not there');
    expect(faceAt(second, 0)).toEqual({ frame: 2, presence: 0.111, landmarks: landmarksAt(8) });
    expect(faceAt(second, 4)).toEqual({ frame: 6, presence: 0.077, landmarks: landmarksAt(12) });
    expect(second.landmarks).toHaveLength(50);
    expect(part).toMatchObject({ treatment: 'gray', skippedFrames: null });
  });

  it('ends with the clip, and leaves out who is not in it', () => {
    const part = stretch(1.8, 9);
    expect(part).toMatchObject({ stamps: [680, 690], endStamp: 700, cuts: [] });
    expect(part?.tracks.map(({ trackId }) => trackId)).toEqual([2]);
  });

  it('is nothing behind the end', () => {
    expect(stretch(3, 4)).toBeNull();
  });
});
