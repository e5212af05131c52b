// Reads the options of `heirloom restore`. Pure: arguments in, options or a sentence about what is wrong out.
import { parseArgs } from 'node:util';
import { type MonochromeMode, monochromeModeSchema } from '#shared/domain/edit.ts';
import { type ExportFormat, exportFormatSchema, metadataPolicySchema } from '#shared/domain/export.ts';
import { defaultFidelity } from '#shared/domain/recipe.ts';
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
} as const;

/** @throws WrongUse with a sentence in the given language. */
export function readRestoreOptions(args: string[], messages: CliMessages): RestoreOptions {
  const { values, positionals } = parse(args, messages);
  if (positionals.length === 0) throw new WrongUse(messages.nothingGiven);

  const number = (name: keyof typeof optionTable, low: number, high: number): number | null => {
    const text = values[name];
    if (typeof text !== 'string') return null;
    const value = Number(text);
    if (text.trim() === '' || !(value >= low && value <= high)) {
      throw new WrongUse(interpolate(messages.badNumber, { option: `--${name}`, low, high }));
    }
    return value;
  };
  const choice = <T extends string>(name: keyof typeof optionTable, choices: readonly T[], preset: T): T => {
    const text = values[name] ?? preset;
    const found = choices.find((candidate) => candidate === text);
    if (found === undefined) {
      throw new WrongUse(
        interpolate(messages.badChoice, { option: `--${name}`, choices: choices.join(', ') }),
      );
    }
    return found;
  };
  const devices = ['auto', ...settingsSchema.shape.device.unwrap().options[1].options] as const;

  return {
    inputs: positionals,
    output: values.output ?? 'restored',
    recursive: values.recursive ?? false,
    resume: values.resume ?? false,
    overwrite: values.overwrite ?? false,
    json: values.json ?? false,
    fidelity: number('fidelity', 0, 1.3) ?? defaultFidelity,
    strength: number('strength', 0, 1) ?? 1,
    scale: number('scale', 0.25, 8),
    monochrome: choice('monochrome', monochromeModeSchema.options, 'auto'),
    modelId: values.model ?? null,
    detectorId: values.detector ?? null,
    upscalerId: values.upscaler ?? null,
    backgroundStrength: number('background-strength', 0, 1) ?? 1,
    format: choice('format', ['same', ...exportFormatSchema.options], 'same'),
    quality: Math.round(number('quality', 1, 100) ?? 95),
    metadata: choice('metadata', metadataPolicySchema.options, 'keep'),
    restorationRecord: !(values['no-record'] ?? false),
    suffix: values.suffix ?? '',
    device: choice('device', devices, 'auto'),
  };
}

function parse(args: string[], messages: CliMessages) {
  try {
    return parseArgs({ args, options: optionTable, allowPositionals: true, strict: true });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new WrongUse(interpolate(messages.unknownOption, { problem }));
  }
}
