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
  if (after === null) void cache.invalidateQueries({ queryKey });
  else cache.setQueryData<History>(queryKey, after);
}
