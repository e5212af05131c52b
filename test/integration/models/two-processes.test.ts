// The studio and the command line share one models folder.
import { spawn } from 'node:child_process';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LoopbackServer, ranged, startServer } from './loopback-server.ts';
import { type Bench, entryFor, modelBytes, openBench } from './models-fixture.ts';

let bench: Bench;
let server: LoopbackServer;
beforeEach(async () => {
  bench = await openBench();
  server = await startServer();
});
afterEach(async () => {
  await bench.close();
  await server.close();
});

const bytes = modelBytes(40_000);
const lockPath = (): string => join(bench.folder, 'alpha', 'alpha.onnx.lock');

async function lockBy(pid: number): Promise<void> {
  await mkdir(join(bench.folder, 'alpha'), { recursive: true });
  await writeFile(lockPath(), String(pid));
}

test('a download another living process has begun is left to it', async () => {
  const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore' });
  try {
    await lockBy(other.pid ?? 0);
    const entry = entryFor('alpha', bytes, [server.serve('/alpha', bytes, ranged())]);
    const models = bench.models([entry]);
    models.download(entry.id, false);
    await expect(models.whenDownloaded(entry.id)).rejects.toMatchObject({ code: 'model.busy' });
    expect(server.requests).toHaveLength(0);
  } finally {
    other.kill('SIGKILL');
  }
});

test('a lock left by a process that is gone is taken over, and given back', async () => {
  const gone = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
  await new Promise((resolve) => gone.once('exit', resolve));
  await lockBy(gone.pid ?? 0);
  const entry = entryFor('alpha', bytes, [server.serve('/alpha', bytes, ranged())]);
  const models = bench.models([entry]);
  models.download(entry.id, false);
  expect(await models.whenDownloaded(entry.id)).toMatchObject({ state: 'installed' });
  expect(await readdir(join(bench.folder, 'alpha'))).toEqual(['alpha.onnx']);
});

test('what one has fetched the other finds, checked', async () => {
  const entry = entryFor('alpha', bytes, [server.serve('/alpha', bytes, ranged())]);
  const studio = bench.models([entry]);
  expect(studio.list()[0]?.state).toBe('not-installed');
  const commandLine = bench.models([entry]);
  commandLine.download(entry.id, false);
  await commandLine.whenDownloaded(entry.id);
  studio.list();
  await studio.whenReady();
  expect(studio.list()[0]?.state).toBe('installed');
});

test('a file that cannot be read is shown as that', async (context) => {
  if (process.platform === 'win32' || process.getuid?.() === 0)
    return context.skip('needs a user whom file modes bind: not root, not Windows');
  const entry = entryFor('alpha', bytes, []);
  const path = join(bench.folder, 'alpha', 'alpha.onnx');
  await mkdir(join(bench.folder, 'alpha'), { recursive: true });
  await writeFile(path, bytes);
  await chmod(path, 0);
  const models = bench.models([entry]);
  await models.whenReady();
  expect(models.list()[0]).toMatchObject({ state: 'damaged', error: { code: 'file.unreadable' } });
});
