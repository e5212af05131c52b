// What main tells of a clip's history, while the page is ahead of it and afterwards.
import { MutationObserver, QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import type { ClipHistory } from '#shared/domain/clip-edit.ts';
import { clipIdSchema } from '#shared/domain/ids.ts';
import { applyEvent } from '../../../../src/renderer/bridge/apply-event.ts';
import { editsKept, editsOf } from '../../../../src/renderer/bridge/edits-kept.ts';
import { queryKeys } from '../../../../src/renderer/bridge/query-keys.ts';

const clipId = clipIdSchema.parse(crypto.randomUUID());
const historyAt = (cursor: number): ClipHistory => ({ clipId, steps: [], cursor });

it('an earlier step that main tells of does not take a later one from the page', async () => {
  const cache = new QueryClient({ defaultOptions: { mutations: { networkMode: 'always', retry: false } } });
  const shown = () => cache.getQueryData<ClipHistory>(queryKeys.clipHistory(clipId))?.cursor;
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = () => resolve();
  });
  cache.setQueryData(queryKeys.clipHistory(clipId), historyAt(2));
  const sent = new MutationObserver(cache, {
    mutationKey: editsOf(clipId),
    mutationFn: () => answered,
  }).mutate();
  applyEvent(cache, { type: 'clip.history-changed', history: historyAt(1) });
  expect(shown()).toBe(2);
  answer();
  await Promise.all([sent, editsKept(cache)]);
  applyEvent(cache, { type: 'clip.history-changed', history: historyAt(3) });
  expect(shown()).toBe(3);
});
