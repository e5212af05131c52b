import { describe, expect, it } from 'vitest';
import type { FaceDescriptor } from '../../../../../src/engine/steps/video/follow-faces.ts';
import {
  groupPeople,
  meanDescriptor,
  type TrackToGroup,
} from '../../../../../src/engine/steps/video/group-people.ts';
import { seededRandom } from '../../../../helpers/seeded-random.ts';

const track = (firstFrame: number, lastFrame: number, descriptor: FaceDescriptor | null): TrackToGroup => ({
  firstFrame,
  lastFrame,
  descriptor,
});

describe('groupPeople', () => {
  it('joins what is alike and numbers people as they appear', () => {
    const [ben, ann] = [
      [1, 0],
      [0, 0],
    ];
    const tracks = [
      track(0, 9, ben ?? null),
      track(0, 9, ann ?? null),
      track(10, 19, [0.1, 0]),
      track(20, 29, [0.95, 0.1]),
    ];
    expect(groupPeople(tracks, 0.5)).toEqual([1, 2, 2, 1]);
  });

  it('keeps apart who is seen at the same time, however alike, also by way of a third track', () => {
    const twin = [0, 0];
    const [a, b, c] = groupPeople([track(0, 50, twin), track(10, 60, twin), track(70, 80, [0.01, 0])], 0.5);
    expect(a).not.toBe(b);
    expect([a, b]).toContain(c);
    // Where one track ends as the other begins they may overlap by a frame or two.
    expect(groupPeople([track(0, 50, twin), track(49, 90, twin)], 0.5)).toEqual([1, 1]);
  });

  it('leaves a face of which nothing is known by itself', () => {
    expect(groupPeople([track(0, 9, [0]), track(10, 19, null), track(20, 29, [0])], 0.5)).toEqual([1, 2, 1]);
    expect(groupPeople([], 0.5)).toEqual([]);
  });

  it('one odd picture does not join two people', () => {
    const row = [0, 0.3, 0.7, 1].map((x, index) => track(index * 10, index * 10 + 9, [x]));
    expect(groupPeople(row, 0.5)).toEqual([1, 1, 2, 2]);
  });

  it('finds the people of a long film again, in whatever order they come', () => {
    const seed = Number(process.env['HEIRLOOM_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    console.log(`people: HEIRLOOM_SEED=${seed}`);
    const random = seededRandom(seed);
    const numbers = (spread: number) => Array.from({ length: 32 }, () => (random() - 0.5) * spread);
    const faces = Array.from({ length: 12 }, () => numbers(0.5));
    const whose = Array.from({ length: 600 }, () => Math.floor(random() * faces.length));
    const tracks = whose.map((person, index) => {
      const noise = numbers(0.15);
      const descriptor = (faces[person] ?? []).map((value, at) => value + (noise[at] ?? 0));
      return track(index * 10, index * 10 + 9, descriptor);
    });
    const people = groupPeople(tracks, 0.4);
    const firstOf = (index: number) => whose.indexOf(whose[index] ?? -1);
    expect(people).toEqual(people.map((_, index) => people[firstOf(index)]));
    expect(new Set(people).size).toBe(new Set(whose).size);
  });

  it('takes the mean of several descriptors', () => {
    const pictures = [
      [1, 2],
      [3, 6],
    ];
    expect(meanDescriptor(pictures)).toEqual([2, 4]);
    expect(meanDescriptor([])).toBeNull();
  });
});
