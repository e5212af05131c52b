import { expect, it } from 'vitest';
import { convolution } from '../../../../../src/engine/checkpoints/layers/convolution.ts';
import { narrowConvolution } from '../../../../../src/engine/checkpoints/layers/narrow-convolution.ts';
import { differenceOfForms, randomTensors } from '../../../../helpers/both-forms.ts';

it('equals the plain 3×3 convolution, borders included', async () => {
  const random = randomTensors(72);
  for (const [outputs, inputs, side] of [
    [3, 8, 10],
    [1, 4, 2],
    [4, 16, 6],
  ] as const) {
    const tensors = { 'last.weight': random([outputs, inputs, 3, 3]), 'last.bias': random([outputs]) };
    const input = random([1, inputs, side, side]);
    const difference = await differenceOfForms(tensors, input, [1, outputs, side, side], {
      plain: (network, x) => convolution(network, x, 'last'),
      rewritten: (network, x) => narrowConvolution(network, x, 'last', side),
    });
    expect(difference).toBeLessThan(2e-6);
  }
});
