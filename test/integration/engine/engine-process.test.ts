// The real engine entry as a forked process: what it answers to good, bad and foreign messages.
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { engineProtocolVersion, type FromEngine, fromEngineSchema } from '#shared/contract/engine.ts';
import {
  engineEntry,
  heavy,
  light,
  liteFacePath,
  modelFileAt,
  settingsWith,
  slowEngineEntry,
} from '../../helpers/engine-tasks.ts';

const forked: ChildProcess[] = [];
afterEach(() => {
  for (const child of forked.splice(0)) child.kill('SIGKILL');
});

/** A forked engine whose messages can be awaited one after another. */
function startEngineProcess(entry: string) {
  const child = fork(entry, [], {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  forked.push(child);
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  const received: FromEngine[] = [];
  const waiters = new Set<() => void>();
  child.on('message', (message) => {
    received.push(fromEngineSchema.parse(message));
    for (const waiter of waiters) waiter();
  });
  async function until<T extends FromEngine['type']>(
    type: T,
    matches: (message: Extract<FromEngine, { type: T }>) => boolean = () => true,
  ): Promise<Extract<FromEngine, { type: T }>> {
    for (;;) {
      const found = received.find(
        (message): message is Extract<FromEngine, { type: T }> =>
          message.type === type && matches(message as Extract<FromEngine, { type: T }>),
      );
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        const waiter = () => {
          waiters.delete(waiter);
          resolve();
        };
        waiters.add(waiter);
      });
    }
  }
  const hello = (protocolVersion = engineProtocolVersion, settings = settingsWith()) =>
    child.send({ type: 'hello', protocolVersion, settings });
  return { child, exited, received, until, hello, send: (message: object) => child.send(message) };
}

test('the engine shakes hands with its version, process id and device', async () => {
  const engine = startEngineProcess(engineEntry);
  engine.hello();
  expect(await engine.until('ready')).toEqual({
    type: 'ready',
    protocolVersion: engineProtocolVersion,
    pid: engine.child.pid,
    device: { provider: 'cpu', fellBackFrom: null, reason: null },
  });
});

test('a main of another version is refused and the engine leaves', async () => {
  const engine = startEngineProcess(engineEntry);
  engine.hello(engineProtocolVersion + 1);
  expect((await engine.until('refused')).error.code).toBe('engine.version-mismatch');
  expect(await engine.exited).toEqual([1, null]);
});

test('what is not a message is logged and answered, and the engine goes on', async () => {
  const engine = startEngineProcess(engineEntry);
  engine.hello();
  const jobId = randomUUID();
  engine.send({ type: 'run', jobId, task: { kind: 'bake-cake' } });
  engine.send({ nonsense: true });
  engine.send({ type: 'run', jobId: 'not an id', task: light('steps 1 1') });
  expect((await engine.until('failed', (message) => message.jobId === jobId)).error.code).toBe(
    'command.invalid-input',
  );
  await engine.until('log', ({ message }) => message.includes('not a message: jobId'));
  const model = modelFileAt(liteFacePath);
  const goodId = randomUUID();
  engine.send({ type: 'run', jobId: goodId, task: { kind: 'self-test', model } });
  const done = await engine.until('done', (message) => message.jobId === goodId);
  expect(done.output).toMatchObject({ provider: 'cpu', passed: true });
});

test('a task before the handshake is refused', async () => {
  const engine = startEngineProcess(slowEngineEntry);
  engine.send({ type: 'run', jobId: randomUUID(), task: light('steps 1 1') });
  expect((await engine.until('failed')).error.params).toEqual({ problem: 'no handshake yet' });
});

test('progress never falls, is not a flood, ends at 1 before done, and a report follows', async () => {
  const engine = startEngineProcess(slowEngineEntry);
  engine.hello();
  engine.send({ type: 'run', jobId: randomUUID(), task: heavy('steps 100 5') });
  const report = await engine.until('report');
  expect(report.rssBytes).toBeGreaterThan(10_000_000);
  const order = engine.received.map(({ type }) => type).filter((type) => type !== 'log');
  expect(order.slice(-2)).toEqual(['done', 'report']);
  const fractions = engine.received.filter((m) => m.type === 'progress').map(({ fraction }) => fraction);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(fractions.at(-1)).toBe(1);
  expect(fractions.length).toBeGreaterThan(2);
  expect(fractions.length).toBeLessThan(50);
});

test('heavy tasks run one at a time, a light one beside them', async () => {
  const engine = startEngineProcess(slowEngineEntry);
  engine.hello();
  const [first, second, beside] = [randomUUID(), randomUUID(), randomUUID()];
  engine.send({ type: 'run', jobId: first, task: heavy('steps 20 10') });
  engine.send({ type: 'run', jobId: second, task: heavy('steps 2 10') });
  engine.send({ type: 'run', jobId: beside, task: light('steps 2 10') });
  await engine.until('done', ({ jobId }) => jobId === second);
  const ends = engine.received.filter((message) => message.type === 'done').map(({ jobId }) => jobId);
  expect(ends).toEqual([beside, first, second]);
});

test('a cancelled task ends as cancelled between two steps', async () => {
  const engine = startEngineProcess(slowEngineEntry);
  engine.hello();
  const jobId = randomUUID();
  engine.send({ type: 'run', jobId, task: heavy('steps 10000 5') });
  await engine.until('progress');
  engine.send({ type: 'cancel', jobId });
  expect((await engine.until('cancelled')).jobId).toBe(jobId);
  expect(engine.received.some(({ type }) => type === 'done' || type === 'failed')).toBe(false);
});

test.each([
  ['reject', 'internal.unexpected'],
  ['no-memory', 'engine.out-of-memory'],
])('a pipeline that fails (%s) is reported as %s', async (order, code) => {
  const engine = startEngineProcess(slowEngineEntry);
  engine.hello();
  engine.send({ type: 'run', jobId: randomUUID(), task: heavy(order) });
  expect((await engine.until('failed')).error.code).toBe(code);
});

test('a forgotten rejected promise is logged and takes nothing down', async () => {
  const engine = startEngineProcess(slowEngineEntry);
  engine.hello();
  engine.send({ type: 'run', jobId: randomUUID(), task: heavy('forget') });
  await engine.until('done');
  await engine.until('log', ({ message }) => message.includes('forgotten'));
});

test('a model with a wrong digest is refused by name', async () => {
  const engine = startEngineProcess(slowEngineEntry);
  engine.hello();
  const altered = modelFileAt(liteFacePath, 'f'.repeat(64));
  engine.send({ type: 'run', jobId: randomUUID(), task: heavy('load', altered) });
  const { error } = await engine.until('failed');
  expect(error).toMatchObject({ code: 'model.wrong-digest', params: { fileName: 'lite-face.onnx' } });
  expect((await engine.until('report')).loadedModels).toEqual([]);
});

test('the engine leaves when main says so, and when main is gone', async () => {
  const asked = startEngineProcess(engineEntry);
  asked.hello();
  await asked.until('ready');
  asked.send({ type: 'shutdown' });
  expect(await asked.exited).toEqual([0, null]);

  const orphaned = startEngineProcess(slowEngineEntry);
  orphaned.hello();
  await orphaned.until('ready');
  orphaned.send({ type: 'run', jobId: randomUUID(), task: heavy('steps 10000 5') });
  await orphaned.until('progress');
  orphaned.child.disconnect();
  expect(await orphaned.exited).toEqual([0, null]);
});
