// Converts a network whose tensors are in memory and opens what came out, for tests of the architectures and layers.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { ArtefactFolder } from '../../src/engine/checkpoints/architecture.ts';
import type { Checkpoint, StoredTensor } from '../../src/engine/checkpoints/checkpoint.ts';
import type { Precision } from '../../src/engine/checkpoints/network-writer.ts';
import { artefactFolder } from '../../src/engine/checkpoints/write-artefacts.ts';

export interface MemoryTensor {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

export function memoryCheckpoint(tensors: Readonly<Record<string, MemoryTensor>>): Checkpoint {
  const table = new Map<string, StoredTensor>();
  for (const [name, { dims }] of Object.entries(tensors)) table.set(name, { name, type: 'float32', dims });
  return {
    tensors: table,
    async read(name) {
      const tensor = tensors[name];
      if (tensor === undefined) throw new RangeError(`no tensor ${name}`);
      return tensor.data.slice();
    },
    async close() {},
  };
}

export type Feeds = Readonly<Record<string, MemoryTensor>>;
export interface OpenGraph {
  /** Every output as floats, by name. */
  run(feeds: Feeds): Promise<Record<string, MemoryTensor>>;
}

/** Runs `write` in a fresh folder, opens the graph called `name`, hands it to `use`, and removes everything. */
export async function withConverted<Result>(
  checkpoint: Checkpoint,
  write: (folder: ArtefactFolder) => Promise<unknown>,
  use: (open: (name: string) => Promise<OpenGraph>) => Promise<Result>,
  precision: Precision = 'fp32',
): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'heirloom-convert-'));
  const sessions: InferenceSession[] = [];
  try {
    const options = { precision, signal: new AbortController().signal, documentation: 'test' };
    await write(artefactFolder(folder, checkpoint, options));
    return await use(async (name) => {
      const session = await InferenceSession.create(path.join(folder, `${name}.onnx`), {
        executionProviders: ['cpu'],
      });
      sessions.push(session);
      return { run: (feeds) => runSession(session, feeds) };
    });
  } finally {
    for (const session of sessions) await session.release();
    await rm(folder, { recursive: true, force: true });
  }
}

async function runSession(session: InferenceSession, feeds: Feeds): Promise<Record<string, MemoryTensor>> {
  const tensors: Record<string, Tensor> = {};
  for (const [name, { data, dims }] of Object.entries(feeds))
    tensors[name] = new Tensor('float32', data, dims);
  const answers: Record<string, MemoryTensor> = {};
  for (const [name, { data, dims }] of Object.entries(await session.run(tensors))) {
    if (!(data instanceof Float32Array)) throw new TypeError(`${name} is not float32`);
    answers[name] = { data, dims };
  }
  return answers;
}
