// Files a person brings along, and the licences they must accept first.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LoopbackServer, ranged, startServer } from './loopback-server.ts';
import { type Bench, entryFor, modelBytes, openBench } from './models-fixture.ts';

let bench: Bench;
let server: LoopbackServer;
let incoming: string;
beforeEach(async () => {
  bench = await openBench();
  server = await startServer();
  incoming = join(bench.folder, '..', 'incoming 😀');
  await mkdir(incoming);
});
afterEach(async () => {
  await bench.close();
  await server.close();
});

const bytes = modelBytes(40_000);
const nonCommercial = { licence: { name: 'NC 1', url: null, isNonCommercial: true, isUnverified: false } };

async function bring(content: Buffer, name = 'any name.bin'): Promise<string> {
  const path = join(incoming, name);
  await writeFile(path, content);
  return path;
}

test('a file is recognised by its digest, copied under its own name, and left untouched', async () => {
  const entry = entryFor('alpha', bytes, []);
  const models = bench.models([entryFor('other', modelBytes(10), []), entry]);
  const path = await bring(bytes);
  expect(await models.importFile(path, false)).toMatchObject({ entry: { id: 'alpha' }, state: 'installed' });
  expect(await readFile((await models.fileOf(entry.id)).path)).toEqual(bytes);
  expect(await readFile(path)).toEqual(bytes);
  expect(await readdir(join(bench.folder, 'alpha'))).toEqual(['alpha.onnx']);
});

test.each([
  ['another file', () => modelBytes(40_000), 'model.import-unrecognised'],
  ['an empty file', () => Buffer.alloc(0), 'file.empty'],
])('%s is refused and nothing is left behind', async (_what, content, code) => {
  const models = bench.models([entryFor('alpha', bytes, [])]);
  await expect(models.importFile(await bring(content()), false)).rejects.toMatchObject({ code });
  expect(models.list()[0]?.state).toBe('not-installed');
});

test('a path that is not there, or a folder, is said plainly', async () => {
  const models = bench.models([entryFor('alpha', bytes, [])]);
  await expect(models.importFile(join(incoming, 'gone'), false)).rejects.toMatchObject({
    code: 'file.not-found',
  });
  await expect(models.importFile(incoming, false)).rejects.toMatchObject({ code: 'file.unreadable' });
});

test('a models folder that cannot be written to is said plainly', async () => {
  const blocked = await bring(Buffer.from('a file where the folder should be'), 'blocked');
  const models = bench.models([entryFor('alpha', bytes, [])], { folder: () => blocked });
  await expect(models.importFile(await bring(bytes), false)).rejects.toMatchObject({
    code: 'model.folder-not-usable',
  });
});

test('importing over a damaged file puts it right', async () => {
  const entry = entryFor('alpha', bytes, []);
  await mkdir(join(bench.folder, 'alpha'), { recursive: true });
  await writeFile(join(bench.folder, 'alpha', 'alpha.onnx'), modelBytes(5));
  const models = bench.models([entry]);
  await models.whenReady();
  expect(models.list()[0]?.state).toBe('damaged');
  expect((await models.importFile(await bring(bytes), false)).state).toBe('installed');
});

test('a non-commercial licence is asked for once, for downloads and imports alike, and remembered', async () => {
  const second = modelBytes(30_000);
  const entries = [
    entryFor('alpha', bytes, [server.serve('/alpha', bytes, ranged())], nonCommercial),
    entryFor('beta', second, [], nonCommercial),
    entryFor('gamma', modelBytes(9), [server.serve('/gamma', bytes, ranged())], {
      licence: { name: 'unknown', url: null, isNonCommercial: false, isUnverified: true },
    }),
  ];
  const [alpha, , gamma] = entries;
  if (alpha === undefined || gamma === undefined) throw new Error('fixture');
  const models = bench.models(entries);
  const refusal = { code: 'model.licence-not-accepted', params: { name: 'Model alpha', licence: 'NC 1' } };
  expect(() => models.download(alpha.id, false)).toThrow(expect.objectContaining(refusal));
  await expect(models.importFile(await bring(bytes), false)).rejects.toMatchObject(refusal);
  expect(server.requests).toHaveLength(0);

  models.download(alpha.id, true);
  await models.whenDownloaded(alpha.id);
  await models.close();

  const later = bench.models(entries);
  expect((await later.importFile(await bring(second), false)).state).toBe('installed');
  expect(() => later.download(gamma.id, false)).toThrow(
    expect.objectContaining({ code: 'model.licence-not-accepted' }),
  );
});

test('an entry without an address can only be imported', () => {
  const entry = entryFor('alpha', bytes, []);
  expect(() => bench.models([entry]).download(entry.id, false)).toThrow(
    expect.objectContaining({ code: 'model.no-address' }),
  );
});

test('removing deletes the file and what an unfinished download left, and nothing else', async () => {
  const entry = entryFor('alpha', bytes, []);
  const models = bench.models([entry]);
  await models.importFile(await bring(bytes), false);
  await writeFile(join(bench.folder, 'alpha', 'alpha.onnx.part'), 'rest');
  await writeFile(join(bench.folder, 'alpha', 'notes.txt'), 'mine');
  expect(await models.remove(entry.id)).toMatchObject({ state: 'not-installed', receivedBytes: 0 });
  expect(await readdir(join(bench.folder, 'alpha'))).toEqual(['notes.txt']);
});
