// The models folder moves: complete at the new place before the old one goes, or not at all.
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { JobCancelled } from '#shared/errors/heirloom-error.ts';
import type { ModelsPort } from '../../../src/main/models/models-port.ts';
import { type Bench, entryFor, modelBytes, openBench } from './models-fixture.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const contents = [modelBytes(20_000), modelBytes(30_000)];
const licence = { name: 'NC 1', url: null, isNonCommercial: true, isUnverified: false };
const entries = contents.map((bytes, index) => entryFor(`model-${index}`, bytes, [], { licence }));

/** Two models imported and one unfinished download. */
async function fill(
  saveFolder?: (folder: string) => void,
): Promise<{ models: ModelsPort; target: string; current: () => string }> {
  let folder = bench.folder;
  const models = bench.models(entries, {
    folder: () => folder,
    saveFolder: (chosen) => {
      saveFolder?.(chosen);
      folder = chosen;
    },
  });
  for (const [index, bytes] of contents.entries()) {
    const path = join(bench.folder, '..', `incoming-${index}`);
    await writeFile(path, bytes);
    await models.importFile(path, true);
  }
  await writeFile(join(bench.folder, 'model-0', 'model-0.onnx.part'), 'unfinished');
  return { models, target: join(bench.folder, '..', 'new place'), current: () => folder };
}

test('everything is at the new place, the old one is gone, licences stay accepted', async () => {
  const { models, target, current } = await fill();
  await models.moveFolder(target);
  expect(current()).toBe(target);
  expect(existsSync(bench.folder)).toBe(false);
  expect(models.list().map((status) => status.state)).toEqual(['installed', 'installed']);
  for (const [index, entry] of entries.entries()) {
    const { path } = await models.fileOf(entry.id);
    expect(path.startsWith(target)).toBe(true);
    expect(await readFile(path)).toEqual(contents[index]);
  }
  expect(await readFile(join(target, 'model-0', 'model-0.onnx.part'), 'utf8')).toBe('unfinished');
  expect(JSON.parse(await readFile(join(target, 'index.json'), 'utf8')).acceptedLicences).toEqual(['NC 1']);
});

test('files that are not models stay where they are', async () => {
  const { models, target } = await fill();
  await writeFile(join(bench.folder, 'mine.txt'), 'mine');
  await models.moveFolder(target);
  expect(await readdir(bench.folder)).toEqual(['mine.txt']);
});

test('when the switch fails the old folder is as it was and the new one is empty', async () => {
  const { models, target, current } = await fill(() => {
    throw new Error('settings cannot be written');
  });
  await expect(models.moveFolder(target)).rejects.toMatchObject({ code: 'model.folder-not-usable' });
  expect(current()).toBe(bench.folder);
  expect(existsSync(target) ? await readdir(target) : []).toEqual([]);
  expect((await models.fileOf(entries[0]?.id as never)).path.startsWith(bench.folder)).toBe(true);
});

test('a cancelled move leaves everything as it was', async () => {
  const { models, target, current } = await fill();
  await expect(models.moveFolder(target, AbortSignal.abort())).rejects.toBeInstanceOf(JobCancelled);
  expect(current()).toBe(bench.folder);
  expect(existsSync(target) ? await readdir(target) : []).toEqual([]);
  expect(models.list().map((status) => status.state)).toEqual(['installed', 'installed']);
});

test.each([
  [
    'a folder with something in it',
    async (target: string) => {
      await mkdir(target);
      await writeFile(join(target, 'photo.jpg'), '');
      return target;
    },
  ],
  [
    'a file',
    async (target: string) => {
      await writeFile(target, '');
      return target;
    },
  ],
  ['a folder inside the old one', async () => join(bench.folder, 'inside')],
  ['the folder around the old one', async () => join(bench.folder, '..')],
  ['the same folder', async () => bench.folder],
])('%s is refused', async (_what, prepare) => {
  const { models, target } = await fill();
  await expect(models.moveFolder(await prepare(target))).rejects.toMatchObject({
    code: 'model.folder-not-usable',
  });
  expect(models.list().map((status) => status.state)).toEqual(['installed', 'installed']);
});

test('a folder the environment names cannot be moved', async () => {
  const models = bench.models(entries, { saveFolder: null });
  await expect(models.moveFolder(join(bench.folder, '..', 'x'))).rejects.toMatchObject({
    code: 'model.folder-not-usable',
  });
});
