// The typed door to main: inputs by command name, answers and events parsed on arrival.
import type { Bridge } from '#shared/contract/bridge.ts';
import {
  type CommandInput,
  type CommandName,
  type CommandOutput,
  commands,
  replySchema,
} from '#shared/contract/commands.ts';
import { eventSchema, type HeirloomEvent } from '#shared/contract/events.ts';
import { fromWire, HeirloomError } from '#shared/errors/heirloom-error.ts';

export interface StudioClient {
  readonly host: Bridge['host'];
  /** Throws HeirloomError: the one of the reply, or `internal.unexpected` when the answer has another shape. */
  invoke<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>>;
  /** Events that do not parse are logged and left out. */
  subscribe(listener: (event: HeirloomEvent) => void): () => void;
  /** Absolute path of a dropped file; null where it has to be uploaded. */
  pathOfFile(file: File): string | null;
}

export function createStudioClient(bridge: Bridge): StudioClient {
  return {
    host: bridge.host,
    pathOfFile: (file) => bridge.pathOfFile(file),
    async invoke(name, input) {
      return parseAnswer(name, await bridge.invoke(name, input));
    },
    subscribe(listener) {
      return bridge.subscribe((raw) => {
        const parsed = eventSchema.safeParse(raw);
        if (parsed.success) listener(parsed.data);
        else console.error('Event of unknown shape', parsed.error.message, raw);
      });
    },
  };
}

/** The value inside a raw reply, parsed by the command's schema. Throws HeirloomError. */
export function parseAnswer<N extends CommandName>(name: N, raw: unknown): CommandOutput<N> {
  const reply = replySchema.safeParse(raw);
  if (!reply.success) throw unexpectedShape(name, reply.error);
  if (!reply.data.ok) throw fromWire(reply.data.error);
  const output = commands[name].output.safeParse(reply.data.value);
  if (!output.success) throw unexpectedShape(name, output.error);
  // The table pairs each name with its schema; TypeScript cannot follow the index through safeParse.
  return output.data as CommandOutput<N>;
}

function unexpectedShape(name: CommandName, problem: Error): HeirloomError {
  return new HeirloomError('internal.unexpected', {}, { cause: `${name}: ${problem.message}` });
}
