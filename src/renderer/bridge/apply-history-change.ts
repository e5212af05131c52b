// What a change of a photo's history does to the history the window holds.
import type { QueryClient } from '@tanstack/react-query';
import type { History } from '#shared/domain/edit.ts';
import { changedHistory, type HistoryChange } from '#shared/domain/history-change.ts';
import { queryKeys } from './query-keys.ts';

export function applyHistoryChange(cache: QueryClient, change: HistoryChange): void {
  const queryKey = queryKeys.history(change.photoId);
  const before = cache.getQueryData<History>(queryKey);
  const after = before === undefined ? null : changedHistory(before, change);
  // A step the window foresaw under another name, or one it has missed: the whole history is asked for.
  // An answer on its way may be of before the change, and a change cannot be made to it: it is asked for again.
  if (after === null) void cache.invalidateQueries({ queryKey });
  else {
    cache.setQueryData<History>(queryKey, after);
    if (cache.isFetching({ queryKey }) > 0) void cache.invalidateQueries({ queryKey, refetchType: 'none' });
  }
}
