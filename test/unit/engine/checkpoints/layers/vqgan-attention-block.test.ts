import { expect, it } from 'vitest';
import { plainAttention } from '../../../../../bench/codeformer/usual-export.ts';
import { vqganAttentionBlock } from '../../../../../src/engine/checkpoints/layers/vqgan-attention-block.ts';
import { differenceOfForms, randomTensors } from '../../../../helpers/both-forms.ts';

const random = randomTensors(75);

it('equals three convolutions, a scale, and attention over positions', async () => {
  const [channels, side] = [32, 4];
  const tensors = {
    'a.norm.weight': random([channels], 1),
    'a.norm.bias': random([channels]),
    ...Object.fromEntries(
      ['q', 'k', 'v', 'proj_out'].flatMap((part) => [
        [`a.${part}.weight`, random([channels, channels, 1, 1])],
        [`a.${part}.bias`, random([channels])],
      ]),
    ),
  };
  const input = random([1, channels, side, side]);
  const difference = await differenceOfForms(tensors, input, input.dims, {
    plain: (network, x) => plainAttention(network, x, 'a', side),
    rewritten: (network, x) => vqganAttentionBlock(network, x, 'a', side),
  });
  expect(difference).toBeLessThan(1e-5);
});
