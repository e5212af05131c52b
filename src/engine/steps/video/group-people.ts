// Which tracks of a clip show the same person: before and after a cut, or after a long absence. Pure; engine process.
// Agglomerative clustering with average linkage: two groups are as far apart as their tracks are on average, so that one
// bad picture neither joins two people nor keeps one apart.
import { descriptorDistance } from '../describe-face.ts';
import type { FaceDescriptor } from './follow-faces.ts';

export interface TrackToGroup {
  readonly firstFrame: number;
  readonly lastFrame: number;
  /** Mean over the track; null: nothing is known of the face, and it stays by itself. */
  readonly descriptor: FaceDescriptor | null;
}

/** Frames that two tracks of one person may share where one ends as the other begins. */
const mostShared = 2;

/**
 * A person's number for each track, counted from 1 in the order of the tracks. Tracks seen at the same time are different
 * people, however alike. `furthest`: Euclidean distance from which on two descriptors are two people. Time and memory
 * grow with the square of the number of tracks: a feature film's 3,000 take 36 MB.
 */
export function groupPeople(tracks: readonly TrackToGroup[], furthest: number): number[] {
  const groups = new GroupDistances(tracks);
  for (let pair = groups.closest(); pair !== null && pair.distance < furthest; pair = groups.closest()) {
    groups.join(pair.group, pair.other);
  }
  return groups.numbered();
}

/** The distances between all groups, each named by one of its tracks. */
class GroupDistances {
  readonly #count: number;
  /** Row by row; Infinity: never to be joined. */
  readonly #distances: Float32Array;
  /** Of each group, or -1: nobody to be joined with. */
  readonly #nearest: Int32Array;
  readonly #members: (number[] | null)[];

  constructor(tracks: readonly TrackToGroup[]) {
    this.#count = tracks.length;
    this.#distances = new Float32Array(tracks.length ** 2).fill(Number.POSITIVE_INFINITY);
    this.#nearest = new Int32Array(tracks.length).fill(-1);
    this.#members = tracks.map((_, index) => [index]);
    for (const [index, track] of tracks.entries()) {
      for (let other = 0; other < index; other++) this.#set(index, other, between(track, tracks[other]));
    }
    for (let group = 0; group < this.#count; group++) this.#findNearest(group);
  }

  closest(): { group: number; other: number; distance: number } | null {
    let closest = { group: -1, other: -1, distance: Number.POSITIVE_INFINITY };
    for (let group = 0; group < this.#count; group++) {
      const other = this.#nearest[group] ?? -1;
      const distance = other < 0 ? Number.POSITIVE_INFINITY : this.#between(group, other);
      if (distance < closest.distance) closest = { group, other, distance };
    }
    return closest.group < 0 ? null : closest;
  }

  /** `other` becomes part of `group`. */
  join(group: number, other: number): void {
    const [ours, theirs] = [this.#members[group] ?? [], this.#members[other] ?? []];
    const all = ours.length + theirs.length;
    for (let third = 0; third < this.#count; third++) {
      // Infinite to either: seen at the same time as one of them, so not the same person as both.
      const distance =
        (this.#between(group, third) * ours.length + this.#between(other, third) * theirs.length) / all;
      this.#set(group, third, third === group ? Number.POSITIVE_INFINITY : distance);
      this.#set(other, third, Number.POSITIVE_INFINITY);
    }
    this.#members[group] = [...ours, ...theirs];
    this.#members[other] = null;
    this.#nearest[other] = -1;
    this.#findNearest(group);
    // With average linkage a joined group is never nearer than the nearer of its halves: others keep their nearest.
    for (let third = 0; third < this.#count; third++) {
      if (this.#nearest[third] === group || this.#nearest[third] === other) this.#findNearest(third);
    }
  }

  numbered(): number[] {
    const numbers = new Array<number>(this.#count).fill(0);
    const groups = this.#members.filter((members) => members !== null);
    const inOrder = groups.toSorted((a, b) => Math.min(...a) - Math.min(...b));
    inOrder.forEach((members, index) => {
      for (const member of members) numbers[member] = index + 1;
    });
    return numbers;
  }

  #between(group: number, other: number): number {
    return this.#distances[group * this.#count + other] ?? Number.POSITIVE_INFINITY;
  }

  #set(group: number, other: number, distance: number): void {
    this.#distances[group * this.#count + other] = distance;
    this.#distances[other * this.#count + group] = distance;
  }

  #findNearest(group: number): void {
    let nearest = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let other = 0; other < this.#count; other++) {
      const distance = this.#between(group, other);
      if (distance < least) [nearest, least] = [other, distance];
    }
    this.#nearest[group] = nearest;
  }
}

function between(a: TrackToGroup, b: TrackToGroup | undefined): number {
  if (b === undefined || a.descriptor === null || b.descriptor === null) return Number.POSITIVE_INFINITY;
  const shared = Math.min(a.lastFrame, b.lastFrame) - Math.max(a.firstFrame, b.firstFrame) + 1;
  return shared > mostShared ? Number.POSITIVE_INFINITY : descriptorDistance(a.descriptor, b.descriptor);
}

/** The mean over several pictures of a track: noise in one of them counts less. */
export function meanDescriptor(descriptors: readonly FaceDescriptor[]): FaceDescriptor | null {
  const [first] = descriptors;
  if (first === undefined) return null;
  return first.map((_, at) => descriptors.reduce((sum, one) => sum + (one[at] ?? 0), 0) / descriptors.length);
}
