// Follows each face from frame to frame: looks for faces now and then, and in between only where they were.
// Pure bookkeeping; what a frame shows is asked through FrameEyes. Runs in the engine process.
import type { Box } from '#shared/domain/geometry.ts';
import { type FaceCandidate, moveCandidate } from '../detect/face-candidate.ts';

export interface FrameEyes {
  /** All faces of the frame: slow. */
  detect(): Promise<readonly FaceCandidate[]>;
  /** The face near a place, or null when there is none: quick. Null instead of a function: cannot be done. */
  readonly refine: ((near: FaceCandidate) => Promise<FaceCandidate | null>) | null;
  /** Numbers that are alike for pictures of one person; null for a face that says nothing. Null instead of a function: cannot be done. */
  readonly describe: ((face: FaceCandidate) => Promise<FaceDescriptor | null>) | null;
}

export type FaceDescriptor = readonly number[];

export interface Sighting {
  readonly frame: number;
  readonly face: FaceCandidate;
}

/** One person from entering a scene to leaving it. Sightings in order; gaps are frames in which nobody was seen. */
export interface RawTrack {
  readonly sightings: Sighting[];
  /** Of some of the sightings. */
  readonly descriptors: FaceDescriptor[];
  /** The scene lies between these frames, the second excluded (Infinity until the next cut). */
  readonly sceneStart: number;
  sceneEnd: number;
}

interface LiveTrack extends RawTrack {
  /** Sightings up to this many are confirmed by a look at the whole frame. */
  confirmedCount: number;
  lastConfirmed: number;
  /** How often a look at the whole frame has shown this face. */
  lookCount: number;
}

export interface FollowPace {
  /** Frames between two looks at the whole frame. */
  readonly detectEvery: number;
  /** While somebody is missing. */
  readonly detectEveryWhenMissing: number;
  /** Frames for which somebody may be out of sight and still be the same person. */
  readonly longestMiss: number;
  /** Fewer sightings are taken for a false alarm. */
  readonly fewestSightings: number;
}

/** In seconds, because films have 12 to 120 frames in one. */
export function paceFor(framesPerSecond: number): FollowPace {
  const frames = (seconds: number) => Math.max(1, Math.round(seconds * framesPerSecond));
  return {
    detectEvery: frames(0.4),
    detectEveryWhenMissing: frames(0.12),
    longestMiss: frames(1.2),
    fewestSightings: Math.max(3, frames(0.12)),
  };
}

/** From this overlap on, two boxes are the same face. */
const sameFaceOverlap = 0.3;
const duplicateOverlap = 0.6;

export class FaceFollower {
  readonly #pace: FollowPace;
  #live: LiveTrack[] = [];
  readonly #finished: LiveTrack[] = [];
  #lastDetection = Number.NEGATIVE_INFINITY;
  #sceneStart = 0;

  constructor(pace: FollowPace) {
    this.#pace = pace;
  }

  /** Frames come in order, from 0 without gaps. */
  async step(frame: number, isCut: boolean, eyes: FrameEyes): Promise<void> {
    if (isCut) this.#endScene(frame);
    for (const track of this.#live) {
      if (eyes.refine === null || lastOf(track).frame !== frame - 1) continue;
      const face = await eyes.refine(predict(track, frame));
      if (face !== null) track.sightings.push({ frame, face });
    }
    if (this.#isLookDue(frame, eyes.refine === null)) {
      this.#lastDetection = frame;
      await this.#match(frame, await eyes.detect(), eyes);
    }
    const stays = (track: LiveTrack) => frame - lastOf(track).frame <= this.#pace.longestMiss;
    this.#finished.push(...this.#live.filter((track) => !stays(track)));
    this.#live = withoutDuplicates(this.#live.filter(stays), frame);
  }

  /** Ends the clip. Oldest first, from left to right among those that begin together. */
  finish(frameCount: number): readonly RawTrack[] {
    this.#endScene(frameCount);
    return this.#finished
      .filter((track) => {
        const sceneLength = track.sceneEnd - track.sceneStart;
        return track.confirmedCount >= Math.min(this.#pace.fewestSightings, sceneLength);
      })
      .map(({ sightings, descriptors, sceneStart, sceneEnd, confirmedCount }) => ({
        // What was only followed and never seen again by the detector may be a wall.
        sightings: sightings.slice(0, confirmedCount),
        descriptors,
        sceneStart,
        sceneEnd,
      }))
      .sort((a, b) => firstOf(a).frame - firstOf(b).frame || firstOf(a).face.box.x - firstOf(b).face.box.x);
  }

  #endScene(frame: number): void {
    for (const track of this.#live) {
      track.sceneEnd = frame;
      // Near the end of a scene the next look would have come too late: what was followed so far counts.
      if (frame - track.lastConfirmed <= this.#pace.detectEvery + 1) {
        track.confirmedCount = track.sightings.length;
      }
    }
    for (const track of this.#finished) if (track.sceneEnd > frame) track.sceneEnd = frame;
    this.#finished.push(...this.#live);
    this.#live = [];
    this.#sceneStart = frame;
    this.#lastDetection = Number.NEGATIVE_INFINITY;
  }

  #isLookDue(frame: number, isBlindBetween: boolean): boolean {
    if (isBlindBetween) return true;
    const since = frame - this.#lastDetection;
    if (since >= this.#pace.detectEvery) return true;
    const missing = this.#live.filter((track) => lastOf(track).frame < frame);
    if (missing.some((track) => lastOf(track).frame === frame - 1)) return true;
    return missing.length > 0 && since >= this.#pace.detectEveryWhenMissing;
  }

  async #match(frame: number, faces: readonly FaceCandidate[], eyes: FrameEyes): Promise<void> {
    // The whole frame may be looked at in less detail than the place itself.
    const exact = async (face: FaceCandidate) => (await eyes.refine?.(face)) ?? face;
    const pairs = this.#live
      .flatMap((track) => faces.map((face) => ({ track, face, closeness: closeness(track, face, frame) })))
      .filter((pair) => pair.closeness > 0)
      .sort((a, b) => b.closeness - a.closeness);
    const taken = new Set<LiveTrack | FaceCandidate>();
    for (const { track, face } of pairs) {
      if (taken.has(track) || taken.has(face)) continue;
      taken.add(track).add(face);
      if (lastOf(track).frame < frame) track.sightings.push({ frame, face: await exact(face) });
      track.confirmedCount = track.sightings.length;
      track.lastConfirmed = frame;
      track.lookCount += 1;
      if (isDescriptionDue(track.lookCount)) await describe(track, eyes);
    }
    for (const face of faces) {
      if (taken.has(face)) continue;
      const track: LiveTrack = {
        sightings: [{ frame, face: await exact(face) }],
        descriptors: [],
        sceneStart: this.#sceneStart,
        sceneEnd: Number.POSITIVE_INFINITY,
        confirmedCount: 1,
        lastConfirmed: frame,
        lookCount: 1,
      };
      await describe(track, eyes);
      this.#live.push(track);
    }
    // Followed where the detector sees nothing, twice in a row: it is not a face any more.
    const isLost = (track: LiveTrack) =>
      lastOf(track).frame === frame && frame - track.lastConfirmed > 2 * this.#pace.detectEvery;
    this.#finished.push(...this.#live.filter(isLost));
    this.#live = this.#live.filter((track) => !isLost(track));
  }
}

/** At the first look, the second, the fourth ...: all over a track however long it is, and seldom. */
function isDescriptionDue(lookCount: number): boolean {
  return (lookCount & (lookCount - 1)) === 0;
}

async function describe(track: LiveTrack, { describe: ask }: FrameEyes): Promise<void> {
  const descriptor = await ask?.(lastOf(track).face);
  if (descriptor !== undefined && descriptor !== null) track.descriptors.push(descriptor);
}

function firstOf(track: RawTrack): Sighting {
  const [first] = track.sightings;
  if (first === undefined) throw new RangeError('a track has sightings');
  return first;
}

function lastOf(track: RawTrack): Sighting {
  return track.sightings.at(-1) ?? firstOf(track);
}

/** Where the face should be by now: its last movement goes on for a moment. */
function predict(track: LiveTrack, frame: number): FaceCandidate {
  const last = lastOf(track);
  const before = track.sightings.at(-2);
  if (before === undefined || last.frame - before.frame > 3) return last.face;
  const gap = last.frame - before.frame;
  const steps = Math.min(frame - last.frame, 3) / gap;
  const [x1, y1] = centreOf(before.face.box);
  const [x2, y2] = centreOf(last.face.box);
  return moveCandidate(last.face, ([x, y]) => [x + (x2 - x1) * steps, y + (y2 - y1) * steps]);
}

/** 0: not the same face. The longer it was out of sight, the further it may have gone. */
function closeness(track: LiveTrack, face: FaceCandidate, frame: number): number {
  const missed = frame - lastOf(track).frame;
  const expected = predict(track, frame).box;
  const shared = overlap(expected, face.box);
  if (shared >= sameFaceOverlap) return 1 + shared;
  if (missed === 0) return 0;
  const sizes = [Math.max(expected.width, expected.height), Math.max(face.box.width, face.box.height)];
  const ratio = Math.max(...sizes) / Math.min(...sizes);
  if (ratio > 1.5 + 0.03 * missed) return 0;
  const [x1, y1] = centreOf(expected);
  const [x2, y2] = centreOf(face.box);
  const reach = Math.max(...sizes) * Math.min(2, 0.6 + 0.06 * missed);
  const distance = Math.hypot(x2 - x1, y2 - y1);
  return distance < reach ? 1 - distance / reach : 0;
}

function centreOf({ x, y, width, height }: Box): readonly [number, number] {
  return [x + width / 2, y + height / 2];
}

/** Shared area over area of both together. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}

/** Two tracks that have run onto one face: the one that was there first goes on. */
function withoutDuplicates(tracks: readonly LiveTrack[], frame: number): LiveTrack[] {
  const kept: LiveTrack[] = [];
  for (const track of tracks) {
    const { frame: seenAt, face } = lastOf(track);
    const isDouble =
      seenAt === frame &&
      kept.some((other) => {
        const last = lastOf(other);
        return last.frame === frame && overlap(last.face.box, face.box) > duplicateOverlap;
      });
    if (!isDouble) kept.push(track);
  }
  return kept;
}
