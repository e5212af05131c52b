// Runs a layer in two forms on the same input, for rewrites that must change nothing but the time.
import type { NetworkWriter } from '../../src/engine/checkpoints/network-writer.ts';
import type { OnnxValue } from '../../src/engine/checkpoints/onnx-graph-writer.ts';
import { type MemoryTensor, memoryCheckpoint, withConverted } from './convert-network.ts';
import { seededRandom } from './seeded-random.ts';

export type Form = (network: NetworkWriter, input: OnnxValue) => Promise<OnnxValue>;

/** Numbers in -1..1 around `middle`, always the same for a seed. */
export function randomTensors(seed: number) {
  const random = seededRandom(seed);
  return (dims: readonly number[], middle = 0): MemoryTensor => ({
    dims,
    data: Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => middle + random() * 2 - 1),
  });
}

/** The largest difference between the two answers over the largest value of the plain one. */
export async function differenceOfForms(
  tensors: Readonly<Record<string, MemoryTensor>>,
  input: MemoryTensor,
  outputDims: readonly number[],
  forms: { readonly plain: Form; readonly rewritten: Form },
): Promise<number> {
  const answers = await withConverted(
    memoryCheckpoint(tensors),
    (folder) =>
      folder.write('both', async (network) => {
        const x = network.input('x', input.dims);
        network.output(await forms.plain(network, x), 'plain', outputDims);
        network.output(await forms.rewritten(network, x), 'rewritten', outputDims);
      }),
    async (open) => (await open('both')).run({ x: input }),
  );
  const [plain, rewritten] = [answers['plain'], answers['rewritten']];
  if (plain === undefined || rewritten?.data.length !== plain.data.length) return Infinity;
  let [difference, largest] = [0, 0];
  for (const [index, value] of plain.data.entries()) {
    difference = Math.max(difference, Math.abs(value - (rewritten.data[index] ?? Number.NaN)));
    largest = Math.max(largest, Math.abs(value));
  }
  return difference / largest;
}
