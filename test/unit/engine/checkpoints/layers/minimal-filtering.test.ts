import { expect, it } from 'vitest';
import { convolution } from '../../../../../src/engine/checkpoints/layers/convolution.ts';
import {
  fastConvolutions,
  filteringPays,
  filteringRows,
  minimalFiltering,
  transformedKernel,
} from '../../../../../src/engine/checkpoints/layers/minimal-filtering.ts';
import type { NetworkWriter } from '../../../../../src/engine/checkpoints/network-writer.ts';
import { differenceOfForms, randomTensors } from '../../../../helpers/both-forms.ts';

const random = randomTensors(79);

it('equals a 3×3 convolution, borders included', async () => {
  for (const [outputs, inputs, side] of [
    [5, 3, 4],
    [16, 32, 8],
    [32, 16, 12],
  ] as const) {
    const tensors = { 'c.weight': random([outputs, inputs, 3, 3]), 'c.bias': random([outputs]) };
    const difference = await differenceOfForms(
      tensors,
      random([1, inputs, side, side]),
      [1, outputs, side, side],
      {
        plain: (network, input) => convolution(network, input, 'c'),
        rewritten: async (network, input) => {
          const rows = await filteringRows(network, input, inputs);
          const [weights, bias] = [await network.floats('c.weight'), await network.weight('c.bias')];
          return minimalFiltering(network, rows, { weights, outputs, inputs, bias }, side);
        },
      },
    );
    expect(difference).toBeLessThan(2e-6);
  }
});

it('gives each of two convolutions of one picture its own answer', async () => {
  const side = 64;
  const tensors = {
    'a.weight': random([128, 128, 3, 3]),
    'a.bias': random([128]),
    'b.weight': random([128, 128, 3, 3]),
    'b.bias': random([128]),
  };
  const joined = (network: NetworkWriter, answers: readonly string[]) =>
    network.node('Concat', answers, { axis: { int: 1 } });
  const difference = await differenceOfForms(tensors, random([1, 128, side, side]), [1, 256, side, side], {
    plain: async (network, input) =>
      joined(network, [await convolution(network, input, 'a'), await convolution(network, input, 'b')]),
    rewritten: async (network, input) => {
      expect(filteringPays(network, network.dims('a.weight'), side)).toBe(true);
      return joined(network, await fastConvolutions(network, input, ['a', 'b'], side));
    },
  });
  expect(difference).toBeLessThan(5e-6);
});

it('is left out where it costs more than it saves, or cannot be', () => {
  const network = { precision: 'fp32' } as NetworkWriter;
  expect(filteringPays(network, [128, 128, 3, 3], 64)).toBe(true);
  expect(filteringPays(network, [64, 128, 3, 3], 512)).toBe(false);
  expect(filteringPays(network, [128, 128, 1, 1], 64)).toBe(false);
  expect(filteringPays(network, [128, 128, 3, 3], 32)).toBe(false);
  expect(filteringPays(network, [128, 128, 3, 3], 66)).toBe(false);
  expect(filteringPays({ precision: 'fp16' } as NetworkWriter, [128, 128, 3, 3], 64)).toBe(false);
});

it('keeps what a constant picture gives: the six kernels carry the sum of the taps', () => {
  const kernel = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
  expect([...transformedKernel(kernel, 0)]).toEqual([0.25, 0.5, 0.75]);
  expect([...transformedKernel(kernel, 1)]).toEqual([-2, -2.5, -3]);
  expect([...transformedKernel(kernel, 5)]).toEqual([7, 8, 9]);
});
