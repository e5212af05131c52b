// Answers and events come by different roads. Whichever is first, the page ends with what is newest.
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, describe, expect, it } from 'vitest';
import type { History } from '#shared/domain/edit.ts';
import { editIdSchema, photoIdSchema } from '#shared/domain/ids.ts';
import { applyHistoryChange } from '../../../../src/renderer/bridge/apply-history-change.ts';
import { hearsNewsWhileAsking, tell } from '../../../../src/renderer/bridge/news-while-asking.ts';
import { queryKeys } from '../../../../src/renderer/bridge/query-keys.ts';

const key = ['names'];
let stop = (): void => undefined;
afterEach(() => stop());

/** A mounted question whose answers are given by hand; `asked` counts how often it was asked. */
function mountQuestion<T>(queryKey: readonly unknown[] = key) {
  const cache = new QueryClient({
    defaultOptions: {
      queries: { behavior: hearsNewsWhileAsking, staleTime: Number.POSITIVE_INFINITY, retry: false },
    },
  });
  const waiting: PromiseWithResolvers<T>[] = [];
  let asked = 0;
  const observer = new QueryObserver<T>(cache, {
    queryKey,
    queryFn: () => {
      asked += 1;
      const question = Promise.withResolvers<T>();
      waiting.push(question);
      return question.promise;
    },
  });
  const seen: (T | undefined)[] = [];
  stop = observer.subscribe(({ data }) => seen.push(data));
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
  return {
    cache,
    seen,
    asked: () => asked,
    shown: () => cache.getQueryData<T>(queryKey),
    async answer(value: T) {
      waiting.shift()?.resolve(value);
      await settle();
    },
    async fail() {
      waiting.shift()?.reject(new Error('unreachable'));
      await settle();
    },
  };
}

const renamed = (name: string) => (names: string[] | undefined) =>
  names?.map((existing) => (existing.startsWith(name[0] ?? '') ? name : existing));

describe('an answer on its way', () => {
  it('does not undo what was told after it was asked for', async () => {
    const page = mountQuestion<string[]>();
    tell(page.cache, key, renamed('bert 2'));
    tell(page.cache, key, renamed('bert 3'));
    await page.answer(['ada', 'bert']);
    expect(page.shown()).toEqual(['ada', 'bert 3']);
    // Nothing but the answer with its news was ever shown.
    expect(page.seen.filter((names) => names?.includes('bert'))).toEqual([]);
    expect(page.asked()).toBe(1);
  });

  it('of a second question is held to the news as well, and shows them at once', async () => {
    const page = mountQuestion<string[]>();
    await page.answer(['ada', 'bert']);
    void page.cache.invalidateQueries({ queryKey: key });
    tell(page.cache, key, renamed('ada 2'));
    expect(page.shown()).toEqual(['ada 2', 'bert']);
    await page.answer(['ada', 'bert']);
    expect(page.shown()).toEqual(['ada 2', 'bert']);
  });

  it('is as main gave it where the news came before the question', async () => {
    const page = mountQuestion<string[]>();
    tell(page.cache, key, renamed('bert 2'));
    await page.answer(['ada', 'bert']);
    void page.cache.invalidateQueries({ queryKey: key });
    await page.answer(['ada', 'bert 5']);
    expect(page.shown()).toEqual(['ada', 'bert 5']);
  });

  it('is asked for again when it grew old before it came, also the first one', async () => {
    const page = mountQuestion<string[]>();
    void page.cache.invalidateQueries({ queryKey: key });
    await page.answer([]);
    expect(page.shown()).toBeUndefined();
    await page.answer(['ada']);
    expect(page.shown()).toEqual(['ada']);
    expect(page.asked()).toBe(2);
    expect(page.cache.getQueryState(key)?.isInvalidated).toBe(false);
  });

  it('is heard for again after it failed', async () => {
    const page = mountQuestion<string[]>();
    await page.fail();
    tell(page.cache, key, renamed('ada 2'));
    void page.cache.refetchQueries({ queryKey: key });
    await page.answer(['ada']);
    expect(page.shown()).toEqual(['ada']);
  });
});

describe('the answer with a history', () => {
  const photoId = photoIdSchema.parse(crypto.randomUUID());
  const queryKey = queryKeys.history(photoId);
  const historyAt = (cursor: number): History => ({ photoId, steps: [], cursor });
  const change = { photoId, keptCount: 0, lastKeptId: null, newSteps: [], cursor: 2 };

  it('that was on its way before a step is asked for again', async () => {
    const page = mountQuestion<History>(queryKey);
    await page.answer(historyAt(1));
    void page.cache.invalidateQueries({ queryKey });
    applyHistoryChange(page.cache, change);
    expect(page.shown()?.cursor).toBe(2);
    await page.answer(historyAt(1));
    expect(page.shown()?.cursor).toBe(2);
    await page.answer(historyAt(2));
    expect(page.shown()?.cursor).toBe(2);
    expect(page.asked()).toBe(3);
  });

  it('is not asked for where nothing is on its way', async () => {
    const page = mountQuestion<History>(queryKey);
    await page.answer(historyAt(1));
    applyHistoryChange(page.cache, change);
    expect(page.shown()?.cursor).toBe(2);
    expect(page.asked()).toBe(1);
    expect(page.cache.getQueryState(queryKey)?.isInvalidated).toBe(false);
  });

  it('is asked for where the change is of another history', async () => {
    const page = mountQuestion<History>(queryKey);
    await page.answer(historyAt(1));
    applyHistoryChange(page.cache, {
      ...change,
      keptCount: 1,
      lastKeptId: editIdSchema.parse(crypto.randomUUID()),
    });
    expect(page.asked()).toBe(2);
  });
});
