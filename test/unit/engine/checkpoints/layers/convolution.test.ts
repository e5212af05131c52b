import { describe, expect, it } from 'vitest';
import { convolution, linear } from '../../../../../src/engine/checkpoints/layers/convolution.ts';
import { convolutionWithBatchNorm } from '../../../../../src/engine/checkpoints/layers/folded-batch-norm.ts';
import { type MemoryTensor, memoryCheckpoint, withConverted } from '../../../../helpers/convert-network.ts';
import { seededRandom } from '../../../../helpers/seeded-random.ts';

const random = seededRandom(31);
const tensor = (...dims: number[]): MemoryTensor => ({
  dims,
  data: Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => random() * 2 - 1),
});

/** By the definition, zero padded. */
function convolveByHand(
  input: MemoryTensor,
  weight: MemoryTensor,
  bias: Float32Array | null,
  stride: number,
) {
  const [, inChannels, height, width] = input.dims as [number, number, number, number];
  const [outChannels, , side] = weight.dims as [number, number, number, number];
  const half = (side - 1) >> 1;
  const outHeight = Math.floor((height + 2 * half - side) / stride) + 1;
  const outWidth = Math.floor((width + 2 * half - side) / stride) + 1;
  const output: number[] = [];
  for (let o = 0; o < outChannels; o += 1)
    for (let y = 0; y < outHeight; y += 1)
      for (let x = 0; x < outWidth; x += 1) {
        let sum = bias?.[o] ?? 0;
        for (let i = 0; i < inChannels; i += 1)
          for (let ky = 0; ky < side; ky += 1)
            for (let kx = 0; kx < side; kx += 1) {
              const [sy, sx] = [y * stride + ky - half, x * stride + kx - half];
              if (sy < 0 || sx < 0 || sy >= height || sx >= width) continue;
              sum +=
                (input.data[(i * height + sy) * width + sx] ?? 0) *
                (weight.data[((o * inChannels + i) * side + ky) * side + kx] ?? 0);
            }
        output.push(sum);
      }
  return output;
}

const largestDifference = (left: ArrayLike<number>, right: ArrayLike<number>): number =>
  Array.from(left).reduce((most, value, index) => Math.max(most, Math.abs(value - (right[index] ?? NaN))), 0);

describe('convolution', () => {
  for (const [precision, tolerance] of [
    ['fp32', 1e-5],
    ['fp16', 2e-2],
  ] as const) {
    it(`is what its definition says, in ${precision}, with weights in the graph and beside it`, async () => {
      const tensors = {
        'a.weight': tensor(24, 3, 3, 3),
        'a.bias': tensor(24),
        'b.weight': tensor(2, 24, 1, 1),
      };
      const picture = tensor(1, 3, 9, 7);
      const answer = await withConverted(
        memoryCheckpoint(tensors),
        (folder) =>
          folder.write('net', async (network) => {
            const first = await convolution(network, network.input('x', [1, 3, 9, 7]), 'a', { stride: 2 });
            network.output(await convolution(network, first, 'b'), 'y', [1, 2, 5, 4]);
          }),
        async (open) => (await open('net')).run({ x: picture }),
        precision,
      );
      const middle = convolveByHand(picture, tensors['a.weight'], tensors['a.bias'].data, 2);
      const expected = convolveByHand(
        { dims: [1, 24, 5, 4], data: Float32Array.from(middle) },
        tensors['b.weight'],
        null,
        1,
      );
      expect(answer['y']?.dims).toEqual([1, 2, 5, 4]);
      expect(largestDifference(answer['y']?.data ?? [], expected)).toBeLessThan(tolerance);
    });
  }

  it('takes a batch normalisation in', async () => {
    const tensors = {
      'conv.weight': tensor(4, 3, 3, 3),
      'norm.weight': tensor(4),
      'norm.bias': tensor(4),
      'norm.running_mean': tensor(4),
      'norm.running_var': { dims: [4], data: Float32Array.of(0.5, 1, 2, 0.1) },
    };
    const picture = tensor(1, 3, 6, 6);
    const answer = await withConverted(
      memoryCheckpoint(tensors),
      (folder) =>
        folder.write('net', async (network) => {
          const x = network.input('x', [1, 3, 6, 6]);
          network.output(await convolutionWithBatchNorm(network, x, 'conv', 'norm'), 'y', [1, 4, 6, 6]);
        }),
      async (open) => (await open('net')).run({ x: picture }),
    );
    const plain = convolveByHand(picture, tensors['conv.weight'], null, 1);
    const expected = plain.map((value, index) => {
      const channel = Math.floor(index / 36);
      const of = (name: keyof typeof tensors) => tensors[name].data[channel] ?? NaN;
      return (
        ((value - of('norm.running_mean')) / Math.sqrt(of('norm.running_var') + 1e-5)) * of('norm.weight') +
        of('norm.bias')
      );
    });
    expect(largestDifference(answer['y']?.data ?? [], expected)).toBeLessThan(1e-4);
  });
});

describe('linear', () => {
  it('multiplies by the transposed weights', async () => {
    const tensors = { 'l.weight': tensor(5, 3), 'l.bias': tensor(5) };
    const rows = tensor(2, 4, 3);
    const answer = await withConverted(
      memoryCheckpoint(tensors),
      (folder) =>
        folder.write('net', async (network) => {
          network.output(await linear(network, network.input('x', [2, 4, 3]), 'l'), 'y', [2, 4, 5]);
        }),
      async (open) => (await open('net')).run({ x: rows }),
    );
    const expected = Array.from({ length: 40 }, (_, index) => {
      const [row, output] = [Math.floor(index / 5), index % 5];
      let sum = tensors['l.bias'].data[output] ?? NaN;
      for (let k = 0; k < 3; k += 1)
        sum += (rows.data[row * 3 + k] ?? NaN) * (tensors['l.weight'].data[output * 3 + k] ?? NaN);
      return sum;
    });
    expect(largestDifference(answer['y']?.data ?? [], expected)).toBeLessThan(1e-5);
  });
});
