// The budget of opened sessions, with sessions that only remember what happened to them.
import { expect, test } from 'vitest';
import { createSessionCache } from '../../../../src/engine/onnx/session-cache.ts';
import { seededRandom } from '../../../helpers/seeded-random.ts';

class FakeSession {
  isReleased = false;
  users = 0;
  release(): Promise<void> {
    expect(this.users, 'released while in use').toBe(0);
    expect(this.isReleased, 'released twice').toBe(false);
    this.isReleased = true;
    return Promise.resolve();
  }
}

function cacheOf(budgetBytes: number) {
  const cache = createSessionCache<FakeSession>(budgetBytes);
  const opened: string[] = [];
  const alive = new Set<FakeSession>();
  async function use(key: string, byteSize: number, work: () => Promise<void> = async () => {}) {
    const request = {
      key,
      estimateBytes: async () => byteSize,
      open: async () => {
        opened.push(key);
        const session = new FakeSession();
        alive.add(session);
        return session;
      },
    };
    await cache.withSession(request, async (session) => {
      expect(session.isReleased).toBe(false);
      session.users += 1;
      await work();
      session.users -= 1;
    });
  }
  const keys = () => cache.contents().map(({ key }) => key);
  return { cache, opened, alive, use, keys };
}

test('callers at the same time share one opening', async () => {
  const { opened, use } = cacheOf(100);
  await Promise.all([use('a', 10), use('a', 10), use('a', 10)]);
  expect(opened).toEqual(['a']);
});

test('the least recently used session leaves when the budget is full', async () => {
  const { opened, use, keys, alive } = cacheOf(30);
  await use('a', 10);
  await use('b', 10);
  await use('c', 10);
  await use('a', 10);
  await use('d', 10);
  expect(keys()).toEqual(['c', 'a', 'd']);
  expect(opened).toEqual(['a', 'b', 'c', 'd']);
  expect([...alive].filter(({ isReleased }) => isReleased)).toHaveLength(1);
});

test('a session in use stays, even over the budget, and leaves afterwards', async () => {
  const { use, keys, alive } = cacheOf(15);
  let finish = () => {};
  const held = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const using = use('a', 10, () => held);
  await use('b', 10);
  expect(keys()).toContain('a');
  finish();
  await using;
  expect(keys()).toHaveLength(1);
  expect([...alive].filter(({ isReleased }) => isReleased)).toHaveLength(1);
});

test('one larger than the whole budget is opened all the same', async () => {
  const { use, opened } = cacheOf(5);
  await use('large', 50);
  expect(opened).toEqual(['large']);
});

test('a failed opening is forgotten', async () => {
  const cache = createSessionCache<FakeSession>(10);
  let attempts = 0;
  const request = {
    key: 'a',
    estimateBytes: async () => 1,
    open: async () => {
      attempts += 1;
      if (attempts === 1) throw new Error('no');
      return new FakeSession();
    },
  };
  await expect(cache.withSession(request, async () => 1)).rejects.toThrow('no');
  expect(await cache.withSession(request, async () => 2)).toBe(2);
  expect(attempts).toBe(2);
});

test('a discarded session in use is released by its last user, and opened anew by the next', async () => {
  const { cache, use, opened, alive } = cacheOf(100);
  await use('a', 10, async () => cache.discard('a'));
  expect([...alive].map(({ isReleased }) => isReleased)).toEqual([true]);
  await use('a', 10);
  expect(opened).toEqual(['a', 'a']);
});

test('whatever the order of uses, nothing in use is released and nothing leaks', async () => {
  const seed = Date.now() & 0xffffffff;
  const random = seededRandom(seed);
  const { cache, use, alive } = cacheOf(25);
  const work = async () => {
    for (let turn = 0; turn < random() * 4; turn += 1) await new Promise(setImmediate);
  };
  const uses = Array.from({ length: 300 }, async () => {
    for (let turn = 0; turn < random() * 20; turn += 1) await new Promise(setImmediate);
    const key = 'abcdef'[Math.floor(random() * 6)] ?? 'a';
    if (random() < 0.05) await cache.discard(key);
    await use(key, 10, work);
  });
  await Promise.all(uses);
  await cache.releaseIdle();
  expect(cache.contents(), `seed ${seed}`).toEqual([]);
  expect(
    [...alive].filter(({ isReleased }) => !isReleased),
    `seed ${seed}`,
  ).toEqual([]);
});
