// Job: restore a clip. Follows all faces first, then restores in segments, then joins them with the source's sound.
// Runs in the engine process. The same task after an interruption goes on behind the last finished segment.
import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { EngineOutput, TaskOf } from '#shared/contract/engine.ts';
import type { ModelFile } from '#shared/contract/model-file.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { type ClipNotice, clipPipelineVersion } from '#shared/domain/clip.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { assertNotTheOriginal, checkTarget } from '../../codec/check-target.ts';
import { chooseEncoder } from '../../codec/video/choose-encoder.ts';
import { type JoinRequest, joinSegments } from '../../codec/video/join-segments.ts';
import { type ClipPlan, planClip } from '../../codec/video/plan-clip.ts';
import { hdrCurveOf } from '../../steps/video/hdr-curve.ts';
import type { JobContext } from '../job-context.ts';
import { StepClock } from '../step-clock.ts';
import { secondsOf } from './clip-frames.ts';
import { ClipMeter } from './clip-meter.ts';
import { makeEnlarger } from './enlarge-frame.ts';
import { findTracks } from './find-tracks.ts';
import { type FollowedClip, trackReport } from './followed-clip.ts';
import { createLivePreview } from './live-preview.ts';
import { type OpenClip, openClip, rateOf } from './open-clip.ts';
import { encoderThreads, restoreSegments, segmentsOf } from './restore-segments.ts';
import { openUntouchedFilm, type UntouchedFilm } from './untouched-film.ts';
import { openWorkFolder, type WorkFolder, type WorkKeys } from './work-folder.ts';

type Task = TaskOf<'restore-video'>;

/**
 * Errors: file.*, output.*, video.*, model.*; JobCancelled. Whatever happens, finished segments stay in the work folder
 * until the clip is joined.
 */
export function restoreVideo(task: Task, context: JobContext): Promise<EngineOutput<'restore-video'>> {
  return makeClip(task, context, null);
}

/** A stretch to be looked at: may have no faces, and is encoded quickly. */
export interface PreviewOfClip {
  readonly clip: OpenClip;
  /** Null: the faces are still to be followed. */
  readonly followed: FollowedClip | null;
  /** Where the same frames go as they are. */
  readonly beforePath: string;
}

export async function makeClip(
  task: Task,
  context: JobContext,
  preview: PreviewOfClip | null,
): Promise<EngineOutput<'restore-video'>> {
  await checkClipTarget(task);
  const listPath = join(task.workFolder, 'pictures.ffconcat');
  const clip = preview?.clip ?? (await openClip(task, listPath, context.signal));
  const plan = planClip(clip.facts, task.options, task.upscaler !== null);
  const encoder = await chooseEncoder(clip.tools, task.options.encoding, clip.facts.fileName, context.signal);
  const keys = await keysOf(task, encoder);
  const work = await openWorkFolder(task.workFolder, keys, task.target.path);
  try {
    return await restoreInFolder(task, clip, plan, encoder.name, work, context, preview);
  } finally {
    await work.release();
  }
}

async function restoreInFolder(
  task: Task,
  clip: OpenClip,
  plan: ClipPlan,
  encoderName: string,
  work: WorkFolder,
  context: JobContext,
  preview: PreviewOfClip | null,
): Promise<EngineOutput<'restore-video'>> {
  const { options } = task;
  const { signal, models } = context;
  const { facts } = clip;
  const clock = new StepClock(context, []);
  const meter = new ClipMeter(context, expectedFrames(clip, options));
  meter.begin('following-faces', null);
  const followed =
    preview?.followed ??
    (await clock.time('finding-faces', () => findTracks(clip, options, task, work, context, meter)));
  const isFaceless = followed.tracks.length === 0;
  if (preview === null && isFaceless && options.scale === 1 && task.upscaler === null) {
    throw new HeirloomError('video.no-faces', { fileName: facts.fileName });
  }
  const [restorer, parser, upscaler] = await clock.time('loading-models', () =>
    Promise.all([
      isFaceless ? null : models.load(task.restorer),
      isFaceless || task.parser === null ? null : models.load(task.parser),
      task.upscaler === null ? null : models.load(task.upscaler),
    ]),
  );
  const { treatment } = followed;
  const hdr = hdrCurveOf(plan.hdr);
  const { backgroundStrength, steadiness, grain = 0 } = options;
  const untouched = preview === null ? null : openUntouched(options, clip, plan, followed, work, signal);
  let resumedSegments = 0;
  try {
    resumedSegments = await restoreSegments({
      clip,
      plan,
      options,
      followed,
      work,
      encoderName,
      untouched,
      restorer:
        restorer === null ? null : { restorer, parser, treatment, hdr, steadiness, grain, clock, signal },
      enlarge: upscaler === null ? null : makeEnlarger({ upscaler, ...plan, backgroundStrength, signal }),
      meter,
      livePreview:
        task.livePreviewPath === null
          ? null
          : createLivePreview(task.livePreviewPath, () => meter.previewChanged()),
      signal,
    });
    await untouched?.finish();
  } catch (error) {
    await untouched?.abandon();
    throw error;
  }
  meter.begin('joining', followed.stamps.length, 0);
  const segments = segmentsOf(followed.stamps.length, options.segmentFrames).map(({ index, from }) => ({
    path: work.segmentPath(index),
    firstStamp: followed.stamps[from] ?? 0,
  }));
  const joined = { task, clip, plan, followed, work, signal };
  const lost = await clock.time('encoding', () => joinClip(joined, segments, task.target));
  if (untouched !== null && preview !== null) {
    const whole = [{ path: untouched.path, firstStamp: followed.stamps[0] ?? 0 }];
    const target = { path: preview.beforePath, overwrite: true };
    await clock.time('encoding', () => joinClip(joined, whole, target));
  }
  await removeSegments(task.workFolder);
  return {
    path: task.target.path,
    widthPx: plan.encoded.widthPx,
    heightPx: plan.encoded.heightPx,
    frameCount: followed.stamps.length,
    durationSeconds: secondsOf(followed.endStamp - (followed.stamps[0] ?? 0), facts.video.timeBase),
    tracks: trackReport(followed, clip),
    notices: [
      ...plan.notices,
      ...(isFaceless ? [{ code: 'note.no-faces' as const, params: {} }] : []),
      ...endedEarly(clip, task, followed),
      ...lost,
    ],
    resumedSegments,
    timings: clock.timings(),
  };
}

async function checkClipTarget({ target, path, options }: Task): Promise<void> {
  if (options.encoding.container !== 'image-sequence') {
    // Even with `overwrite`: the source is read until the very end.
    await assertNotTheOriginal(target.path, path);
    await checkTarget(target, path);
    return;
  }
  await assertNotTheOriginal(target.path, path);
  const entry = await stat(target.path).catch(() => null);
  if (entry === null) return;
  if (!entry.isDirectory()) throw new HeirloomError('output.not-writable', { path: target.path });
  const names = await readdir(target.path);
  if (names.length > 0 && !target.overwrite) throw new HeirloomError('output.exists', { path: target.path });
}

/** Everything that decides what the pictures look like; the source by its size and time, as it may be huge. */
export async function keysOf(
  task: Omit<Task, 'kind' | 'target' | 'workFolder' | 'livePreviewPath'>,
  encoder: { readonly name: string; readonly ffmpegVersion: string },
): Promise<WorkKeys> {
  const source = await stat(task.path);
  const { range, deinterlace, hdr, monochrome, encoding, ...look } = task.options;
  const digestOf = (file: ModelFile | null) => file?.sha256 ?? null;
  const digest = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex');
  const ofFaces = {
    workVersion: clipPipelineVersion,
    path: resolve(task.path),
    byteSize: source.size,
    changedMs: source.mtimeMs,
    sequenceFramesPerSecond: task.sequenceFramesPerSecond,
    range,
    deinterlace,
    hdr,
    monochrome,
    codec: encoding.codec,
    detection: [task.detection.detector, task.detection.landmarks, task.recogniser].map(digestOf),
    ffmpeg: encoder.ffmpegVersion,
  };
  const models = [task.restorer, task.parser, task.upscaler].map(digestOf);
  return {
    faces: digest(ofFaces),
    segments: digest({ ...ofFaces, look, encoding, encoder: encoder.name, models }),
    freshRunId: task.freshRunId,
  };
}

/** From the header; an estimate, as headers are wrong at times. */
export function expectedFrames(clip: OpenClip, { range }: Task['options']): number | null {
  const { durationSeconds, video } = clip.facts;
  if (range.fromSeconds === null && range.toSeconds === null && video.frameCount !== null) {
    return video.frameCount;
  }
  if (durationSeconds === null) return null;
  const from = range.fromSeconds ?? 0;
  const to = Math.min(durationSeconds, range.toSeconds ?? durationSeconds);
  return Math.max(1, Math.round((to - from) * rateOf(clip.facts)));
}

/** What the header promises and the data does not hold: the file was cut off. */
function endedEarly(clip: OpenClip, { options }: Task, followed: FollowedClip): ClipNotice[] {
  const { durationSeconds, video, startSeconds } = clip.facts;
  if (durationSeconds === null || options.range.toSeconds !== null) return [];
  const ends = secondsOf(followed.endStamp, video.timeBase) - startSeconds;
  const promised = video.durationSeconds ?? durationSeconds;
  if (promised - ends < Math.max(0.5, 3 / rateOf(clip.facts))) return [];
  const seconds = (value: number) => Number(value.toFixed(1));
  return [{ code: 'note.ended-early', params: { at: seconds(ends), of: seconds(promised) } }];
}

function openUntouched(
  { segmentFrames }: Task['options'],
  clip: OpenClip,
  plan: ClipPlan,
  followed: FollowedClip,
  work: WorkFolder,
  signal: AbortSignal,
): UntouchedFilm {
  const path = work.untouchedPath;
  return openUntouchedFilm({ clip, plan, followed, segmentFrames, threads: encoderThreads, path, signal });
}

interface ClipToJoin {
  readonly task: Task;
  readonly clip: OpenClip;
  readonly plan: ClipPlan;
  readonly followed: FollowedClip;
  readonly work: WorkFolder;
  readonly signal: AbortSignal;
}

function joinClip(
  { task: { options }, clip: { tools, input, facts }, plan, followed, work, signal }: ClipToJoin,
  segments: JoinRequest['segments'],
  target: JoinRequest['target'],
): Promise<readonly ClipNotice[]> {
  return joinSegments({
    tools,
    input,
    segments,
    endStamp: followed.endStamp,
    timeBase: facts.video.timeBase,
    startSeconds: facts.startSeconds,
    range: options.range,
    streams: plan.streams,
    container: options.encoding.container,
    isHevc: options.encoding.codec === 'h265',
    listPath: work.joinListPath,
    target,
    signal,
  });
}

/** The followed faces stay: restoring again with other choices need not look for them again. */
async function removeSegments(folder: string): Promise<void> {
  const names = await readdir(folder);
  const segments = names.filter((name) => name.startsWith('segment-') || name.startsWith('history-'));
  for (const name of segments) await rm(join(folder, name), { force: true });
}
