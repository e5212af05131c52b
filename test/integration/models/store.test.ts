// What is on disk: verified once, remembered, checked again when it changed, never handed out wrong.
import { mkdir, readFile, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CatalogEntry, ModelStatus } from '#shared/domain/model.ts';
import { converterThatWrites } from './converter-fixture.ts';
import { type Bench, entryFor, modelBytes, openBench, sha256Of } from './models-fixture.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const bytes = modelBytes(50_000);

async function put(entry: CatalogEntry, content: Buffer): Promise<string> {
  const path = join(bench.folder, entry.id, entry.fileName);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
  return path;
}

function flipped(content: Buffer): Buffer {
  const copy = Buffer.from(content);
  copy[copy.length >> 1] = (copy[copy.length >> 1] ?? 0) ^ 1;
  return copy;
}

function rejection(code: string): object {
  return { name: 'HeirloomError', code };
}

describe('a file that is there', () => {
  test('is handed out with its digest and contract', async () => {
    const entry = entryFor('alpha', bytes, []);
    const path = await put(entry, bytes);
    const models = bench.models([entry]);
    expect(await models.fileOf(entry.id)).toEqual({
      modelId: 'alpha',
      sha256: sha256Of(bytes),
      path,
      contract: entry.contract,
    });
    expect(models.list()[0]?.state).toBe('installed');
  });

  test('is known at the next start without being read', async () => {
    const entry = entryFor('alpha', bytes, []);
    const path = await put(entry, bytes);
    const first = bench.models([entry]);
    await first.whenReady();
    await first.close();
    const before = await stat(path);
    const index = JSON.parse(await readFile(join(bench.folder, 'index.json'), 'utf8'));
    expect(index.verified).toMatchObject([{ modelId: 'alpha', byteSize: before.size, inode: before.ino }]);
    // Asked before anything could be hashed: only the memory can know.
    expect(bench.models([entry]).list()[0]?.state).toBe('installed');
  });

  test.each([
    ['one flipped byte', () => flipped(bytes)],
    ['no bytes', () => Buffer.alloc(0)],
    ['half of it', () => bytes.subarray(0, 25_000)],
  ])('with %s is never handed out, and the error says which file', async (_what, spoil) => {
    const entry = entryFor('alpha', bytes, []);
    const path = await put(entry, spoil());
    const models = bench.models([entry]);
    await expect(models.fileOf(entry.id)).rejects.toMatchObject({
      ...rejection('model.wrong-digest'),
      params: { fileName: path },
    });
    expect(models.list()[0]).toMatchObject({ state: 'damaged', error: { code: 'model.wrong-digest' } });
    expect(await models.bestFor('face-restoration')).toBeNull();
  });

  test('is checked again when it changes while the studio runs', async () => {
    const entry = entryFor('alpha', bytes, []);
    const path = await put(entry, bytes);
    const models = bench.models([entry]);
    await models.fileOf(entry.id);
    await writeFile(path, flipped(bytes));
    await expect(models.fileOf(entry.id)).rejects.toMatchObject(rejection('model.wrong-digest'));
    await writeFile(path, bytes);
    expect((await models.fileOf(entry.id)).path).toBe(path);
  });

  test('is checked again when another file takes its name, even with the same size and time', async () => {
    const entry = entryFor('alpha', bytes, []);
    const path = await put(entry, bytes);
    const models = bench.models([entry]);
    await models.fileOf(entry.id);
    const { atime, mtime } = await stat(path);
    await writeFile(`${path}.other`, flipped(bytes));
    await utimes(`${path}.other`, atime, mtime);
    await rename(`${path}.other`, path);
    await expect(models.fileOf(entry.id)).rejects.toMatchObject(rejection('model.wrong-digest'));
  });

  test('is found by verify when the stamp hides the change', async () => {
    const entry = entryFor('alpha', bytes, []);
    const path = await put(entry, bytes);
    // Whole seconds, so that the time can be put back exactly.
    await utimes(path, 1_700_000_000, 1_700_000_000);
    const models = bench.models([entry]);
    await models.fileOf(entry.id);
    await writeFile(path, flipped(bytes));
    await utimes(path, 1_700_000_000, 1_700_000_000);
    expect(models.list()[0]?.state).toBe('installed');
    expect(await models.verify(null)).toMatchObject([{ state: 'damaged' }]);
    await expect(models.fileOf(entry.id)).rejects.toMatchObject(rejection('model.wrong-digest'));
  });

  test('is looked at in the background when nothing vouches for it, and listeners hear of it', async () => {
    const entry = entryFor('alpha', bytes, []);
    await put(entry, bytes);
    const models = bench.models([entry]);
    const heard: ModelStatus['state'][] = [];
    models.onChange((status) => heard.push(status.state));
    expect(models.list()[0]?.state).toBe('verifying');
    await models.whenReady();
    expect(heard.at(-1)).toBe('installed');
  });

  test('survives an index that cannot be read', async () => {
    const entry = entryFor('alpha', bytes, []);
    await put(entry, bytes);
    await writeFile(join(bench.folder, 'index.json'), '{ not json');
    const models = bench.models([entry]);
    expect((await models.fileOf(entry.id)).modelId).toBe('alpha');
    expect(bench.log.join()).toContain('begun anew');
  });
});

describe('the best of a purpose', () => {
  test('is the installed one of highest rank that can run', async () => {
    const entries = [
      entryFor('low', modelBytes(10), [], { rank: 1 }),
      entryFor('high', bytes, [], { rank: 5 }),
      entryFor('not-here', modelBytes(10), [], { rank: 9 }),
      entryFor('unknown-tensors', bytes.subarray(1), [], { rank: 8, contract: { interface: 'none' } }),
      entryFor('other-purpose', bytes.subarray(2), [], { rank: 7, purpose: 'upscaling' }),
    ];
    const [, high, , unknown, other] = entries as [
      CatalogEntry,
      CatalogEntry,
      CatalogEntry,
      CatalogEntry,
      CatalogEntry,
    ];
    await put(high, bytes);
    await put(unknown, bytes.subarray(1));
    await put(other, bytes.subarray(2));
    const models = bench.models(entries);
    expect((await models.bestFor('face-restoration'))?.modelId).toBe('high');
    expect(await models.bestFor('inpainting')).toBeNull();
    await expect(models.fileOf(unknown.id)).rejects.toMatchObject(rejection('model.load-failed'));
  });

  test('passes over a damaged one and says so', async () => {
    const good = entryFor('good', bytes, [], { rank: 1 });
    const bad = entryFor('bad', modelBytes(10), [], { rank: 5 });
    await put(good, bytes);
    await put(bad, modelBytes(10));
    const models = bench.models([good, bad]);
    expect((await models.bestFor('face-restoration'))?.modelId).toBe('good');
    expect(models.list()[1]).toMatchObject({ state: 'damaged', error: { code: 'model.wrong-digest' } });
    expect(bench.log.join()).toContain('bad');
  });
});

describe('bundled models', () => {
  test('are found in either layout, are installed from the start and stay', async () => {
    const shipped = join(bench.folder, '..', 'shipped');
    const own = modelBytes(20);
    const entries = [
      entryFor('in-folder', bytes, [], { isBundled: true }),
      entryFor('flat', own, [], { isBundled: true }),
    ];
    await mkdir(join(shipped, 'in-folder'), { recursive: true });
    await writeFile(join(shipped, 'in-folder', 'in-folder.onnx'), bytes);
    await writeFile(join(shipped, 'flat.onnx'), own);
    const models = bench.models(entries, { bundledFolders: [shipped] });
    await models.whenReady();
    expect(models.list().map((status) => status.state)).toEqual(['installed', 'installed']);
    for (const entry of entries) {
      await expect(models.remove(entry.id)).rejects.toMatchObject(rejection('model.bundled'));
    }
  });

  test('that are damaged can be replaced by an import', async () => {
    const shipped = join(bench.folder, '..', 'shipped');
    const entry = entryFor('lite', bytes, [], { isBundled: true });
    await mkdir(shipped, { recursive: true });
    await writeFile(join(shipped, 'lite.onnx'), flipped(bytes));
    await writeFile(join(shipped, 'copy'), bytes);
    const models = bench.models([entry], { bundledFolders: [shipped] });
    await expect(models.fileOf(entry.id)).rejects.toMatchObject(rejection('model.wrong-digest'));
    expect((await models.importFile(join(shipped, 'copy'), false)).state).toBe('installed');
    expect((await models.fileOf(entry.id)).path).toBe(join(bench.folder, 'lite', 'lite.onnx'));
  });
});

describe('checkpoints', () => {
  const checkpoint = entryFor('seed', bytes, [], {
    container: 'pth',
    fileName: 'seed.pth',
    contract: { interface: 'none' },
  });

  test('wait for conversion and are not handed out', async () => {
    await put(checkpoint, bytes);
    const models = bench.models([checkpoint]);
    await models.whenReady();
    expect(models.list()[0]?.state).toBe('awaiting-conversion');
    await expect(models.fileOf(checkpoint.id)).rejects.toMatchObject(rejection('model.needs-conversion'));
    expect(await models.bestFor('face-restoration')).toBeNull();
  });

  test('run as soon as a converter is there, and only after their digest was checked', async () => {
    const path = await put(checkpoint, bytes);
    const asked: string[] = [];
    const converter = converterThatWrites('graph', asked);
    const models = bench.models([checkpoint], { converters: [converter] });
    await models.whenReady();
    // Nobody who asks for the best model waits for a conversion.
    expect(await models.bestFor('face-restoration')).toBeNull();
    expect(models.list()[0]?.state).toBe('awaiting-conversion');
    const file = await models.fileOf(checkpoint.id);
    expect(file).toMatchObject({ modelId: 'seed', contract: { interface: 'face-restorer' } });
    expect(file.parts).toEqual([
      {
        name: 'whole',
        path: join(bench.folder, 'seed', 'converted-fp32', 'whole.onnx'),
        sha256: sha256Of(Buffer.from('graph')),
        weights: null,
      },
    ]);
    expect(await models.bestFor('face-restoration')).toEqual(file);
    expect(models.list()[0]?.state).toBe('installed');
    await writeFile(path, flipped(bytes));
    expect(await models.bestFor('face-restoration')).toBeNull();
    expect(asked).toHaveLength(1);
    await models.remove(checkpoint.id);
    await expect(stat(join(bench.folder, 'seed'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

test('an unknown id is an error of its own', async () => {
  const models = bench.models([]);
  await expect(models.fileOf(entryFor('nobody', bytes, []).id)).rejects.toMatchObject(
    rejection('model.unknown'),
  );
});
