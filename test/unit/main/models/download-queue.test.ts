// Order, number at once and cancelling, without any download.
import { expect, test } from 'vitest';
import { JobCancelled } from '#shared/errors/heirloom-error.ts';
import { createDownloadQueue } from '../../../../src/main/models/download/download-queue.ts';

/** Work that ends when told to. */
function controlled(): {
  work: (signal: AbortSignal) => Promise<void>;
  end: () => void;
  fail: (error: Error) => void;
} {
  let end = (): void => {};
  let fail = (_error: Error): void => {};
  const done = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  return { work: () => done, end, fail };
}

test('items start in order, as many as allowed, the next when one ends or fails', async () => {
  const queue = createDownloadQueue(2);
  const items = ['a', 'b', 'c', 'd'].map((key) => ({ key, ...controlled() }));
  const started: string[] = [];
  const ends = items.map(({ key, work }) => queue.add(key, work, () => started.push(key)).catch(() => {}));
  await Promise.resolve();
  expect(started).toEqual(['a', 'b']);
  items[1]?.fail(new Error('lost'));
  await ends[1];
  expect(started).toEqual(['a', 'b', 'c']);
  items[0]?.end();
  await ends[0];
  expect(started).toEqual(['a', 'b', 'c', 'd']);
  items[2]?.end();
  items[3]?.end();
  await queue.idle();
  expect(queue.size).toBe(0);
});

test('a waiting item that is cancelled never starts and frees nothing it did not hold', async () => {
  const queue = createDownloadQueue(1);
  const [first, last] = [controlled(), controlled()];
  const started: string[] = [];
  const one = queue.add('one', first.work, () => started.push('one'));
  const two = queue.add(
    'two',
    async () => {},
    () => started.push('two'),
  );
  const three = queue.add('three', last.work, () => started.push('three'));
  queue.cancel('two');
  await expect(two).rejects.toBeInstanceOf(JobCancelled);
  expect(queue.has('two')).toBe(false);
  expect(started).toEqual(['one']);
  first.end();
  last.end();
  await Promise.all([one, three]);
  expect(started).toEqual(['one', 'three']);
});

test('cancelling tells the running work by its signal', async () => {
  const queue = createDownloadQueue(1);
  const end = queue.add(
    'one',
    (signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new JobCancelled()))),
    () => {},
  );
  await Promise.resolve();
  queue.cancelAll();
  await expect(end).rejects.toBeInstanceOf(JobCancelled);
});
