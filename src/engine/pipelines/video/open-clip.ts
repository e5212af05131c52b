// What every job on a clip begins with: ffmpeg is found, the clip opened and asked what it is. Engine process.
import type { TaskOf } from '#shared/contract/engine.ts';
import type { ClipFacts } from '#shared/domain/clip.ts';
import { type ClipInput, openClipInput } from '../../codec/video/clip-input.ts';
import { type FfmpegTools, findFfmpeg } from '../../codec/video/find-ffmpeg.ts';
import { probeClip } from '../../codec/video/probe-clip.ts';

export interface OpenClip {
  readonly tools: FfmpegTools;
  readonly input: ClipInput;
  readonly facts: ClipFacts;
}

type ClipSource = Pick<TaskOf<'probe-video'>, 'path' | 'ffmpegPath' | 'sequenceFramesPerSecond'>;

/** `listPath`: see openClipInput. Errors: those of openClipInput, findFfmpeg and probeClip. */
export async function openClip(source: ClipSource, listPath: string, signal: AbortSignal): Promise<OpenClip> {
  const tools = findFfmpeg({ setting: source.ffmpegPath, environment: process.env });
  const input = await openClipInput(source, listPath);
  return { tools, input, facts: await probeClip(input, tools, signal) };
}

/** Frames a second; 25 where the file does not say, and never what no film has. */
export function rateOf({ video: { frameRate } }: ClipFacts): number {
  const rate = frameRate === null ? 25 : frameRate.numerator / frameRate.denominator;
  return Math.min(240, Math.max(1, rate));
}

/** What one frame lasts, in ticks of the time base. */
export function tickOf(facts: ClipFacts): number {
  const { numerator, denominator } = facts.video.timeBase;
  return Math.max(1, Math.round(denominator / (numerator * rateOf(facts))));
}
