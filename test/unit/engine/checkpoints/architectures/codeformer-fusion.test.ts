import { expect, it } from 'vitest';
import { plainFusion } from '../../../../../bench/codeformer/usual-export.ts';
import {
  fusionHalf,
  fusionResidual,
} from '../../../../../src/engine/checkpoints/architectures/codeformer-fusion.ts';
import { differenceOfForms, randomTensors } from '../../../../helpers/both-forms.ts';

it('fuses in halves what the plain block fuses stacked', async () => {
  const random = randomTensors(76);
  const [channels, sidePx] = [32, 6];
  const block = 'fuse_convs_dict.6';
  const layer = (name: string, from: number, kernel: number) => [
    [`${block}.${name}.weight`, random([channels, from, kernel, kernel])],
    [`${block}.${name}.bias`, random([channels])],
  ];
  const tensors = Object.fromEntries([
    [`${block}.encode_enc.norm1.weight`, random([2 * channels], 1)],
    [`${block}.encode_enc.norm1.bias`, random([2 * channels])],
    [`${block}.encode_enc.norm2.weight`, random([channels], 1)],
    [`${block}.encode_enc.norm2.bias`, random([channels])],
    ...layer('encode_enc.conv1', 2 * channels, 3),
    ...layer('encode_enc.conv2', channels, 3),
    ...layer('encode_enc.conv_out', 2 * channels, 1),
    ...['scale', 'shift'].flatMap((head) => [
      ...layer(`${head}.0`, channels, 3),
      ...layer(`${head}.2`, channels, 3),
    ]),
  ]);
  const fusion = { name: block, sidePx, channels, encoderBlock: 0, generatorBlock: 0 };
  const input = random([1, channels, sidePx, sidePx]);
  const difference = await differenceOfForms(tensors, input, input.dims, {
    // Both features from one input, different enough: the encoder's are the generator's mirrored in sign.
    plain: async (network, x) => plainFusion(network, block, network.node('Neg', [x]), x, sidePx),
    rewritten: async (network, x) => {
      const half = await fusionHalf(network, fusion, network.node('Neg', [x]), 'encoder');
      const residual = await fusionResidual(network, fusion, half, x);
      return network.node('Add', [x, network.node('Mul', [residual, await network.scalar(0.5)])]);
    },
  });
  expect(difference).toBeLessThan(1e-5);
});
