// Reads the options of `heirloom video`. Arguments in, options or a sentence about what is wrong out.
import { extname, join, parse as parsePath } from 'node:path';
import {
  type ClipCodec,
  type ClipContainer,
  type ClipOptions,
  clipCodecSchema,
  clipQualitySchema,
  fileEndings,
  usualCodec,
} from '#shared/domain/clip.ts';
import { fidelitySchema, monochromeModeSchema } from '#shared/domain/edit.ts';
import { defaultFidelity } from '#shared/domain/recipe.ts';
import type { Settings } from '#shared/domain/settings.ts';
import type { CliMessages } from '#shared/messages/en/cli.ts';
import type { VideoMessages } from '#shared/messages/en/video.ts';
import { interpolate } from '#shared/messages/interpolate.ts';
import { choiceOf, deviceOf, numberOf, parseStrictly, WrongUse } from './read-options.ts';
import type { PersonChoice } from './video-people.ts';

export interface VideoOptions {
  readonly input: string;
  readonly output: string;
  readonly isProbe: boolean;
  /** Only say who is in the film. */
  readonly listsPeople: boolean;
  readonly people: readonly PersonChoice[];
  readonly resume: boolean;
  readonly overwrite: boolean;
  readonly json: boolean;
  readonly ffmpegPath: string | null;
  readonly sequenceFramesPerSecond: number;
  readonly modelId: string | null;
  readonly detectorId: string | null;
  readonly upscalerId: string | null;
  readonly device: Settings['device'];
  readonly clip: ClipOptions;
}

const optionTable = {
  output: { type: 'string', short: 'o' },
  probe: { type: 'boolean' },
  people: { type: 'boolean' },
  person: { type: 'string', multiple: true },
  resume: { type: 'boolean' },
  overwrite: { type: 'boolean' },
  json: { type: 'boolean' },
  language: { type: 'string' },
  ffmpeg: { type: 'string' },
  fps: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  fidelity: { type: 'string', short: 'w' },
  strength: { type: 'string' },
  steadiness: { type: 'string' },
  grain: { type: 'string' },
  track: { type: 'string', multiple: true },
  scale: { type: 'string', short: 's' },
  monochrome: { type: 'string' },
  deinterlace: { type: 'boolean' },
  hdr: { type: 'string' },
  codec: { type: 'string' },
  encoder: { type: 'string' },
  quality: { type: 'string' },
  'segment-frames': { type: 'string' },
  model: { type: 'string' },
  detector: { type: 'string' },
  upscaler: { type: 'string' },
  'background-strength': { type: 'string' },
  device: { type: 'string' },
} as const;

const defaultSteadiness = 0.8;

/** @throws WrongUse with a sentence in the given language. */
export function readVideoOptions(args: string[], messages: CliMessages, words: VideoMessages): VideoOptions {
  const { values, positionals } = parseStrictly(args, optionTable, messages);
  const [input, ...others] = positionals;
  if (input === undefined || others.length > 0) throw new WrongUse(words.oneClip);
  const output = values.output ?? join('restored', `${parsePath(input).name}.mp4`);
  const container = containerOf(output, words);
  const number = (name: keyof typeof optionTable, low: number, high: number): number | null =>
    numberOf(values[name], `--${name}`, low, high, messages);
  const choice = <T extends string>(name: keyof typeof optionTable, choices: readonly T[], preset: T): T =>
    choiceOf(values[name], `--${name}`, choices, preset, messages);
  const grain = number('grain', 0, 1) ?? 0;
  const codec: ClipCodec = choice('codec', clipCodecSchema.options, usualCodec[container]);
  return {
    input,
    output,
    isProbe: values.probe ?? false,
    listsPeople: values.people ?? false,
    people: (values.person ?? []).map((text) => {
      const { id, ...choice } = choiceFor('--person', text, words);
      return { personId: id, ...choice };
    }),
    resume: values.resume ?? false,
    overwrite: values.overwrite ?? false,
    json: values.json ?? false,
    ffmpegPath: values.ffmpeg ?? null,
    sequenceFramesPerSecond: number('fps', 0.1, 1000) ?? 25,
    modelId: values.model ?? null,
    detectorId: values.detector ?? null,
    upscalerId: values.upscaler ?? null,
    device: deviceOf(values.device, messages),
    clip: {
      range: {
        fromSeconds: timeOf(values.from, '--from', words),
        toSeconds: timeOf(values.to, '--to', words),
      },
      scale: number('scale', 0.25, 4) ?? 1,
      fidelity: number('fidelity', 0, 1.3) ?? defaultFidelity,
      strength: number('strength', 0, 1) ?? 1,
      backgroundStrength: number('background-strength', 0, 1) ?? 1,
      monochrome: choice('monochrome', monochromeModeSchema.options, 'auto'),
      deinterlace: values.deinterlace ?? false,
      hdr: choice('hdr', ['keep', 'tone-map'], 'keep'),
      steadiness: number('steadiness', 0, 1) ?? defaultSteadiness,
      // 0 is the same wish as saying nothing.
      ...(grain === 0 ? {} : { grain }),
      tracks: (values.track ?? []).map((text) => {
        const { id, ...choice } = choiceFor('--track', text, words);
        return { trackId: id, ...choice };
      }),
      encoding: {
        container,
        codec,
        quality: choice('quality', clipQualitySchema.options, 'good'),
        encoder: choice('encoder', ['software', 'hardware'], 'software'),
      },
      segmentFrames: Math.round(number('segment-frames', 8, 10000) ?? 120),
    },
  };
}

/** A name without an ending is a folder of pictures. */
function containerOf(output: string, words: VideoMessages): ClipContainer {
  const ending = extname(output).toLowerCase();
  if (ending === '') return 'image-sequence';
  const container = fileEndings[ending];
  if (container === undefined) throw new WrongUse(interpolate(words.unknownEnding, { path: output }));
  return container;
}

/** "75.5" or "1:15.5" or "0:01:15.5". */
function timeOf(text: string | undefined, option: string, words: VideoMessages): number | null {
  if (text === undefined) return null;
  const parts = text.split(':');
  if (parts.length > 3 || parts.some((part) => !/^\d+(\.\d+)?$/.test(part))) {
    throw new WrongUse(interpolate(words.badTime, { option }));
  }
  return parts.reduce((seconds, part) => seconds * 60 + Number(part), 0);
}

/** "2=off", "2=on" or "2=0.9". */
function choiceFor(
  option: string,
  text: string,
  words: VideoMessages,
): { id: number; enabled: boolean; fidelity: number | null } {
  const [, id = '', wanted = ''] = /^(\d+)=(off|on|[\d.]+)$/.exec(text) ?? [];
  const fidelity = wanted === 'off' || wanted === 'on' ? null : fidelitySchema.safeParse(Number(wanted));
  if (Number(id) < 1 || (fidelity !== null && !fidelity.success)) {
    throw new WrongUse(interpolate(words.badChoice, { option }));
  }
  return { id: Number(id), enabled: wanted !== 'off', fidelity: fidelity?.data ?? null };
}
