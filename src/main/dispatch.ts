// From a command's name to its handler: parse the input, run, parse the output, answer. Never throws. Main process.
import type { z } from 'zod';
import {
  type CommandName,
  type CommandOutput,
  commandNames,
  commands,
  isCommandName,
  type Reply,
} from '#shared/contract/commands.ts';
import { HeirloomError, toWire } from '#shared/errors/heirloom-error.ts';

/** What a handler is given: the input as its schema reads it. */
export type ParsedInput<N extends CommandName> = z.output<(typeof commands)[N]['input']>;

export type CommandHandlers = {
  readonly [N in CommandName]: (input: ParsedInput<N>) => CommandOutput<N> | Promise<CommandOutput<N>>;
};
/** The handlers of one noun. */
export type SomeHandlers = Partial<CommandHandlers>;
export type Dispatch = (name: string, input: unknown) => Promise<Reply>;

/** Puts the nouns' handlers together. Throws when a command has no handler, or two. */
export function assembleHandlers(groups: readonly SomeHandlers[]): CommandHandlers {
  const names = groups.flatMap((group) => Object.keys(group));
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (twice.length > 0) throw new Error(`Commands with two handlers: ${twice.join(', ')}`);
  const unknown = names.filter((name) => !isCommandName(name));
  if (unknown.length > 0) throw new Error(`Handlers of unknown commands: ${unknown.join(', ')}`);
  const handlers: SomeHandlers = Object.assign({}, ...groups);
  if (!hasAll(handlers)) {
    const missing = commandNames.filter((name) => handlers[name] === undefined);
    throw new Error(`Commands without a handler: ${missing.join(', ')}`);
  }
  return handlers;
}

function hasAll(handlers: SomeHandlers): handlers is CommandHandlers {
  return commandNames.every((name) => handlers[name] !== undefined);
}

/** Answers every call with a Reply; what a handler throws, once explained, becomes its wire form. */
export function createDispatch(
  handlers: CommandHandlers,
  explain: (error: unknown) => unknown = (error) => error,
): Dispatch {
  return async (name, input) => {
    try {
      if (!isCommandName(name))
        throw new HeirloomError('command.unknown', { name: String(name).slice(0, 100) });
      return { ok: true, value: await run(name, handlers, input) };
    } catch (error) {
      return { ok: false, error: toWire(explain(error)) };
    }
  };
}

async function run<N extends CommandName>(
  name: N,
  handlers: CommandHandlers,
  input: unknown,
): Promise<unknown> {
  const parsed = commands[name].input.safeParse(input ?? {});
  if (!parsed.success)
    throw new HeirloomError('command.invalid-input', { problem: `${name}: ${problemOf(parsed.error)}` });
  // The schema just parsed belongs to the same name as the handler; the compiler cannot follow that through a union.
  const handle = handlers[name] as (value: unknown) => unknown;
  const output = commands[name].output.safeParse(await handle(parsed.data));
  if (!output.success) throw new Error(`${name} answered out of contract: ${problemOf(output.error)}`);
  return output.data;
}

/** One line a person can read: `sources[0].path: Too small …; and 2 more`. */
export function problemOf(error: z.ZodError): string {
  const [first, ...others] = error.issues;
  if (first === undefined) return 'unreadable';
  const place = first.path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('');
  const more = others.length > 0 ? `; and ${others.length} more` : '';
  return `${place === '' ? '' : `${place}: `}${first.message}${more}`;
}
