// First pass over a clip: timestamps, scene cuts, and every face followed. Nothing is restored yet. Engine process.
import type { TaskOf } from '#shared/contract/engine.ts';
import type { ClipOptions } from '#shared/domain/clip.ts';
import { HeirloomError, throwIfCancelled } from '#shared/errors/heirloom-error.ts';
import { readRegion } from '../../codec/video/frame-region.ts';
import { nextStamp } from '../../codec/video/frame-times.ts';
import { type ClipPlan, planClip } from '../../codec/video/plan-clip.ts';
import type { Raster } from '../../pixels/raster.ts';
import { release } from '../../pixels/release.ts';
import { alignFace } from '../../steps/align-face.ts';
import { samePersonDistance } from '../../steps/describe-face.ts';
import type { FaceCandidate } from '../../steps/detect/face-candidate.ts';
import { chooseMonochrome, type MonochromeTreatment } from '../../steps/monochrome/choose-monochrome.ts';
import { FaceFollower, paceFor, type RawTrack } from '../../steps/video/follow-faces.ts';
import { groupPeople, meanDescriptor } from '../../steps/video/group-people.ts';
import { CutFinder } from '../../steps/video/scene-cuts.ts';
import { faceBoxOf, smoothingPaceFor, smoothTrack } from '../../steps/video/smooth-track.ts';
import type { JobContext } from '../job-context.ts';
import { openAnswerLog } from './answer-log.ts';
import { openClipFrames, rangeTest, seekBefore } from './clip-frames.ts';
import type { ClipMeter } from './clip-meter.ts';
import { columnsOf, type FollowedClip, type FollowedTrack, readFollowed } from './followed-clip.ts';
import { type EyeModels, eyesFor, lumaOfFrame, wholeFrame } from './frame-eyes.ts';
import { type OpenClip, rateOf, tickOf } from './open-clip.ts';
import { type WorkFolder, writeDurably } from './work-folder.ts';

export type FollowModels = Pick<TaskOf<'follow-clip-faces'>, 'detection' | 'recogniser'>;

/**
 * Takes up what an interrupted run has stored. Errors: video.no-frames, video.range-empty, video.size-changes,
 * video.ffmpeg-failed, model.*; JobCancelled.
 */
export async function findTracks(
  clip: OpenClip,
  options: ClipOptions,
  models: FollowModels,
  work: WorkFolder,
  context: JobContext,
  meter: ClipMeter,
): Promise<FollowedClip> {
  const stored = await readFollowed(work.tracksPath);
  if (stored !== null) return stored;
  const found = JSON.stringify(await follow(clip, options, models, work, context, meter));
  await writeDurably(work.tracksPath, Buffer.from(found));
  // What is used is what is stored, to the last digit: a resumed run must see the same.
  const followed = await readFollowed(work.tracksPath);
  if (followed === null)
    throw new HeirloomError('internal.unexpected', {}, { cause: 'followed faces of no shape' });
  return followed;
}

async function follow(
  clip: OpenClip,
  options: ClipOptions,
  models: FollowModels,
  work: WorkFolder,
  context: JobContext,
  meter: ClipMeter,
): Promise<FollowedClip> {
  const { facts } = clip;
  const { timeBase } = facts.video;
  const framesPerSecond = rateOf(facts);
  const tick = tickOf(facts);
  const plan = planClip(facts, { ...options, scale: 1 }, false);
  const loaded = await loadEyes(models, context);
  const log = await openAnswerLog(work.answersPath);
  const range = rangeTest(options.range, facts.startSeconds, timeBase);
  const frames = openClipFrames(
    clip,
    plan,
    seekBefore(options.range.fromSeconds, facts.startSeconds),
    context.signal,
  );
  const follower = new FaceFollower(paceFor(framesPerSecond));
  const cutFinder = new CutFinder();
  const stamps: number[] = [];
  const cuts: number[] = [];
  const votes: MonochromeTreatment[] = [];
  let before: number | null = null;
  let isSeekable = true;
  let hasFrames = false;
  let skippedFrames = 0;
  try {
    for (let frame = await frames.next(); frame !== null; frame = await frames.next()) {
      hasFrames = true;
      const stamp = nextStamp(before, frame.pts, tick);
      if (frame.pts !== stamp) isSeekable = false;
      before = stamp;
      if (range.isBehind(stamp)) break;
      if (!range.isBefore(stamp)) {
        await meter.turn();
        throwIfCancelled(context.signal);
        const index = stamps.length;
        const isCut = cutFinder.isCut(lumaOfFrame(frame.bytes, plan.decoded));
        if (isCut) cuts.push(index);
        const eyes = eyesFor(frame.bytes, plan, loaded, log, context.signal, async (faces) => {
          if (faces.length > 0 && votes.length < wantedVotes) {
            votes.push(await log.ask(async () => voteOf(options, frame.bytes, plan, faces)));
          }
        });
        await follower.step(index, isCut, eyes);
        stamps.push(stamp);
        meter.count();
      } else skippedFrames += 1;
      frames.giveBack(frame.bytes);
    }
  } finally {
    frames.close();
    await log.close();
  }
  if (!hasFrames) throw new HeirloomError('video.no-frames', { fileName: facts.fileName });
  const last = stamps.at(-1);
  if (last === undefined) {
    throw new HeirloomError('video.range-empty', {
      fileName: facts.fileName,
      from: options.range.fromSeconds ?? 0,
      to: options.range.toSeconds ?? Number((facts.durationSeconds ?? 0).toFixed(2)),
    });
  }
  const smoothing = smoothingPaceFor(framesPerSecond);
  const rawTracks = follower.finish(stamps.length);
  const people = peopleOf(rawTracks);
  return {
    stamps,
    endStamp: last + lastDuration(stamps, tick),
    cuts,
    isSeekable,
    skippedFrames,
    treatment: options.monochrome === 'auto' ? majority(votes) : options.monochrome,
    tracks: rawTracks.map((track, index) => storedTrack(track, index + 1, people[index] ?? index + 1)),
  };

  function storedTrack(track: RawTrack, trackId: number, personId: number): FollowedTrack {
    const largest = track.sightings.reduce((best, sighting) =>
      sighting.face.box.width * sighting.face.score > best.face.box.width * best.face.score ? sighting : best,
    );
    return {
      trackId,
      personId,
      bestFrame: largest.frame,
      bestBox: faceBoxOf(largest.face.landmarks),
      ...columnsOf(smoothTrack(track, smoothing)),
    };
  }
}

async function loadEyes(
  { detection, recogniser }: FollowModels,
  { models: loader }: JobContext,
): Promise<EyeModels> {
  const [detector, landmarks, loadedRecogniser] = await Promise.all([
    loader.load(detection.detector),
    detection.landmarks === null ? null : loader.load(detection.landmarks),
    recogniser === null ? null : loader.load(recogniser),
  ]);
  return { detector, landmarks, recogniser: loadedRecogniser };
}

/** Numbers of people, one for each track. */
function peopleOf(tracks: readonly RawTrack[]): number[] {
  const toGroup = tracks.map(({ sightings, descriptors }) => ({
    firstFrame: sightings[0]?.frame ?? 0,
    lastFrame: sightings.at(-1)?.frame ?? 0,
    descriptor: meanDescriptor(descriptors),
  }));
  return groupPeople(toGroup, samePersonDistance);
}

/** The last frame lasts as long as the one before: containers seldom say. */
function lastDuration(stamps: readonly number[], tick: number): number {
  const [before, last] = [stamps.at(-2), stamps.at(-1)];
  return before === undefined || last === undefined ? tick : last - before;
}

/** Looks at the whole frame that decide whether the film has colour: one treatment for all of it, or it would flicker. */
const wantedVotes = 9;

function voteOf(
  options: ClipOptions,
  bytes: Uint8Array,
  plan: ClipPlan,
  faces: readonly FaceCandidate[],
): MonochromeTreatment {
  const picture: Raster = readRegion(bytes, plan.decoded, wholeFrame(plan.decoded));
  const samples = faces.slice(0, 4).map(({ landmarks }) => alignFace(picture, landmarks, 128).face);
  const treatment = chooseMonochrome(options.monochrome, picture, samples);
  release(picture.data);
  return treatment;
}

function majority(votes: readonly MonochromeTreatment[]): MonochromeTreatment {
  const count = (wanted: MonochromeTreatment) => votes.filter((vote) => vote === wanted).length;
  const [gray, tint, colour] = [count('gray'), count('tint'), count('colour')];
  if (gray + tint <= colour) return 'colour';
  return gray > tint ? 'gray' : 'tint';
}
