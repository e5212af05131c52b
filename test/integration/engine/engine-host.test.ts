// The engine host over real forked engines: results, cancelling, crashes, engines that do not start.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { DeviceReport, EngineStatus } from '#shared/contract/engine.ts';
import { HeirloomError, JobCancelled } from '#shared/errors/heirloom-error.ts';
import { createEngineHost, type EngineHostOptions } from '../../../src/main/engine-host/engine-host.ts';
import type { EnginePort } from '../../../src/main/engine-host/engine-port.ts';
import { spawnForkedEngine } from '../../../src/main/hosts/spawn-forked-engine.ts';
import {
  engineEntry,
  heavy,
  light,
  liteFacePath,
  modelFileAt,
  patient,
  settingsWith,
  slowEngineEntry,
} from '../../helpers/engine-tasks.ts';

const folder = mkdtempSync(join(tmpdir(), 'engine-host-'));
afterAll(() => rm(folder, { recursive: true }));

const open: EnginePort[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((host) => host.close()));
});

function startHost(change: Partial<EngineHostOptions> = {}): { host: EnginePort; logged: string[] } {
  const logged: string[] = [];
  const host = createEngineHost({
    spawn: spawnForkedEngine,
    entryPath: slowEngineEntry,
    settings: settingsWith(),
    log: (level, message) => logged.push(`${level} ${message}`),
    graceMs: 1000,
    ...change,
  });
  open.push(host);
  return { host, logged };
}

/** An engine of a few lines, for what the real one never does. */
function engineOf(name: string, source: string): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, source);
  return path;
}

/** The job's promise, and one that resolves at its first progress. */
function startAndWatch(host: EnginePort, order: string, signal?: AbortSignal) {
  let sawProgress = () => {};
  const started = new Promise<void>((resolve) => {
    sawProgress = resolve;
  });
  const fractions: number[] = [];
  const result = host.run(heavy(order), {
    ...(signal === undefined ? {} : { signal }),
    onProgress: (_step, fraction) => {
      fractions.push(fraction);
      sawProgress();
    },
  });
  // Awaited later; until then a rejection is not a stray one.
  result.catch(() => undefined);
  return { result, started, fractions };
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof HeirloomError ? error.code : String(error);
}

test('nothing is started before the first task, and the status tells the story', async () => {
  const { host } = startHost();
  const states: EngineStatus['state'][] = [];
  host.onStatus(({ state }) => states.push(state));
  expect(host.status()).toMatchObject({ state: 'stopped', pid: null, restarts: 0 });
  expect(await host.run(light('steps 1 1'))).toEqual({ path: '/nowhere.jpg', widthPx: 1, heightPx: 1 });
  await expect.poll(() => host.status().rssBytes).toBeGreaterThan(0);
  expect(host.status().pid).toBeGreaterThan(0);
  await host.close();
  expect([...new Set(states)]).toEqual(['starting', 'ready', 'stopped']);
});

test('interactive tasks go before queued ones; heavy ones do not overlap', async () => {
  const { host } = startHost();
  const ends: string[] = [];
  const note = (name: string) => () => ends.push(name);
  await Promise.all([
    host.run(heavy('steps 10 10')).then(note('first')),
    host.run(heavy('steps 1 1')).then(note('queued')),
    host.run(heavy('steps 1 1'), { priority: 'interactive' }).then(note('urgent')),
    host.run(light('steps 1 1')).then(note('preview')),
  ]);
  expect(ends.filter((name) => name !== 'preview')).toEqual(['urgent', 'first', 'queued']);
});

test('cancelling a running task rejects with JobCancelled and keeps the engine', async () => {
  const { host } = startHost();
  const canceller = new AbortController();
  const { result, started } = startAndWatch(host, 'steps 10000 5', canceller.signal);
  await started;
  const { pid } = host.status();
  canceller.abort();
  await expect(result).rejects.toBeInstanceOf(JobCancelled);
  await host.run(light('steps 1 1'));
  expect(host.status()).toMatchObject({ pid, restarts: 0 });
});

test('between two runs of a network the engine hears a cancel and serves a preview', async () => {
  const { host } = startHost({ graceMs: 20_000 });
  const canceller = new AbortController();
  let sawProgress = () => {};
  const started = new Promise<void>((resolve) => {
    sawProgress = resolve;
  });
  const restoring = host.run(heavy('faces', modelFileAt(liteFacePath)), {
    signal: canceller.signal,
    onProgress: () => sawProgress(),
  });
  restoring.catch(() => undefined);
  await started;
  await host.run(light('steps 1 1'));
  canceller.abort();
  await expect(restoring).rejects.toBeInstanceOf(JobCancelled);
  expect(host.status().restarts).toBe(0);
});

test('a waiting task is cancelled at once, an aborted signal starts nothing', async () => {
  const { host } = startHost();
  const canceller = new AbortController();
  const first = host.run(heavy('steps 5 10'));
  const second = host.run(heavy('steps 1 1'), { signal: canceller.signal });
  canceller.abort();
  await expect(second).rejects.toBeInstanceOf(JobCancelled);
  await expect(host.run(heavy('steps 1 1'), { signal: canceller.signal })).rejects.toBeInstanceOf(
    JobCancelled,
  );
  await first;
});

test('a task deaf to its cancel is killed after the grace time; its neighbour is done by a fresh engine', async () => {
  const { host } = startHost({ graceMs: 200 });
  const canceller = new AbortController();
  const { result, started } = startAndWatch(host, 'deaf 60000', canceller.signal);
  await started;
  const neighbour = host.run(heavy('steps 1 1'));
  const firstPid = host.status().pid;
  canceller.abort();
  await expect(result).rejects.toBeInstanceOf(JobCancelled);
  await neighbour;
  expect(host.status()).toMatchObject({ state: 'ready', restarts: 1 });
  expect(host.status().pid).not.toBe(firstPid);
});

test('an engine killed in the middle of a task comes back and does it again, without progress falling', async () => {
  const { host } = startHost();
  const { result, fractions } = startAndWatch(host, `crash-once ${join(folder, 'crashed once')}`);
  const waiting = host.run(heavy('steps 2 1'));
  expect(await result).toEqual({ faces: [], turnedDegrees: 0 });
  await waiting;
  expect(host.status().restarts).toBe(1);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(fractions.at(-1)).toBe(1);
});

test('kill -9 from outside is the same', async () => {
  const { host } = startHost();
  const { result, started } = startAndWatch(host, 'steps 40 10');
  await started;
  process.kill(host.status().pid ?? 0, 'SIGKILL');
  expect(await result).toEqual({ faces: [], turnedDegrees: 0 });
  expect(host.status().restarts).toBe(1);
});

test('a task under which two engines died is failed; the next task works', async () => {
  const { host } = startHost();
  const doomed = host.run(heavy('crash'));
  const innocent = host.run(heavy('steps 1 1'));
  expect(await codeOf(doomed)).toBe('engine.crashed');
  expect(await innocent).toEqual({ faces: [], turnedDegrees: 0 });
  expect(host.status()).toMatchObject({ state: 'ready', restarts: 2 });
});

test('an answer that is not what the task promises is an error, not a result', async () => {
  const { host } = startHost();
  expect(await codeOf(host.run(heavy('wrong-output')))).toBe('internal.unexpected');
});

test('an engine that talks nonsense ends its task with an error and is not believed', async () => {
  const device = `{ provider: 'cpu', fellBackFrom: null, reason: null }`;
  const entryPath = engineOf(
    'nonsense',
    `process.on('message', ({ type, protocolVersion, jobId }) => {
       if (type === 'hello') process.send({ type: 'ready', protocolVersion, pid: process.pid, device: ${device} });
       if (type === 'shutdown') process.exit(0);
       if (type !== 'run') return;
       process.send('what?');
       process.send({ type: 'progress', jobId, step: 'baking', fraction: 7 });
       process.send({ type: 'failed', jobId, error: { code: 'oven.cold' } });
     });`,
  );
  const { host, logged } = startHost({ entryPath });
  const fractions: number[] = [];
  const failed = host.run(heavy('a'), { onProgress: (_step, fraction) => fractions.push(fraction) });
  expect(await codeOf(failed)).toBe('internal.unexpected');
  expect(fractions).toEqual([]);
  expect(logged.filter((line) => line.includes('not a message'))).toHaveLength(3);
});

test('new settings take effect in a fresh engine once the running task has ended', async () => {
  const { host } = startHost();
  const { result, started } = startAndWatch(host, 'steps 20 10');
  await started;
  const { pid } = host.status();
  host.changeSettings(settingsWith({ device: 'coreml' }));
  const next = host.run(heavy('steps 1 1'));
  await result;
  await next;
  expect(host.status().pid).not.toBe(pid);
  expect(host.status().restarts).toBe(0);
});

test('closing cancels what runs and what waits', async () => {
  const { host } = startHost();
  const { result, started } = startAndWatch(host, 'steps 10000 5');
  await started;
  const waiting = host.run(heavy('steps 1 1'));
  waiting.catch(() => undefined);
  await host.close();
  await expect(result).rejects.toBeInstanceOf(JobCancelled);
  await expect(waiting).rejects.toBeInstanceOf(JobCancelled);
  expect(await codeOf(host.run(light('steps 1 1')))).toBe('engine.start-failed');
});

test.each([
  ['leaves at once', 'console.error("no library"); process.exit(3)'],
  ['never answers', 'setInterval(() => {}, 1000); process.on("message", () => {})'],
])('an engine that %s is tried twice, then the tasks are told', async (name, source) => {
  let starts = 0;
  const { host } = startHost({
    entryPath: engineOf(name, source),
    handshakeTimeoutMs: 500,
    spawn: (entryPath) => {
      starts += 1;
      return spawnForkedEngine(entryPath);
    },
  });
  const codes = await Promise.all([codeOf(host.run(light('a'))), codeOf(host.run(heavy('b')))]);
  expect(codes).toEqual(['engine.start-failed', 'engine.start-failed']);
  expect(host.status().state).toBe('failed');
  expect(starts).toBe(2);
  expect(await codeOf(host.run(light('again')))).toBe('engine.start-failed');
  expect(starts).toBe(3);
});

test('an engine of another version is refused without a second attempt', async () => {
  const entryPath = engineOf(
    'old',
    `process.on('message', () => process.send({ type: 'ready', protocolVersion: 999, pid: process.pid,
       device: { provider: 'cpu', fellBackFrom: null, reason: null } }))`,
  );
  const { host, logged } = startHost({ entryPath });
  expect(await codeOf(host.run(light('a')))).toBe('engine.version-mismatch');
  expect(host.status().state).toBe('failed');
  expect(logged.filter((line) => line.includes('did not start'))).toEqual([]);
});

/** Tries its device at the first task and, unless that is the processor, does what `onDevice` says. */
function engineTestingItsDevice(name: string, onDevice: string): string {
  return engineOf(
    name,
    `let provider;
     process.on('message', (message) => {
       const device = { provider: 'cpu', fellBackFrom: null, reason: null };
       if (message.type === 'hello') {
         provider = message.settings.device;
         process.send({ type: 'ready', protocolVersion: message.protocolVersion, pid: process.pid, device });
       }
       if (message.type === 'shutdown') process.exit(0);
       if (message.type !== 'run') return;
       if (provider !== 'cpu') { process.send({ type: 'testing-device', provider }, () => { ${onDevice} }); return; }
       process.send({ type: 'done', jobId: message.jobId, output: { faces: [], turnedDegrees: 0 } });
     });`,
  );
}

test.each([
  ['kills the engine', `process.kill(process.pid, 'SIGKILL')`],
  ['hangs the engine', 'for (;;);'],
])(
  'a device whose self-test %s is given up visibly and the task is done on the processor',
  async (name, onDevice) => {
    const { host } = startHost({
      entryPath: engineTestingItsDevice(name, onDevice),
      settings: settingsWith({ device: 'webgpu' }),
      deviceTestTimeoutMs: 300,
    });
    const fellBack: DeviceReport[] = [];
    host.onDeviceFellBack((device) => fellBack.push(device));
    expect(await host.run(heavy('a'))).toEqual({ faces: [], turnedDegrees: 0 });
    await host.run(heavy('b'));
    expect(fellBack).toHaveLength(1);
    expect(fellBack[0]).toMatchObject({ provider: 'cpu', fellBackFrom: 'webgpu' });
    expect(host.status().device).toEqual(fellBack[0]);
  },
);

test('a device this computer lacks is said once, and models run on the processor all the same', async () => {
  const selfTestModel = modelFileAt(liteFacePath);
  const { host } = startHost({
    entryPath: slowEngineEntry,
    settings: settingsWith({ device: 'dml', selfTestModel }),
  });
  const fellBack: DeviceReport[] = [];
  host.onDeviceFellBack((device) => fellBack.push(device));
  expect(await host.run(heavy('load', selfTestModel))).toEqual({ faces: [], turnedDegrees: 0 });
  expect(await host.run(heavy('load', selfTestModel))).toEqual({ faces: [], turnedDegrees: 0 });
  expect(fellBack).toEqual([
    { provider: 'cpu', fellBackFrom: 'dml', reason: 'dml is not part of this build' },
  ]);
});

test('a graphics device is used only after its self-test, and a missing one does not stop the work', async () => {
  const selfTestModel = modelFileAt(liteFacePath);
  const { host } = startHost({ settings: settingsWith({ device: 'webgpu', selfTestModel }) });
  expect(await host.run(heavy('load', selfTestModel))).toEqual({ faces: [], turnedDegrees: 0 });
  const { device, restarts } = host.status();
  // Depends on the computer: with a working device it is in use, without one the reason is told.
  if (device?.provider === 'webgpu') expect(device.fellBackFrom).toBeNull();
  else expect(device).toEqual({ provider: 'cpu', fellBackFrom: 'webgpu', reason: expect.any(String) });
  expect(restarts).toBeLessThanOrEqual(1);
});

test('the real engine starts under the host and tests its processor on request', async () => {
  const { host } = startHost({ entryPath: engineEntry });
  const model = modelFileAt(liteFacePath);
  expect(await host.run({ kind: 'self-test', model })).toMatchObject({ provider: 'cpu', passed: true });
});

test('a film waits while something shorter runs, and goes on where it was', async () => {
  const { host } = startHost();
  const ends: string[] = [];
  const marks: number[] = [];
  const film = host.run(patient('steps 60 10'), { onProgress: (_step, fraction) => marks.push(fraction) });
  void film.then(() => ends.push('film'));
  await expect.poll(() => marks.length).toBeGreaterThan(2);
  const photoDone = new AbortController();
  const photo = startAndWatch(host, 'steps 10000 10', photoDone.signal);
  void photo.result.catch(() => ends.push('photo'));
  await photo.started;
  // One frame may be under way when it is told to wait.
  await new Promise((resolve) => setTimeout(resolve, 100));
  const heldAt = marks.length;
  const look = host.run(light('steps 1 1'));
  void look.then(() => ends.push('look'));
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(marks.length).toBe(heldAt);
  photoDone.abort();
  await film;
  expect(ends).toEqual(['look', 'photo', 'film']);
  expect(marks).toEqual([...marks].sort((a, b) => a - b));
});

test('a film that waits can be cancelled, and what it waits for goes on', async () => {
  const { host } = startHost();
  const canceller = new AbortController();
  let isStarted = false;
  const film = host.run(patient('steps 500 10'), {
    signal: canceller.signal,
    onProgress: () => {
      isStarted = true;
    },
  });
  film.catch(() => undefined);
  await expect.poll(() => isStarted).toBe(true);
  const photo = startAndWatch(host, 'steps 40 10');
  await photo.started;
  canceller.abort();
  await expect(film).rejects.toBeInstanceOf(JobCancelled);
  expect(await photo.result).toMatchObject({ faces: [] });
  expect(host.status().restarts).toBe(0);
});

test('new settings do not wait for a film to end: it goes on under them', async () => {
  const { host } = startHost();
  const pids = new Set<number | null>();
  host.onStatus(({ pid, state }) => state === 'ready' && pids.add(pid));
  let isStarted = false;
  const film = host.run(patient('steps 100 10'), {
    onProgress: () => {
      isStarted = true;
    },
  });
  await expect.poll(() => isStarted).toBe(true);
  host.changeSettings(settingsWith({ memoryBudgetMb: 512 }));
  await expect.poll(() => pids.size).toBe(2);
  expect(await film).toMatchObject({ path: '/nowhere.mp4' });
  expect(host.status().restarts).toBe(0);
});
