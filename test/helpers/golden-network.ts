// Golden values of official networks whose weights are seeded random numbers (test/parity/seeded_network.py).
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Checkpoint, StoredTensor } from '../../src/engine/checkpoints/checkpoint.ts';
import type { MemoryTensor } from './convert-network.ts';
import { seededRandom } from './seeded-random.ts';

const dimsSchema = z.array(z.int().positive());
const randomSchema = z.object({ dims: dimsSchema, seed: z.int(), low: z.number(), high: z.number() });
const rowSchema = z.union([
  randomSchema.extend({ name: z.string() }),
  z.object({ name: z.string(), dims: dimsSchema, values: z.array(z.number()) }),
  z.object({ name: z.string(), dims: dimsSchema, type: z.literal('int64') }),
]);
const goldenSchema = z.object({
  inputs: z.record(z.string(), randomSchema),
  outputs: z.record(z.string(), z.object({ dims: dimsSchema })),
  tensors: z.array(rowSchema),
});

export interface GoldenNetwork {
  readonly checkpoint: Checkpoint;
  readonly inputs: Record<string, MemoryTensor>;
  readonly outputs: Record<string, MemoryTensor>;
}

/** The committed golden of that name, and the one of full size where HEIRLOOM_FULL_GOLDEN names a folder that has it. */
export function goldenFolders(name: string): string[] {
  const committed = path.join(import.meta.dirname, '../fixtures', name);
  const fullGoldens = process.env['HEIRLOOM_FULL_GOLDEN'];
  const full = fullGoldens === undefined ? committed : path.join(fullGoldens, name);
  return full !== committed && existsSync(full) ? [committed, full] : [committed];
}

export async function readGolden(folder: string): Promise<GoldenNetwork> {
  const golden = goldenSchema.parse(JSON.parse(await readFile(path.join(folder, 'golden.json'), 'utf8')));
  const inputs: Record<string, MemoryTensor> = {};
  for (const [name, input] of Object.entries(golden.inputs))
    inputs[name] = { dims: input.dims, data: randomFloats(input) };
  const outputs: Record<string, MemoryTensor> = {};
  for (const [name, { dims }] of Object.entries(golden.outputs)) {
    const bytes = await readFile(path.join(folder, `${name}.f32`));
    outputs[name] = { dims, data: new Float32Array(new Uint8Array(bytes).buffer) };
  }
  return { checkpoint: seededCheckpoint(golden.tensors), inputs, outputs };
}

/** Tensors are made when they are read: a network of full size needs no more memory than its largest one. */
function seededCheckpoint(rows: readonly z.infer<typeof rowSchema>[]): Checkpoint {
  const byName = new Map(rows.map((row) => [row.name, row]));
  const tensors = new Map<string, StoredTensor>();
  for (const row of rows) {
    const type = 'type' in row ? row.type : 'float32';
    tensors.set(row.name, { name: row.name, type, dims: row.dims });
  }
  return {
    tensors,
    async read(name) {
      const row = byName.get(name);
      if (row === undefined) throw new RangeError(`no tensor ${name}`);
      if ('type' in row) return new Float32Array(elementCount(row.dims));
      return 'values' in row ? Float32Array.from(row.values) : randomFloats(row);
    },
    async close() {},
  };
}

export function randomFloats({ dims, seed, low, high }: z.infer<typeof randomSchema>): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: elementCount(dims) }, () => low + (high - low) * random());
}

/** The largest difference, as a part of the expected values' range. */
export function worstError(actual: MemoryTensor | undefined, expected: MemoryTensor): number {
  return worstDifference(actual, expected) / rangeOf(expected);
}

/** Peak signal-to-noise ratio in decibels, the expected values' range being the peak. */
export function signalToNoise(actual: MemoryTensor | undefined, expected: MemoryTensor): number {
  assertSameShape(actual, expected);
  let squares = 0;
  expected.data.forEach((value, index) => {
    squares += (value - (actual?.data[index] ?? Number.NaN)) ** 2;
  });
  return 10 * Math.log10(rangeOf(expected) ** 2 / (squares / expected.data.length));
}

function worstDifference(actual: MemoryTensor | undefined, expected: MemoryTensor): number {
  assertSameShape(actual, expected);
  let worst = 0;
  expected.data.forEach((value, index) => {
    const difference = Math.abs(value - (actual?.data[index] ?? Number.NaN));
    if (!(difference <= worst)) worst = difference;
  });
  return worst;
}

function assertSameShape(actual: MemoryTensor | undefined, expected: MemoryTensor): void {
  if (actual?.dims.join() !== expected.dims.join())
    throw new RangeError(`[${actual?.dims}] instead of [${expected.dims}]`);
}

function rangeOf({ data }: MemoryTensor): number {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of data) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  return highest - lowest;
}

function elementCount(dims: readonly number[]): number {
  return dims.reduce((product, size) => product * size, 1);
}
