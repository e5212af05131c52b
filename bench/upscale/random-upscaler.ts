// Real-ESRGAN's large network with random weights, converted as a downloaded one is: the arithmetic is the same.
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ModelFile, modelFileSchema } from '#shared/contract/model-file.ts';
import { rrdbnet } from '../../src/engine/checkpoints/architectures/rrdbnet.ts';
import type { Checkpoint, StoredTensor } from '../../src/engine/checkpoints/checkpoint.ts';
import { artefactFolder } from '../../src/engine/checkpoints/write-artefacts.ts';
import { randomFloats } from '../../test/helpers/golden-network.ts';

const features = 64;
const growth = 32;

export interface RandomUpscaler {
  readonly scale: 1 | 2 | 4;
  readonly blocks: number;
  /** Of the last convolution: set so that the answer looks like a picture in its range. */
  readonly lastGain: number;
  readonly lastBias: number;
}

/** Writes the graph into `folder`. */
export async function writeRandomUpscaler(folder: string, network: RandomUpscaler): Promise<ModelFile> {
  const checkpoint = randomCheckpoint(network);
  await mkdir(folder, { recursive: true });
  const options = {
    precision: 'fp32',
    signal: new AbortController().signal,
    documentation: 'random weights',
  } as const;
  const { contract } = await rrdbnet.convert(checkpoint, artefactFolder(folder, checkpoint, options));
  const graphPath = path.join(folder, 'rrdbnet.onnx');
  const sha256 = createHash('sha256')
    .update(await readFile(graphPath))
    .digest('hex');
  return modelFileSchema.parse({ modelId: 'random-upscaler', sha256, path: graphPath, contract });
}

function randomCheckpoint({ scale, blocks, lastGain, lastBias }: RandomUpscaler): Checkpoint {
  const tensors = new Map<string, StoredTensor>();
  const add = (name: string, outputs: number, inputs: number) => {
    tensors.set(`${name}.weight`, {
      name: `${name}.weight`,
      type: 'float32',
      dims: [outputs, inputs, 3, 3],
    });
    tensors.set(`${name}.bias`, { name: `${name}.bias`, type: 'float32', dims: [outputs] });
  };
  add('conv_first', features, 3 * (4 / scale) ** 2);
  for (let block = 0; block < blocks; block += 1) {
    for (const dense of [1, 2, 3]) {
      for (const index of [1, 2, 3, 4])
        add(`body.${block}.rdb${dense}.conv${index}`, growth, features + growth * (index - 1));
      add(`body.${block}.rdb${dense}.conv5`, features, features + growth * 4);
    }
  }
  for (const name of ['conv_body', 'conv_up1', 'conv_up2', 'conv_hr']) add(name, features, features);
  add('conv_last', 3, features);
  const names = [...tensors.keys()];
  return {
    tensors,
    async read(name) {
      const dims = [...(tensors.get(name)?.dims ?? [])];
      const inputs = dims.length > 1 ? (dims[1] ?? 1) * 9 : null;
      const isLast = name.startsWith('conv_last');
      const gain = (isLast ? lastGain : 1) * (name.includes('conv5') ? 0.5 : 1);
      const limit = inputs === null ? 0.02 : gain * Math.sqrt(3 / inputs);
      const seed = 1 + names.indexOf(name) * 7919;
      const values = randomFloats({ dims, seed, low: -limit, high: limit });
      return name === 'conv_last.bias' ? values.map((value) => value + lastBias) : values;
    },
    async close() {},
  };
}
