// Reading options from the command line, the same for every command: strict, and wrong use said in the person's words.
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { type Settings, settingsSchema } from '#shared/domain/settings.ts';
import type { CliMessages } from '#shared/messages/en/cli.ts';
import { interpolate } from '#shared/messages/interpolate.ts';

/** Thrown for wrong use; the text is for the person. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

/** @throws WrongUse for an option that is not in the table, or one that lacks its value. */
export function parseStrictly<Table extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Table,
  messages: CliMessages,
) {
  try {
    return parseArgs({ args: args.map(withHyphens), options, allowPositionals: true, strict: true });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new WrongUse(interpolate(messages.unknownOption, { problem }));
  }
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

/** @throws WrongUse for a device there is no such thing as. */
export function deviceOf(text: unknown, messages: CliMessages): Settings['device'] {
  const devices = ['auto', ...settingsSchema.shape.device.unwrap().options[1].options] as const;
  return choiceOf(text, '--device', devices, 'auto', messages);
}

/** Python's --only_center_face is our --only-center-face. Values stay as they are. */
function withHyphens(argument: string): string {
  if (!argument.startsWith('--')) return argument;
  const [name = '', ...value] = argument.split('=');
  return [name.replaceAll('_', '-'), ...value].join('=');
}
