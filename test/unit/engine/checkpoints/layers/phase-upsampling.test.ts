import { expect, it } from 'vitest';
import { doubled } from '../../../../../bench/codeformer/usual-export.ts';
import { convolution } from '../../../../../src/engine/checkpoints/layers/convolution.ts';
import {
  phaseKernel,
  phaseUpsampling,
} from '../../../../../src/engine/checkpoints/layers/phase-upsampling.ts';
import { differenceOfForms, randomTensors } from '../../../../helpers/both-forms.ts';

const random = randomTensors(71);

it('equals nearest doubling and a 3×3 convolution, borders included', async () => {
  for (const [outputs, inputs, side] of [
    [5, 3, 1],
    [16, 32, 7],
    [32, 16, 12],
  ] as const) {
    const tensors = { 'up.weight': random([outputs, inputs, 3, 3]), 'up.bias': random([outputs]) };
    const difference = await differenceOfForms(
      tensors,
      random([1, inputs, side, side]),
      [1, outputs, 2 * side, 2 * side],
      {
        plain: async (network, input) => convolution(network, await doubled(network, input), 'up'),
        rewritten: (network, input) => phaseUpsampling(network, input, 'up', 2 * side),
      },
    );
    expect(difference).toBeLessThan(2e-6);
  }
});

it('keeps the sum of the taps in each phase', () => {
  const kernel = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
  expect([...phaseKernel(kernel, 0, 0)]).toEqual([1, 5, 11, 28]);
  expect([...phaseKernel(kernel, 1, 1)]).toEqual([12, 9, 15, 9]);
});
