// Reads the options of `heirloom restore`. Pure: arguments in, options or a sentence about what is wrong out.
import { parseArgs } from 'node:util';
import { type MonochromeMode, monochromeModeSchema } from '#shared/domain/edit.ts';
import { type ExportFormat, exportFormatSchema, metadataPolicySchema } from '#shared/domain/export.ts';
import { type Box, boxSchema } from '#shared/domain/geometry.ts';
import { defaultFidelity } from '#shared/domain/recipe.ts';
import type { RestoreExtras } from '#shared/domain/restore-extras.ts';
import { type Settings, settingsSchema } from '#shared/domain/settings.ts';
import type { CliMessages } from '#shared/messages/en/cli.ts';
import { interpolate } from '#shared/messages/interpolate.ts';

export interface RestoreOptions {
  readonly inputs: readonly string[];
  readonly output: string;
  readonly recursive: boolean;
  readonly resume: boolean;
  readonly overwrite: boolean;
  readonly json: boolean;
  readonly fidelity: number;
  readonly strength: number;
  /** null: defaultScaleFor each photo. */
  readonly scale: number | null;
  readonly monochrome: MonochromeMode;
  readonly modelId: string | null;
  readonly detectorId: string | null;
  readonly upscalerId: string | null;
  readonly backgroundStrength: number;
  readonly format: ExportFormat | 'same';
  readonly quality: number;
  readonly metadata: 'keep' | 'strip-private' | 'none';
  readonly restorationRecord: boolean;
  readonly suffix: string;
  readonly device: Settings['device'];
  /** Enlarge restored faces with the upscaler before they are laid back. */
  readonly enlargeFaces: boolean;
  /** Faces also go to cropped_faces/ and restored_faces/, photos to final_results/. */
  readonly saveFaces: boolean;
  readonly extras: Omit<RestoreExtras, 'saveFaces'>;
}

/** Thrown for wrong use; the text is for the person. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

const optionTable = {
  output: { type: 'string', short: 'o' },
  recursive: { type: 'boolean', short: 'r' },
  resume: { type: 'boolean' },
  overwrite: { type: 'boolean' },
  json: { type: 'boolean' },
  language: { type: 'string' },
  fidelity: { type: 'string', short: 'w' },
  strength: { type: 'string' },
  scale: { type: 'string', short: 's' },
  monochrome: { type: 'string' },
  model: { type: 'string' },
  detector: { type: 'string' },
  upscaler: { type: 'string' },
  'background-strength': { type: 'string' },
  format: { type: 'string' },
  quality: { type: 'string' },
  metadata: { type: 'string' },
  'no-record': { type: 'boolean' },
  suffix: { type: 'string' },
  device: { type: 'string' },
  preset: { type: 'string' },
  'face-upsample': { type: 'boolean' },
  'bg-tile': { type: 'string' },
  'has-aligned': { type: 'boolean' },
  'only-center-face': { type: 'boolean' },
  'only-largest-face': { type: 'boolean' },
  'draw-box': { type: 'boolean' },
  'save-faces': { type: 'boolean' },
  demosaic: { type: 'boolean' },
  'demosaic-region': { type: 'string', multiple: true },
  // The official script's names for options that have another name here.
  'input-path': { type: 'string', short: 'i' },
  'output-path': { type: 'string' },
  'fidelity-weight': { type: 'string' },
  upscale: { type: 'string' },
  'detection-model': { type: 'string' },
  'bg-upsampler': { type: 'string' },
} as const;

/** The official script's values of --detection-model, as models of the catalogue. */
const officialDetectors: Readonly<Record<string, string>> = {
  retinaface_resnet50: 'retinaface-resnet50-pth',
  'retinaface_mobile0.25': 'retinaface-mobilenet-0.25-pth',
  YOLOv5l: 'yolov5l-face-pth',
};
const officialUpscalers: Readonly<Record<string, string | null>> = {
  realesrgan: 'realesrgan-x2plus-pth',
  None: null,
  none: null,
};

/** What a preset sets; a named option goes before it. */
const presets = {
  none: { fidelity: null, onlyBelowDetailPx: null },
  /** Pictures made by a generator: small faces are garbled, large ones are fine. */
  'ai-faces': { fidelity: 0.3, onlyBelowDetailPx: 140 },
} as const;

/** @throws WrongUse with a sentence in the given language. */
export function readRestoreOptions(args: string[], messages: CliMessages): RestoreOptions {
  const { values: given, positionals: named } = parse(args.map(withHyphens), messages);
  const values = {
    ...given,
    output: given.output ?? given['output-path'],
    fidelity: given.fidelity ?? given['fidelity-weight'],
    scale: given.scale ?? given.upscale,
  };
  const positionals = values['input-path'] === undefined ? named : [values['input-path'], ...named];
  if (positionals.length === 0) throw new WrongUse(messages.nothingGiven);

  const number = (name: keyof typeof optionTable, low: number, high: number): number | null =>
    numberOf(values[name], `--${name}`, low, high, messages);
  const choice = <T extends string>(name: keyof typeof optionTable, choices: readonly T[], preset: T): T =>
    choiceOf(values[name], `--${name}`, choices, preset, messages);
  const devices = ['auto', ...settingsSchema.shape.device.unwrap().options[1].options] as const;

  const preset = presets[choice('preset', ['none', 'ai-faces'], 'none')];
  const detector = values.detector ?? values['detection-model'];
  const upscaler = values.upscaler ?? values['bg-upsampler'];
  const tile = number('bg-tile', 0, 4096);

  return {
    inputs: positionals,
    output: values.output ?? 'restored',
    recursive: values.recursive ?? false,
    resume: values.resume ?? false,
    overwrite: values.overwrite ?? false,
    json: values.json ?? false,
    fidelity: number('fidelity', 0, 1.3) ?? preset.fidelity ?? defaultFidelity,
    strength: number('strength', 0, 1) ?? 1,
    scale: number('scale', 0.25, 8),
    monochrome: choice('monochrome', monochromeModeSchema.options, 'auto'),
    modelId: values.model ?? null,
    detectorId: detector === undefined ? null : (officialDetectors[detector] ?? detector),
    upscalerId:
      upscaler === undefined
        ? null
        : upscaler in officialUpscalers
          ? (officialUpscalers[upscaler] ?? null)
          : upscaler,
    backgroundStrength: number('background-strength', 0, 1) ?? 1,
    format: choice('format', ['same', ...exportFormatSchema.options], 'same'),
    quality: Math.round(number('quality', 1, 100) ?? 95),
    metadata: choice('metadata', metadataPolicySchema.options, 'keep'),
    restorationRecord: !(values['no-record'] ?? false),
    suffix: joined(values.suffix ?? ''),
    device: choice('device', devices, 'auto'),
    enlargeFaces: values['face-upsample'] ?? false,
    saveFaces: values['save-faces'] ?? false,
    extras: {
      isAligned: values['has-aligned'] ?? false,
      pick: values['only-center-face'] ? 'centre' : values['only-largest-face'] ? 'largest' : 'all',
      onlyBelowDetailPx: preset.onlyBelowDetailPx,
      demosaic:
        values['demosaic-region'] === undefined
          ? values.demosaic
            ? 'auto'
            : 'off'
          : values['demosaic-region'].map((text) => readRegion(text, messages)),
      // 0 is the official script's word for one single tile.
      backgroundTilePx: tile === null || tile === 0 ? null : Math.max(32, Math.round(tile)),
      drawFrames: values['draw-box'] ?? false,
    },
  };
}

/** null where the option is not given. @throws WrongUse outside low..high. */
export function numberOf(
  text: unknown,
  option: string,
  low: number,
  high: number,
  messages: CliMessages,
): number | null {
  if (typeof text !== 'string') return null;
  const value = Number(text);
  if (text.trim() === '' || !(value >= low && value <= high)) {
    throw new WrongUse(interpolate(messages.badNumber, { option, low, high }));
  }
  return value;
}

/** @throws WrongUse for anything that is not one of `choices`. */
export function choiceOf<T extends string>(
  text: unknown,
  option: string,
  choices: readonly T[],
  preset: T,
  messages: CliMessages,
): T {
  const wanted = text ?? preset;
  const found = choices.find((candidate) => candidate === wanted);
  if (found === undefined) {
    throw new WrongUse(interpolate(messages.badChoice, { option, choices: choices.join(', ') }));
  }
  return found;
}

/** Python's --only_center_face is our --only-center-face. Values stay as they are. */
export function withHyphens(argument: string): string {
  if (!argument.startsWith('--')) return argument;
  const [name = '', ...value] = argument.split('=');
  return [name.replaceAll('_', '-'), ...value].join('=');
}

/** As the official script joins it; a suffix that brings its own sign keeps it. */
function joined(suffix: string): string {
  return suffix === '' || /^[-_. ]/.test(suffix) ? suffix : `_${suffix}`;
}

function readRegion(text: string, messages: CliMessages): Box {
  const [x, y, width, height, ...more] = text.split(',').map(Number);
  const box = boxSchema.safeParse({ x, y, width, height });
  if (!box.success || more.length > 0) {
    throw new WrongUse(interpolate(messages.badRegion, { option: '--demosaic-region' }));
  }
  return box.data;
}

function parse(args: string[], messages: CliMessages) {
  try {
    return parseArgs({ args, options: optionTable, allowPositionals: true, strict: true });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new WrongUse(interpolate(messages.unknownOption, { problem }));
  }
}
