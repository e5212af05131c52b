// Edits on their way to main, and waiting for them: what is made from edits must not overtake the last of them.
import type { QueryClient } from '@tanstack/react-query';

/** First part of the mutation keys of everything that changes a photo's or a clip's edits. */
const prefix = 'edits';

export const editsOf = (id: string): readonly string[] => [prefix, id];

/** Whether the edit that main has just answered is the last one: only its answer is what the page should show. */
export const isLastEdit = (cache: QueryClient, id: string): boolean =>
  cache.isMutating({ mutationKey: editsOf(id) }) <= 1;

export const hasEditsUnderway = (cache: QueryClient, id: string): boolean =>
  cache.isMutating({ mutationKey: editsOf(id) }) > 0;

/** Resolves when main has answered every edit made so far; refused ones count as answered. */
export function editsKept(cache: QueryClient): Promise<void> {
  const isKept = (): boolean => cache.isMutating({ mutationKey: [prefix] }) === 0;
  if (isKept()) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = cache.getMutationCache().subscribe(() => {
      if (!isKept()) return;
      stop();
      resolve();
    });
  });
}
