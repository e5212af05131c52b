// The options of every command that works through photos: which files, where to, in what format.
import { type ExportFormat, exportFormatSchema, metadataPolicySchema } from '#shared/domain/export.ts';
import type { Settings } from '#shared/domain/settings.ts';
import type { CliMessages } from '#shared/messages/en/cli.ts';
import { choiceOf, deviceOf, numberOf, WrongUse } from './read-options.ts';

export interface FileOptions {
  readonly inputs: readonly string[];
  readonly output: string;
  readonly recursive: boolean;
  readonly resume: boolean;
  readonly overwrite: boolean;
  readonly json: boolean;
  readonly format: ExportFormat | 'same';
  readonly quality: number;
  readonly metadata: 'keep' | 'strip-private' | 'none';
  readonly restorationRecord: boolean;
  readonly suffix: string;
  readonly device: Settings['device'];
}

export const fileOptionTable = {
  output: { type: 'string', short: 'o' },
  recursive: { type: 'boolean', short: 'r' },
  resume: { type: 'boolean' },
  overwrite: { type: 'boolean' },
  json: { type: 'boolean' },
  language: { type: 'string' },
  format: { type: 'string' },
  quality: { type: 'string' },
  metadata: { type: 'string' },
  'no-record': { type: 'boolean' },
  suffix: { type: 'string' },
  device: { type: 'string' },
  // The official script's names for inputs and output.
  'input-path': { type: 'string', short: 'i' },
  'output-path': { type: 'string' },
} as const;

type FileValues = { readonly [Name in keyof typeof fileOptionTable]?: string | boolean | undefined };

/** @throws WrongUse with a sentence in the given language. */
export function readFileOptions(
  values: FileValues,
  positionals: readonly string[],
  defaultOutput: string,
  messages: CliMessages,
): FileOptions {
  const text = (name: keyof FileValues): string | null => {
    const value = values[name];
    return typeof value === 'string' ? value : null;
  };
  const named = text('input-path');
  const inputs = named === null ? positionals : [named, ...positionals];
  if (inputs.length === 0) throw new WrongUse(messages.nothingGiven);
  const formats: readonly (ExportFormat | 'same')[] = ['same', ...exportFormatSchema.options];
  return {
    inputs,
    output: text('output') ?? text('output-path') ?? defaultOutput,
    recursive: values.recursive === true,
    resume: values.resume === true,
    overwrite: values.overwrite === true,
    json: values.json === true,
    format: choiceOf(values.format, '--format', formats, 'same', messages),
    quality: Math.round(numberOf(values.quality, '--quality', 1, 100, messages) ?? 95),
    metadata: choiceOf(values.metadata, '--metadata', metadataPolicySchema.options, 'keep', messages),
    restorationRecord: values['no-record'] !== true,
    suffix: joined(text('suffix') ?? ''),
    device: deviceOf(values.device, messages),
  };
}

/** As the official script joins it; a suffix that brings its own sign keeps it. */
function joined(suffix: string): string {
  return suffix === '' || /^[-_. ]/.test(suffix) ? suffix : `_${suffix}`;
}
