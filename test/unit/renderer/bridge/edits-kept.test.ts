// Edits in a queue: what waits for them goes on after the last one, and only the last answer is shown.
import { MutationObserver, QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { editsKept, editsOf, isLastEdit } from '../../../../src/renderer/bridge/edits-kept.ts';

function answer() {
  let resolve = (): void => undefined;
  let reject = (_error: Error): void => undefined;
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve: () => resolve(), reject: (error: Error) => reject(error) };
}

function queueOfEdits(id: string) {
  const cache = new QueryClient({ defaultOptions: { mutations: { networkMode: 'always', retry: false } } });
  const answered: string[] = [];
  const shown: string[] = [];
  const send = (name: string, answer: Promise<void>) =>
    new MutationObserver(cache, {
      mutationKey: editsOf(id),
      scope: { id: `edits of ${id}` },
      mutationFn: () => answer,
      onSuccess: () => void (isLastEdit(cache, id) && shown.push(name)),
      onSettled: () => void answered.push(name),
    })
      .mutate()
      .catch(() => undefined);
  return { cache, answered, shown, send };
}

describe('edits on their way', () => {
  it('are waited for until the last is answered, refused ones too; only the last answer is shown', async () => {
    const { cache, answered, shown, send } = queueOfEdits('photo');
    const first = answer();
    const second = answer();
    const third = answer();
    const sent = [send('first', first.promise), send('second', second.promise), send('third', third.promise)];
    let isKept = false;
    const kept = editsKept(cache).then(() => {
      isKept = true;
    });
    first.resolve();
    await sent[0];
    second.reject(new Error('refused'));
    await sent[1];
    expect([isKept, answered, shown]).toEqual([false, ['first', 'second'], []]);
    third.resolve();
    await kept;
    expect(shown).toEqual(['third']);
  });

  it('of nothing are kept at once; edits of another photo do not hide an answer', async () => {
    const { cache, shown, send } = queueOfEdits('one');
    await editsKept(cache);
    const never = answer();
    void new MutationObserver(cache, {
      mutationKey: editsOf('two'),
      mutationFn: () => never.promise,
    }).mutate();
    await send('mine', Promise.resolve());
    expect(shown).toEqual(['mine']);
    never.resolve();
    await editsKept(cache);
  });
});
