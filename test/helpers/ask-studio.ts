// What main answers to a command, asked for beside the window. For end-to-end tests of what cannot be seen.
import type { Page } from 'playwright-core';
import {
  type CommandInput,
  type CommandName,
  type CommandOutput,
  commands,
  replySchema,
} from '#shared/contract/commands.ts';
import { fromWire } from '#shared/errors/heirloom-error.ts';

/** Throws the reply's error as a HeirloomError. */
export async function askStudio<N extends CommandName>(
  page: Page,
  name: N,
  input: CommandInput<N>,
): Promise<CommandOutput<N>> {
  const answer = await page.evaluate(
    async ([command, body]) => {
      const response = await fetch(`/commands/${command}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
      });
      return response.json();
    },
    [name, JSON.stringify(input)] as const,
  );
  const reply = replySchema.parse(answer);
  if (!reply.ok) throw fromWire(reply.error);
  return commands[name].output.parse(reply.value) as CommandOutput<N>;
}
