// A disk that fills up: said before the download where it can be known, survived where it cannot.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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

const bytes = modelBytes(3 << 20);

test('too little room is said before anything is asked of a server', async () => {
  const entry = entryFor('alpha', bytes, [server.serve('/alpha', bytes, ranged())]);
  const models = bench.models([entry], { freeBytes: async () => 2_000_000 });
  models.download(entry.id, false);
  await expect(models.whenDownloaded(entry.id)).rejects.toMatchObject({
    code: 'model.no-space',
    params: { name: 'Model alpha', neededMb: 37, freeMb: 2 },
  });
  expect(server.requests).toHaveLength(0);
  expect(models.list()[0]).toMatchObject({
    state: 'not-installed',
    error: { code: 'model.no-space', transient: true },
  });
});

test('a size only the server knows is checked before its bytes are taken', async () => {
  const entry = entryFor('alpha', bytes, [server.serve('/alpha', bytes, ranged())], { byteSize: null });
  const models = bench.models([entry], { freeBytes: async () => 2_000_000 });
  models.download(entry.id, false);
  await expect(models.whenDownloaded(entry.id)).rejects.toMatchObject({ code: 'model.no-space' });
  expect(models.list()[0]?.receivedBytes).toBe(0);
});

const canMount = process.platform === 'linux' && process.getuid?.() === 0 && tryMount();

function tryMount(): boolean {
  const probe = '/tmp/heirloom-mount-probe';
  try {
    execFileSync('mkdir', ['-p', probe]);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe], { stdio: 'ignore' });
    execFileSync('umount', [probe]);
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!canMount)('on a disk of one megabyte (needs root and tmpfs)', () => {
  let disk: string;
  beforeEach(async () => {
    disk = join(bench.folder, '..', 'small disk');
    await mkdir(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
  });
  afterEach(() => {
    execFileSync('umount', ['-l', disk]);
  });

  test('a download that fills it keeps what arrived and goes on when there is room', async () => {
    const small = modelBytes(700_000);
    const entry = entryFor('alpha', small, [server.serve('/alpha', small, ranged())]);
    await writeFile(join(disk, 'in the way'), modelBytes(600_000));
    // Free space cannot be told here, as on some network disks: only the write itself fails.
    const models = bench.models([entry], { folder: () => join(disk, 'models'), freeBytes: async () => null });
    models.download(entry.id, false);
    await expect(models.whenDownloaded(entry.id)).rejects.toMatchObject({
      code: 'model.no-space',
      transient: true,
    });
    const kept = models.list()[0]?.receivedBytes ?? 0;
    expect(kept).toBeGreaterThan(0);

    await rm(join(disk, 'in the way'));
    models.download(entry.id, false);
    expect(await models.whenDownloaded(entry.id)).toMatchObject({ state: 'installed' });
    expect(server.requests[1]?.headers.range).toBe(`bytes=${kept}-`);
  });

  test('an import that does not fit leaves nothing behind', async () => {
    const entry = entryFor('alpha', bytes, []);
    const path = join(bench.folder, '..', 'incoming');
    await writeFile(path, bytes);
    const models = bench.models([entry], { folder: () => join(disk, 'models') });
    await expect(models.importFile(path, false)).rejects.toMatchObject({ code: 'model.no-space' });
    expect(models.list()[0]?.state).toBe('not-installed');
  });

  test('a move to it is refused and undone', async () => {
    const entry = entryFor('alpha', bytes, []);
    const path = join(bench.folder, '..', 'incoming');
    await writeFile(path, bytes);
    const models = bench.models([entry], { saveFolder: () => {} });
    await models.importFile(path, false);
    const target = join(disk, 'models');
    await expect(models.moveFolder(target)).rejects.toMatchObject({ code: 'model.no-space' });
    expect(existsSync(target) ? await readdir(target) : []).toEqual([]);
    expect((await models.fileOf(entry.id)).path.startsWith(bench.folder)).toBe(true);
  });

  test('a move to it that fits is a checked copy', async () => {
    const small = modelBytes(300_000);
    const entry = entryFor('alpha', small, []);
    const path = join(bench.folder, '..', 'incoming');
    await writeFile(path, small);
    let folder = bench.folder;
    const models = bench.models([entry], {
      folder: () => folder,
      saveFolder: (chosen) => {
        folder = chosen;
      },
    });
    await models.importFile(path, false);
    await models.moveFolder(join(disk, 'models'));
    expect((await models.fileOf(entry.id)).path).toBe(join(disk, 'models', 'alpha', 'alpha.onnx'));
    expect(existsSync(bench.folder)).toBe(false);
  });
});
