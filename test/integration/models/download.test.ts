// Downloads against a loopback server that does everything servers do wrong.
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CatalogEntry } from '#shared/domain/model.ts';
import { HeirloomError, JobCancelled } from '#shared/errors/heirloom-error.ts';
import { partialByteSize } from '../../../src/main/models/download/partial-file.ts';
import {
  type Behaviour,
  cutAfter,
  type LoopbackServer,
  ranged,
  stallAfter,
  startServer,
  status,
  whole,
} from './loopback-server.ts';
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

const bytes = modelBytes();
/** What the download has on disk so far. */
const storedBytes = (): number => partialByteSize(join(bench.folder, 'alpha', 'alpha.onnx'));

async function download(entry: CatalogEntry): Promise<Buffer> {
  const models = bench.models([entry]);
  models.download(entry.id, false);
  const ended = await models.whenDownloaded(entry.id);
  expect(ended).toMatchObject({ state: 'installed', error: null, receivedBytes: bytes.length });
  const { path } = await models.fileOf(entry.id);
  expect(existsSync(`${path}.part`)).toBe(false);
  expect(existsSync(`${path}.part.json`)).toBe(false);
  return readFile(path);
}

function entryServed(...behaviours: Behaviour[]): CatalogEntry {
  return entryFor('alpha', bytes, [server.serve('/alpha.onnx', bytes, ...behaviours)]);
}

async function failureOf(promise: Promise<unknown>): Promise<HeirloomError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(HeirloomError);
  return error as HeirloomError;
}

test('a file arrives whole under its own name', async () => {
  expect(await download(entryServed(ranged()))).toEqual(bytes);
});

test('a size that is not published does not stop a download', async () => {
  const address = server.serve('/alpha.onnx', bytes, ranged());
  expect(await download(entryFor('alpha', bytes, [address], { byteSize: null }))).toEqual(bytes);
});

test('a cut connection goes on where it stopped', async () => {
  expect(await download(entryServed(cutAfter(100_000, storedBytes), ranged()))).toEqual(bytes);
  expect(server.requests[1]?.headers.range).toMatch(/^bytes=[1-9]\d*-$/);
  expect(server.requests[1]?.headers['if-range']).toBe('"one"');
});

test('a server that ignores Range is begun anew', async () => {
  expect(await download(entryServed(cutAfter(100_000, storedBytes), whole))).toEqual(bytes);
});

test('a stalled connection is given up and resumed', async () => {
  expect(await download(entryServed(stallAfter(100_000), ranged()))).toEqual(bytes);
  expect(bench.log.join('\n')).toContain('silent');
});

test('a file that changed midway is begun anew', async () => {
  const old = modelBytes(bytes.length);
  const address = server.serve(
    '/alpha.onnx',
    bytes,
    (request, response) => cutAfter(100_000, storedBytes, '"old"')(request, response, old),
    ranged('"new"'),
  );
  expect(await download(entryFor('alpha', bytes, [address]))).toEqual(bytes);
});

test('a file that changed midway without saying so is noticed by its digest and begun anew', async () => {
  const old = modelBytes(bytes.length);
  const address = server.serve(
    '/alpha.onnx',
    bytes,
    (request, response) => cutAfter(100_000, storedBytes, null)(request, response, old),
    ranged(null),
  );
  expect(await download(entryFor('alpha', bytes, [address]))).toEqual(bytes);
  expect(server.requests).toHaveLength(3);
});

test('a partial answer that starts elsewhere is begun anew', async () => {
  const fromTheWrongPlace: Behaviour = (_request, response, file) => {
    response.writeHead(206, { 'content-range': `bytes 7-${file.length - 1}/${file.length}` });
    response.end(file.subarray(7));
  };
  expect(await download(entryServed(cutAfter(100_000, storedBytes), fromTheWrongPlace, ranged()))).toEqual(
    bytes,
  );
});

test('503 is tried again', async () => {
  expect(await download(entryServed(status(503), status(503, { 'retry-after': '0' }), ranged()))).toEqual(
    bytes,
  );
});

test('404 leads to the next address', async () => {
  const addresses = [`${server.origin}/nowhere`, server.serve('/mirror.onnx', bytes, ranged())];
  expect(await download(entryFor('alpha', bytes, addresses))).toEqual(bytes);
});

test('an address that went away midway is continued from the next one', async () => {
  const addresses = [
    server.serve('/first.onnx', bytes, cutAfter(100_000, storedBytes), status(404)),
    server.serve('/mirror.onnx', bytes, ranged('"other"')),
  ];
  expect(await download(entryFor('alpha', bytes, addresses))).toEqual(bytes);
  expect(server.requests[1]).toMatchObject({ url: '/mirror.onnx', headers: { range: expect.any(String) } });
  expect(server.requests[1]?.headers['if-range']).toBeUndefined();
});

test('416 behind the end begins anew', async () => {
  expect(await download(entryServed(cutAfter(100_000, storedBytes), status(416), ranged()))).toEqual(bytes);
});

test('a length that is not the published one is refused before anything is read', async () => {
  const error = await failureOf(
    (async () =>
      download(
        entryServed((_q, response) => void response.writeHead(200, { 'content-length': 5 }).end('short')),
      ))(),
  );
  expect(error.code).toBe('model.download-failed');
  expect(error.params['reason']).toContain('5 bytes');
});

test('a length larger than what comes is a broken connection, not a file', async () => {
  const lies: Behaviour = (_request, response, file) => {
    response.writeHead(200, { 'content-length': file.length });
    response.write(file.subarray(0, -1), () => response.socket?.end());
  };
  expect(await download(entryServed(lies, ranged(null)))).toEqual(bytes);
});

test('more bytes than announced are refused', async () => {
  const chunked: Behaviour = (_request, response, file) => {
    response.writeHead(200);
    response.end(Buffer.concat([file, Buffer.from('tail')]));
  };
  const error = await failureOf(download(entryServed(chunked)));
  expect(error.params['reason']).toContain('more than it announced');
});

test('redirects are followed, also to another path', async () => {
  server.serve('/real.onnx', bytes, ranged());
  expect(await download(entryServed(status(302, { location: '/real.onnx' })))).toEqual(bytes);
});

test('a circle of redirects ends', async () => {
  const error = await failureOf(download(entryServed(status(302, { location: '/alpha.onnx' }))));
  expect(error.params['reason']).toContain('redirects');
});

test('other bytes are never installed and say which file', async () => {
  const other = modelBytes(bytes.length);
  const entry = entryFor('alpha', bytes, [server.serve('/alpha.onnx', other, ranged())]);
  const models = bench.models([entry]);
  models.download(entry.id, false);
  const error = await failureOf(models.whenDownloaded(entry.id));
  expect(error).toMatchObject({ code: 'model.wrong-digest', params: { fileName: 'alpha.onnx' } });
  expect(models.list()[0]).toMatchObject({ state: 'not-installed', error: { code: 'model.wrong-digest' } });
  expect((await failureOf(models.fileOf(entry.id))).code).toBe('model.not-installed');
});

test('one flipped byte at the first address leads to the second', async () => {
  const flipped = Buffer.from(bytes);
  flipped[1234] = (flipped[1234] ?? 0) ^ 1;
  const addresses = [
    server.serve('/bad.onnx', flipped, ranged()),
    server.serve('/good.onnx', bytes, ranged()),
  ];
  expect(await download(entryFor('alpha', bytes, addresses))).toEqual(bytes);
});

test('a server that never works ends in an error that can be tried again', async () => {
  const error = await failureOf(download(entryServed(status(503))));
  expect(error).toMatchObject({ code: 'model.download-failed', transient: true });
  expect(error.params['reason']).toContain('503');
});

test('cancelling keeps what arrived, and a later download goes on behind it, even after a restart', async () => {
  const entry = entryServed(stallAfter(100_000), ranged());
  const models = bench.models([entry], { idleTimeoutMs: 60_000 });
  models.download(entry.id, false);
  await new Promise<void>((resolve) => {
    models.onChange((now) => {
      if (now.receivedBytes >= 100_000) resolve();
    });
  });
  models.cancelDownload(entry.id);
  await expect(models.whenDownloaded(entry.id)).rejects.toBeInstanceOf(JobCancelled);
  expect(models.list()[0]).toMatchObject({ state: 'not-installed', receivedBytes: 100_000, error: null });
  await models.close();

  expect(await download(entry)).toEqual(bytes);
  expect(server.requests[1]?.headers.range).toBe('bytes=100000-');
});

test('a part longer than the file is thrown away', async () => {
  await mkdir(join(bench.folder, 'alpha'), { recursive: true });
  await writeFile(join(bench.folder, 'alpha', 'alpha.onnx.part'), modelBytes(bytes.length + 10));
  expect(await download(entryServed(ranged()))).toEqual(bytes);
});

test('a complete part of a run that ended before its name was given is used without asking anyone', async () => {
  await mkdir(join(bench.folder, 'alpha'), { recursive: true });
  await writeFile(join(bench.folder, 'alpha', 'alpha.onnx.part'), bytes);
  expect(await download(entryServed(status(404)))).toEqual(bytes);
  expect(server.requests).toHaveLength(0);
});

test('two run at a time, the others wait', async () => {
  let running = 0;
  let most = 0;
  const slow: Behaviour = async (request, response, file) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 60));
    running--;
    ranged()(request, response, file);
  };
  const entries = ['a', 'b', 'c', 'd', 'e'].map((id) => {
    const own = modelBytes(5000);
    return entryFor(id, own, [server.serve(`/${id}`, own, slow)]);
  });
  const models = bench.models(entries);
  for (const entry of entries) models.download(entry.id, false);
  expect(models.list().map((now) => now.state)).not.toContain('installed');
  await Promise.all(entries.map((entry) => models.whenDownloaded(entry.id)));
  expect(most).toBe(2);
  expect(models.list().every((entry) => entry.state === 'installed')).toBe(true);
});

test('a queued download can be cancelled before it ever asked a server', async () => {
  const entries = ['a', 'b', 'c'].map((id) =>
    entryFor(id, modelBytes(5000), [server.serve(`/${id}`, bytes, stallAfter(10))]),
  );
  const models = bench.models(entries, { idleTimeoutMs: 60_000 });
  for (const entry of entries) models.download(entry.id, false);
  const last = entries[2] as CatalogEntry;
  models.cancelDownload(last.id);
  await expect(models.whenDownloaded(last.id)).rejects.toBeInstanceOf(JobCancelled);
  expect(server.requests.map((request) => request.url)).not.toContain('/c');
});
