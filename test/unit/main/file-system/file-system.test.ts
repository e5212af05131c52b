// Atomic writes, JSON files, digests and free space on a real temporary folder.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { JobCancelled } from '#shared/errors/heirloom-error.ts';
import { copyWithDigest, readBlocks, sha256OfFile } from '../../../../src/main/file-system/file-digest.ts';
import { bytesIn, freeBytesAt, isDiskFull } from '../../../../src/main/file-system/free-space.ts';
import { readJsonFile, writeJsonFile } from '../../../../src/main/file-system/json-file.ts';
import { writeAtomically } from '../../../../src/main/file-system/write-atomically.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heirloom-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

// More than two blocks of one megabyte, and not a whole number of them.
const bytes = randomBytes((2 << 20) + 12_345);
const digest = createHash('sha256').update(bytes).digest('hex');

test('an atomic write makes the folder, replaces the content and leaves nothing else', async () => {
  const path = join(folder, 'new', 'a.json');
  await writeAtomically(path, 'one');
  await writeAtomically(path, 'two');
  expect(await readFile(path, 'utf8')).toBe('two');
  expect(await readdir(join(folder, 'new'))).toEqual(['a.json']);
});

test('a write that fails leaves the old content and no temporary file', async () => {
  await mkdir(join(folder, 'taken'));
  await expect(writeAtomically(join(folder, 'taken'), 'x')).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['taken']);
});

test('a JSON file is read, absent or unusable, never thrown', async () => {
  const path = join(folder, 'a.json');
  const schema = z.object({ count: z.number() });
  expect(readJsonFile(path, schema)).toEqual({ kind: 'absent' });
  await writeJsonFile(path, { count: 3 });
  expect(readJsonFile(path, schema)).toEqual({ kind: 'read', value: { count: 3 } });
  for (const content of ['{"count":"three"}', '{"count":', '']) {
    await writeFile(path, content);
    expect(readJsonFile(path, schema).kind, content).toBe('unusable');
  }
});

test('digests of files, of their beginnings and of copies', async () => {
  const path = join(folder, 'a');
  await writeFile(path, bytes);
  expect(await sha256OfFile(path)).toBe(digest);
  const hash = createHash('sha256');
  expect(await readBlocks(path, (block) => hash.update(block), { byteLimit: 1_500_000 })).toBe(1_500_000);
  expect(hash.digest('hex')).toBe(createHash('sha256').update(bytes.subarray(0, 1_500_000)).digest('hex'));
  expect(await copyWithDigest(path, join(folder, 'b'))).toEqual({ sha256: digest, byteSize: bytes.length });
  expect(bytes.equals(await readFile(join(folder, 'b')))).toBe(true);
});

test('a copy never replaces a file', async () => {
  const path = join(folder, 'a');
  await writeFile(path, bytes);
  await expect(copyWithDigest(path, path)).rejects.toMatchObject({ code: 'EEXIST' });
  expect(await sha256OfFile(path)).toBe(digest);
});

test('reading tells its progress and can be cancelled between blocks', async () => {
  const path = join(folder, 'a');
  await writeFile(path, bytes);
  const controller = new AbortController();
  const progress: number[] = [];
  const reading = sha256OfFile(path, {
    signal: controller.signal,
    onBytes: (doneBytes) => {
      progress.push(doneBytes);
      if (progress.length === 2) controller.abort();
    },
  });
  await expect(reading).rejects.toBeInstanceOf(JobCancelled);
  expect(progress).toEqual([1 << 20, 2 << 20]);
});

test('what a folder takes counts everything below it', async () => {
  await mkdir(join(folder, 'a', 'b'), { recursive: true });
  await writeFile(join(folder, 'one'), Buffer.alloc(1000));
  await writeFile(join(folder, 'a', 'b', 'two'), Buffer.alloc(234));
  expect(await bytesIn(folder)).toBe(1234);
  expect(await bytesIn(join(folder, 'nowhere'))).toBe(0);
});

test('free space is told for a path that does not exist yet', async () => {
  expect(await freeBytesAt(join(folder, 'not', 'yet', 'here'))).toBeGreaterThan(0);
  expect(isDiskFull(Object.assign(new Error(), { code: 'ENOSPC' }))).toBe(true);
  expect(isDiskFull(new Error('full'))).toBe(false);
  expect(isDiskFull(null)).toBe(false);
});
