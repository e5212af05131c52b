// News that arrive while an answer is on its way: it may have been given before them and must not undo them.
// Answers and events come by different roads in a browser, so either can overtake the other.
import type { DefaultOptions, Query, QueryClient, QueryKey } from '@tanstack/react-query';

type Change = (answer: unknown) => unknown;
type QueryBehavior = NonNullable<NonNullable<DefaultOptions['queries']>['behavior']>;

/** What was told since the last question of each query was asked. */
const toldSince = new WeakMap<Query, Change[]>();

/**
 * For the defaults of every query: changes told by `tell` while a question is under way are made to its answer as well,
 * and a query invalidated meanwhile is asked again before it answers.
 */
export const hearsNewsWhileAsking: QueryBehavior = {
  onFetch(context, query) {
    const ask = context.fetchFn;
    context.fetchFn = () => answerWithNews(query, ask);
  },
};

/** Changes a cached answer, and the one that is on its way. Undefined is what is not known yet, and stays that. */
export function tell<T>(
  cache: QueryClient,
  queryKey: QueryKey,
  change: (answer: T | undefined) => T | undefined,
): void {
  cache.setQueryData<T>(queryKey, change);
  const query = cache.getQueryCache().find({ queryKey, exact: true });
  // The key says which type the answer has, here as in setQueryData.
  if (query !== undefined) toldSince.get(query)?.push((answer) => change(answer as T));
}

async function answerWithNews(query: Query, ask: () => unknown): Promise<unknown> {
  for (;;) {
    const told: Change[] = [];
    toldSince.set(query, told);
    if (query.state.isInvalidated) query.setState({ isInvalidated: false });
    try {
      const answer = await ask();
      const isReplaced = toldSince.get(query) !== told;
      if (isReplaced) return answer;
      if (query.state.isInvalidated) continue;
      return told.reduce((value, change) => change(value), answer);
    } finally {
      if (toldSince.get(query) === told) toldSince.delete(query);
    }
  }
}
