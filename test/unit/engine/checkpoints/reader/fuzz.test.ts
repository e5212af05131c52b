// A thousand damaged checkpoints: each is read or refused in words, quickly, without running or allocating anything
// that its own size does not pay for.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { Checkpoint } from '../../../../../src/engine/checkpoints/checkpoint.ts';
import { openCheckpoint } from '../../../../../src/engine/checkpoints/reader/open-checkpoint.ts';
import { checkpointFixtures } from '../../../../helpers/checkpoint-fixtures.ts';
import { allocatedBytes } from '../../../../helpers/count-allocations.ts';
import { mutateBytes } from '../../../../helpers/mutate-bytes.ts';
import { seededRandom } from '../../../../helpers/seeded-random.ts';
import { writeZipCheckpoint } from '../../../../helpers/write-checkpoint.ts';

const seed = Number(process.env['HEIRLOOM_FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const mutants = 1000;
/** Windows of the readers, which do not depend on what a file says. */
const windowBytes = 256 * 1024;
const refusals = ['model.checkpoint-damaged', 'model.checkpoint-refused', 'file.empty'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'heirloom-fuzz-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function originals(): Promise<Buffer[]> {
  const names = (await readdir(checkpointFixtures)).filter((name) => name.endsWith('.pth'));
  const files = await Promise.all(names.map((name) => readFile(path.join(checkpointFixtures, name))));
  // Large enough that a wrong length would show.
  const large = path.join(folder, 'large.pth');
  const tensors = Array.from({ length: 60 }, (_, index) => ({
    name: `layer.${index}.weight`,
    dims: [16, 8, 3, 3],
    values: () => new Float32Array(16 * 8 * 9).fill(index),
  }));
  await writeZipCheckpoint(large, 'params_ema', tensors);
  return [...files, await readFile(large)];
}

async function refusalOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
    return null;
  } catch (error) {
    return error;
  }
}

test(`${mutants} mutants (HEIRLOOM_FUZZ_SEED=${seed})`, { timeout: 120_000 }, async () => {
  const random = seededRandom(seed);
  const sources = await originals();
  const file = path.join(folder, 'mutant.pth');
  const before = process.cwd();
  process.chdir(folder);
  const outcomes = { read: 0, refused: 0 };
  try {
    for (let index = 0; index < mutants; index += 1) {
      const source = sources[Math.floor(random() * sources.length)] as Buffer;
      const mutant = mutateBytes(source, random);
      await writeFile(file, mutant);
      const bound = 2 * mutant.length + windowBytes;
      const context = `seed ${seed}, mutant ${index}`;
      let checkpoint: Checkpoint | null = null;
      let refusal: unknown = null;
      const opening = await allocatedBytes(async () => {
        refusal = await refusalOf(async () => {
          checkpoint = await openCheckpoint(file);
        });
      });
      expect(opening, context).toBeLessThanOrEqual(bound);
      const opened = checkpoint as Checkpoint | null;
      for (const name of opened?.tensors.keys() ?? []) {
        let failure: unknown = null;
        const reading = await allocatedBytes(async () => {
          failure = await refusalOf(() => opened?.read(name) ?? Promise.resolve());
        });
        expect(reading, `${context}, ${name}`).toBeLessThanOrEqual(bound);
        refusal ??= failure;
      }
      await opened?.close();
      if (refusal === null) outcomes.read += 1;
      else {
        outcomes.refused += 1;
        expect(refusal, `${context}: ${String(refusal)}`).toBeInstanceOf(HeirloomError);
        expect(refusals, context).toContain((refusal as HeirloomError).code);
      }
    }
  } finally {
    process.chdir(before);
  }
  // Both happen: damage in unused bytes is no reason to refuse, most damage is.
  expect(outcomes.refused).toBeGreaterThan(mutants / 4);
  expect(outcomes.read).toBeGreaterThan(0);
  expect((await readdir(folder)).sort()).toEqual(['large.pth', 'mutant.pth']);
});
