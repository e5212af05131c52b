// Second pass over a clip: frames are decoded, their faces restored, and encoded segment by segment. Engine process.
// Memory holds a few frames, whatever the length: the decoder waits for us, and we wait for the encoder.
import { access, rm } from 'node:fs/promises';
import type { ClipOptions } from '#shared/domain/clip.ts';
import { HeirloomError, throwIfCancelled } from '#shared/errors/heirloom-error.ts';
import {
  colourArguments,
  encoderArguments,
  previewEncoderArguments,
  segmentMuxer,
} from '../../codec/video/encode-arguments.ts';
import type { ClipPlan } from '../../codec/video/plan-clip.ts';
import { openSegmentEncoder, type SegmentEncoder } from '../../codec/video/segment-encoder.ts';
import { release } from '../../pixels/release.ts';
import { mapLandmarks } from '../../steps/detect/face-candidate.ts';
import type { SteadyHistory } from '../../steps/video/steady-face.ts';
import { type ClipFrame, type ClipFrames, openClipFrames, secondsOf, seekBefore } from './clip-frames.ts';
import type { ClipMeter } from './clip-meter.ts';
import type { EnlargeFrame } from './enlarge-frame.ts';
import { type FollowedClip, faceAt, placesBetween } from './followed-clip.ts';
import { readHistories, writeHistories } from './history-file.ts';
import type { LivePreview } from './live-preview.ts';
import type { OpenClip } from './open-clip.ts';
import { type FaceOfFrame, type FrameRestorer, restoreFacesInFrame } from './restore-frame.ts';
import type { UntouchedFilm } from './untouched-film.ts';
import type { WorkFolder } from './work-folder.ts';

export interface SegmentsRequest {
  readonly clip: OpenClip;
  readonly plan: ClipPlan;
  readonly options: ClipOptions;
  readonly followed: FollowedClip;
  readonly work: WorkFolder;
  readonly encoderName: string;
  /** Of a preview: takes each frame as it is, before its faces are restored. Null: not a preview. */
  readonly untouched: UntouchedFilm | null;
  /** Null when no frame has a face to restore. */
  readonly restorer: Omit<FrameRestorer, 'histories'> | null;
  readonly enlarge: EnlargeFrame | null;
  readonly meter: ClipMeter;
  readonly livePreview: LivePreview | null;
  readonly signal: AbortSignal;
}

/** Fixed, because encoders give other bits with another number; a computer with fewer cores shares them. */
export const encoderThreads = 4;
/** Frames on their way into the encoder's pipe. */
const writesAhead = 2;

export interface Segment {
  readonly index: number;
  readonly from: number;
  /** Behind its last frame. */
  readonly to: number;
}

export function segmentsOf(frameCount: number, segmentFrames: number): Segment[] {
  return Array.from({ length: Math.ceil(frameCount / segmentFrames) }, (_, index) => ({
    index,
    from: index * segmentFrames,
    to: Math.min(frameCount, (index + 1) * segmentFrames),
  }));
}

/** Goes on behind the last finished segment; answers how many were there. Errors as openClipFrames and SegmentEncoder. */
export async function restoreSegments(request: SegmentsRequest): Promise<number> {
  const { followed, options, work, meter } = request;
  const segments = segmentsOf(followed.stamps.length, options.segmentFrames);
  const { finished, histories } = await whatIsFinished(segments, work);
  const first = segments[finished];
  meter.begin('restoring', followed.stamps.length, first?.from ?? followed.stamps.length);
  if (first === undefined) return finished;
  const frames = await openFramesFrom(request, first.from);
  let finishing: Promise<void> = Promise.resolve();
  try {
    for (const segment of segments.slice(finished)) {
      const encoder = openEncoder(request, segment);
      const facesByFrame = facesOf(request, segment);
      try {
        await restoreSegment(request, segment, frames, encoder, facesByFrame, histories);
        await writeHistories(work.historyPath(segment.index), histories);
        // The next segment begins while this encoder empties its queue; one after the other gets its name.
        await finishing;
      } catch (error) {
        await encoder.abandon();
        throw error;
      }
      finishing = finishSegment(encoder, segment, work);
      finishing.catch(() => undefined);
    }
    await finishing;
  } finally {
    frames.close();
    await finishing.catch(() => undefined);
  }
  return finished;
}

async function finishSegment(encoder: SegmentEncoder, segment: Segment, work: WorkFolder): Promise<void> {
  await encoder.finish();
  // Only the newest history is ever read; the one before serves while this segment has no name yet.
  if (segment.index > 0) await rm(work.historyPath(segment.index - 1), { force: true });
}

async function whatIsFinished(
  segments: readonly Segment[],
  work: WorkFolder,
): Promise<{ finished: number; histories: Map<number, SteadyHistory> }> {
  let finished = 0;
  for (const { index } of segments) {
    const isThere = await access(work.segmentPath(index)).then(
      () => true,
      () => false,
    );
    if (!isThere) break;
    finished = index + 1;
  }
  if (finished === 0) return { finished, histories: new Map() };
  const histories = await readHistories(work.historyPath(finished - 1));
  // A segment gets its name after its history is on disk; without it the work is of no use.
  return histories === null ? { finished: 0, histories: new Map() } : { finished, histories };
}

/** A stream whose next frame is the wanted one. */
async function openFramesFrom(request: SegmentsRequest, index: number): Promise<ClipFrames> {
  const { clip, plan, followed, options, signal } = request;
  const { timeBase } = clip.facts.video;
  const wanted = followed.stamps[index] ?? 0;
  const start = clip.facts.startSeconds;
  if (followed.isSeekable) {
    const seek = seekBefore(secondsOf(wanted, timeBase) - start, start);
    const frames = openClipFrames(clip, plan, seek, signal);
    const ahead = await skipWhile(frames, (pts) => pts !== null && pts < wanted);
    if (ahead?.pts === wanted) return startingWith(ahead, frames);
    frames.close();
    if (seek === null) throw changedUnderway(clip);
  }
  if (followed.skippedFrames === null) throw changedUnderway(clip);
  // Some files can only be played from the beginning: what was skipped in the first pass is skipped again.
  const seek = seekBefore(options.range.fromSeconds, start);
  const frames = openClipFrames(clip, plan, seek, signal);
  let toSkip = index + followed.skippedFrames;
  const ahead = await skipWhile(frames, () => toSkip-- > 0);
  if (ahead === null) throw changedUnderway(clip);
  return startingWith(ahead, frames);
}

async function skipWhile(
  frames: ClipFrames,
  isSkipped: (pts: number | null) => boolean,
): Promise<ClipFrame | null> {
  for (let frame = await frames.next(); frame !== null; frame = await frames.next()) {
    if (!isSkipped(frame.pts)) return frame;
    frames.giveBack(frame.bytes);
  }
  return null;
}

function startingWith(first: ClipFrame, frames: ClipFrames): ClipFrames {
  let ahead: ClipFrame | null = first;
  return {
    ...frames,
    async next() {
      const frame = ahead ?? (await frames.next());
      ahead = null;
      return frame;
    },
  };
}

function changedUnderway({ facts }: OpenClip): HeirloomError {
  return new HeirloomError(
    'video.ffmpeg-failed',
    { fileName: facts.fileName },
    { cause: 'other frames than when the faces were followed' },
  );
}

function openEncoder(
  { clip, plan, followed, options, work, encoderName, untouched, signal }: SegmentsRequest,
  segment: Segment,
) {
  return openSegmentEncoder({
    tools: clip.tools,
    format: plan.encoded,
    stamps: followed.stamps.slice(segment.from, segment.to),
    timeBase: clip.facts.video.timeBase,
    filters: plan.encodeFilters,
    encoderArguments: [
      ...(untouched !== null
        ? previewEncoderArguments(options.segmentFrames, encoderThreads)
        : encoderArguments(encoderName, options.encoding, options.segmentFrames, encoderThreads)),
      ...['-pix_fmt', plan.encoderPixelFormat],
      ...colourArguments(plan.colour),
    ],
    muxer: segmentMuxer(options.encoding.codec),
    path: work.segmentPath(segment.index),
    fileName: clip.facts.fileName,
    signal,
  });
}

async function restoreSegment(
  request: SegmentsRequest,
  segment: Segment,
  frames: ClipFrames,
  encoder: SegmentEncoder,
  facesByFrame: ReadonlyMap<number, readonly FaceOfFrame[]>,
  histories: Map<number, SteadyHistory>,
): Promise<void> {
  const { plan, restorer, enlarge, untouched, meter, livePreview, signal } = request;
  const writes: Promise<void>[] = [];
  for (let index = segment.from; index < segment.to; index++) {
    await meter.turn();
    throwIfCancelled(signal);
    const frame = await frames.next();
    if (frame === null) throw changedUnderway(request.clip);
    const faces = facesByFrame.get(index) ?? [];
    for (const trackId of histories.keys()) {
      if (!faces.some((face) => face.trackId === trackId)) histories.delete(trackId);
    }
    const asItWas = untouched?.write(frame.bytes);
    asItWas?.catch(() => undefined);
    const how = restorer === null ? null : { ...restorer, histories };
    let bytes = frame.bytes;
    if (enlarge !== null) bytes = await enlarge(frame.bytes, index, faces, how);
    else if (how !== null) await restoreFacesInFrame(frame.bytes, plan.decoded, index, faces, how);
    await livePreview?.show(bytes, plan.encoded);
    const written = Promise.all([encoder.write(bytes), asItWas]).then(() => {
      if (bytes !== frame.bytes) release(bytes);
      frames.giveBack(frame.bytes);
    });
    written.catch(() => undefined);
    writes.push(written);
    if (writes.length > writesAhead) await writes.shift();
    meter.count();
  }
  await Promise.all(writes);
}

/** What each frame of a segment has to restore, with each person's own choice. */
function facesOf(
  { followed, options, plan }: SegmentsRequest,
  { from, to }: Segment,
): Map<number, FaceOfFrame[]> {
  const byFrame = new Map<number, FaceOfFrame[]>();
  for (const track of followed.tracks) {
    const { trackId } = track;
    const choice = options.tracks.find((one) => one.trackId === trackId);
    if (choice?.enabled === false) continue;
    const { start, end } = placesBetween(track, from, to);
    for (let place = start; place < end; place += 1) {
      const { frame, landmarks, presence } = faceAt(track, place);
      const face: FaceOfFrame = {
        trackId,
        landmarks: mapLandmarks(landmarks, ([x, y]) => [x * plan.decodeScale, y * plan.decodeScale]),
        fidelity: choice?.fidelity ?? options.fidelity,
        strength: options.strength * presence,
      };
      const others = byFrame.get(frame);
      if (others === undefined) byFrame.set(frame, [face]);
      else others.push(face);
    }
  }
  return byFrame;
}
