// A command as something a button can start. Failures are shown by the mutation cache of App.tsx.
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import type { CommandInput, CommandName, CommandOutput } from '#shared/contract/commands.ts';
import { editsKept } from './edits-kept.ts';
import { useStudioClient } from './StudioClientProvider.tsx';

/** Made from a photo's or a clip's edits: sent when main has all of them. */
const madeFromEdits: ReadonlySet<CommandName> = new Set([
  'results.render',
  'clips.restore',
  'clips.preview',
  'exports.start',
  'versions.save',
]);

export function useCommand<N extends CommandName>(
  name: N,
  onSuccess?: (output: CommandOutput<N>) => void,
): UseMutationResult<CommandOutput<N>, Error, CommandInput<N>> {
  const client = useStudioClient();
  const cache = useQueryClient();
  return useMutation<CommandOutput<N>, Error, CommandInput<N>>({
    async mutationFn(input) {
      if (madeFromEdits.has(name)) await editsKept(cache);
      return client.invoke(name, input);
    },
    onSuccess: (output) => onSuccess?.(output),
  });
}
