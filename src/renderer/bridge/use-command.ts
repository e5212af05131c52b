// A command as something a button can start. Failures are shown by the mutation cache of App.tsx.
import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import type { CommandInput, CommandName, CommandOutput } from '#shared/contract/commands.ts';
import { useStudioClient } from './StudioClientProvider.tsx';

export function useCommand<N extends CommandName>(
  name: N,
  onSuccess?: (output: CommandOutput<N>) => void,
): UseMutationResult<CommandOutput<N>, Error, CommandInput<N>> {
  const client = useStudioClient();
  return useMutation<CommandOutput<N>, Error, CommandInput<N>>({
    mutationFn: (input) => client.invoke(name, input),
    onSuccess: (output) => onSuccess?.(output),
  });
}
