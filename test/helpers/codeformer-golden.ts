// Golden values of test/parity/make-codeformer-golden.py: the checkpoint as plain bytes, the input, the answers.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { halvesToFloats } from '../../src/engine/onnx/half-float.ts';
import { type MemoryTensor, memoryCheckpoint } from './convert-network.ts';

const goldenSchema = z.object({
  side: z.int(),
  weightType: z.enum(['float16', 'float32']),
  cases: z.array(z.object({ file: z.string(), fidelity: z.number(), adain: z.boolean(), range: z.number() })),
  tensors: z.array(z.tuple([z.string(), z.array(z.int())])),
});

export const tinyCodeFormerFolder = path.join(import.meta.dirname, '../fixtures/codeformer');

export function readCodeFormerGolden(folder: string) {
  const golden = goldenSchema.parse(JSON.parse(readFileSync(path.join(folder, 'golden.json'), 'utf8')));
  const bytes = (name: string) => {
    const file = readFileSync(path.join(folder, name));
    return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
  };
  const weights = bytes('weights.bin');
  const width = golden.weightType === 'float16' ? 2 : 4;
  const tensors: Record<string, MemoryTensor> = {};
  let at = 0;
  for (const [name, dims] of golden.tensors) {
    const count = dims.reduce((product, size) => product * size, 1);
    const data =
      width === 2
        ? halvesToFloats(new Uint16Array(weights, at, count))
        : new Float32Array(weights, at, count);
    tensors[name] = { dims, data };
    at += count * width;
  }
  const image: MemoryTensor = {
    dims: [1, 3, golden.side, golden.side],
    data: Float32Array.from(new Uint8Array(bytes('input.u8')), (sample) => sample / 127.5 - 1),
  };
  return {
    checkpoint: memoryCheckpoint(tensors),
    image,
    /** The official answer for a fidelity, with the codes' statistics matched ("adain") or not. */
    answer(fidelity: number, adain = true) {
      const found = golden.cases.find((known) => known.fidelity === fidelity && known.adain === adain);
      if (found === undefined) throw new RangeError(`no golden answer for ${fidelity}`);
      return { data: new Float32Array(bytes(found.file)), range: found.range };
    },
  };
}
