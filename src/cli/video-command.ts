// `heirloom video`: says what a film is, or restores it. Progress with frames, pace and time left; Ctrl+C keeps what is
// finished. Runs in the command line.
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { EngineOutput } from '#shared/contract/engine.ts';
import type { ClipProgress, ClipTrack } from '#shared/domain/clip.ts';
import { JobCancelled, toWire } from '#shared/errors/heirloom-error.ts';
import type { CliMessages } from '#shared/messages/en/cli.ts';
import type { VideoMessages } from '#shared/messages/en/video.ts';
import { interpolate } from '#shared/messages/interpolate.ts';
import { type ErrorMessages, type Language, readErrorMessages } from './choose-language.ts';
import { chooseModels } from './choose-models.ts';
import { drawClipFacts, drawClipProgress, noticeInWords } from './draw-clip.ts';
import { exitCodes } from './exit-codes.ts';
import { type CommandServices, openServices } from './open-services.ts';
import { WrongUse } from './read-options.ts';
import { readVideoOptions, type VideoOptions } from './video-options.ts';
import { choicesOfFaces, countPeople, peopleInWords } from './video-people.ts';

interface Speech {
  readonly words: VideoMessages;
  readonly messages: CliMessages;
  readonly errors: ErrorMessages;
  readonly json: boolean;
}

/** Runs the command; resolves to the exit code. Never throws. */
export async function runVideoCommand(
  args: string[],
  language: Language,
  messages: CliMessages,
): Promise<number> {
  const { video: words } =
    language === 'zh-CN'
      ? await import('#shared/messages/zh-CN/video.ts')
      : await import('#shared/messages/en/video.ts');
  const errors = await readErrorMessages(language);
  let options: VideoOptions;
  try {
    options = readVideoOptions(args, messages, words);
  } catch (error) {
    if (!(error instanceof WrongUse)) throw error;
    process.stderr.write(`${error.message}\n${messages.seeHelp}\n`);
    return exitCodes.wrongUse;
  }
  const speech: Speech = { words, messages, errors, json: options.json };
  const services = await openServices(options.device);
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once('SIGINT', onInterrupt);
  process.once('SIGTERM', onInterrupt);
  try {
    if (options.isProbe) await probe(options, services, speech, stop.signal);
    else if (options.listsPeople) await listPeople(options, services, speech, stop.signal);
    else await restore(options, services, speech, stop.signal);
    return exitCodes.allDone;
  } catch (error) {
    if (error instanceof WrongUse) {
      endProgressLine();
      process.stderr.write(`${error.message}\n`);
      return exitCodes.wrongUse;
    }
    return sayWhy(error, options, speech);
  } finally {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
    await services.close();
  }
}

function sourceOf({ input, ffmpegPath, sequenceFramesPerSecond }: VideoOptions) {
  return {
    path: resolve(input),
    ffmpegPath: ffmpegPath === null ? null : resolve(ffmpegPath),
    sequenceFramesPerSecond,
  };
}

async function probe(
  options: VideoOptions,
  { engine }: CommandServices,
  speech: Speech,
  signal: AbortSignal,
): Promise<void> {
  const answer = await engine.run(
    { kind: 'probe-video', ...sourceOf(options), options: options.clip },
    { signal },
  );
  if (speech.json) say({ event: 'probed', input: options.input, ...answer });
  else process.stdout.write(`${drawClipFacts(answer, speech.words).join('\n')}\n`);
}

/** Beside the result: on the same disk, and found again by the name of the result. */
function workFolderOf(output: string): string {
  return `${resolve(output)}.heirloom-parts`;
}

/** The first pass by itself. What it finds, and the parts of an interrupted run, stay for a run with --resume. */
async function listPeople(
  options: VideoOptions,
  services: CommandServices,
  speech: Speech,
  signal: AbortSignal,
): Promise<void> {
  const tracks = await follow(options, await modelsOf(options, services), services, speech, signal);
  if (speech.json) {
    say({ event: 'people', input: options.input, tracks });
    return;
  }
  endProgressLine();
  const lines = tracks.length === 0 ? [speech.words.nobody] : peopleInWords(tracks, speech.words);
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function modelsOf(options: VideoOptions, { models }: CommandServices) {
  const { detection, restorer, parser, upscaler } = await chooseModels(
    { ...options, enlargeFaces: false },
    models,
  );
  return { detection, recogniser: await models.bestFor('face-recognition'), restorer, parser, upscaler };
}

async function follow(
  options: VideoOptions,
  chosen: Awaited<ReturnType<typeof modelsOf>>,
  { engine }: CommandServices,
  speech: Speech,
  signal: AbortSignal,
): Promise<readonly ClipTrack[]> {
  const workFolder = workFolderOf(options.output);
  const { tracks } = await engine.run(
    { kind: 'follow-clip-faces', ...sourceOf(options), ...chosen, options: options.clip, workFolder },
    { signal, onClip: (progress) => showProgress(options, progress, speech) },
  );
  return tracks;
}

async function restore(
  options: VideoOptions,
  services: CommandServices,
  speech: Speech,
  signal: AbortSignal,
): Promise<void> {
  const startedAt = performance.now();
  const chosen = await modelsOf(options, services);
  if (!speech.json) {
    const name = services.nameOf(chosen.restorer.modelId);
    process.stderr.write(`${interpolate(speech.messages.restorerUsed, { name })}\n`);
  }
  const workFolder = workFolderOf(options.output);
  // Who a person's faces are is known only once all have been followed; the run then takes that up.
  const isFollowedFirst = options.people.length > 0;
  if (isFollowedFirst && !options.resume) await rm(workFolder, { recursive: true, force: true });
  const clip = isFollowedFirst
    ? {
        ...options.clip,
        tracks: choicesOfFaces(
          await follow(options, chosen, services, speech, signal),
          options.people,
          options.clip.tracks,
          speech.words,
        ),
      }
    : options.clip;
  const task = {
    kind: 'restore-video' as const,
    ...sourceOf(options),
    ...chosen,
    options: clip,
    target: { path: resolve(options.output), overwrite: options.overwrite },
    workFolder,
    freshRunId: options.resume || isFollowedFirst ? null : randomUUID(),
    livePreviewPath: null,
  };
  const answer = await services.engine.run(task, {
    signal,
    onClip: (progress) => showProgress(options, progress, speech),
  });
  await rm(workFolder, { recursive: true, force: true });
  sayDone(options, answer, (performance.now() - startedAt) / 1000, speech);
}

function showProgress(
  options: VideoOptions,
  progress: ClipProgress,
  { json, words, messages }: Speech,
): void {
  if (json) say({ event: 'progress', input: options.input, ...progress });
  else if (process.stderr.isTTY === true) {
    const line = drawClipProgress(progress, words, messages, process.stderr.columns ?? 80);
    process.stderr.write(`\r\u001b[2K${line}`);
  }
}

function sayDone(
  options: VideoOptions,
  answer: EngineOutput<'restore-video'>,
  seconds: number,
  { json, words }: Speech,
): void {
  if (json) {
    const elapsedMs = Math.round(seconds * 1000);
    say({ event: 'restored', input: options.input, output: answer.path, ...answer, elapsedMs });
    return;
  }
  const count = countPeople(answer.tracks);
  const { none, one, many } = words.people;
  const lines = [
    ...(answer.resumedSegments > 0 ? [interpolate(words.resumed, { count: answer.resumedSegments })] : []),
    interpolate(words.restored, {
      name: basename(options.input),
      output: options.output,
      frames: answer.frameCount,
      people: count === 0 ? none : count === 1 ? one : interpolate(many, { count }),
      seconds: seconds.toFixed(1),
    }),
    ...peopleInWords(answer.tracks, words),
    ...answer.notices.map((notice) => `  ${noticeInWords(notice, words)}`),
  ];
  endProgressLine();
  process.stderr.write(`${lines.join('\n')}\n`);
}

function endProgressLine(): void {
  if (process.stderr.isTTY === true) process.stderr.write('\r\u001b[2K');
}

function say(event: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

function sayWhy(error: unknown, options: VideoOptions, { words, errors, json }: Speech): number {
  const folder = workFolderOf(options.output);
  if (error instanceof JobCancelled) {
    if (json) say({ event: 'cancelled', input: options.input, parts: folder });
    endProgressLine();
    process.stderr.write(`${interpolate(words.interrupted, { folder })}\n`);
    return exitCodes.interrupted;
  }
  const wire = toWire(error);
  const sentence = interpolate(errors[wire.code].sentence, wire.params);
  const next = interpolate(errors[wire.code].next, wire.params);
  if (json) say({ event: 'failed', input: options.input, error: wire, sentence, next });
  endProgressLine();
  process.stderr.write(`${sentence} ${next}\n`);
  const showsDetail = wire.code === 'internal.unexpected' || wire.code === 'video.ffmpeg-failed';
  if (showsDetail && wire.detail !== null) process.stderr.write(`${wire.detail}\n`);
  return wire.code === 'model.unknown' ? exitCodes.wrongUse : exitCodes.someFailed;
}
