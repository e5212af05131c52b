import { expect, it } from 'vitest';
import { plainTokenAttention } from '../../../../../bench/codeformer/usual-export.ts';
import { layerNorm } from '../../../../../src/engine/checkpoints/layers/layer-norm.ts';
import { tokenAttention } from '../../../../../src/engine/checkpoints/layers/token-attention.ts';
import { differenceOfForms, randomTensors } from '../../../../helpers/both-forms.ts';

it('equals separate projections of tokens with their places added', async () => {
  const random = randomTensors(74);
  const [count, width] = [12, 32];
  const places = random([count, width]);
  const tensors = {
    position_emb: places,
    'layer.norm1.weight': random([width], 1),
    'layer.norm1.bias': random([width]),
    'layer.self_attn.in_proj_weight': random([3 * width, width]),
    'layer.self_attn.in_proj_bias': random([3 * width]),
    'layer.self_attn.out_proj.weight': random([width, width]),
    'layer.self_attn.out_proj.bias': random([width]),
  };
  const difference = await differenceOfForms(tensors, random([count, width]), [count, width], {
    plain: (network, tokens) => plainTokenAttention(network, tokens, 'layer'),
    rewritten: async (network, tokens) =>
      tokenAttention(network, await layerNorm(network, tokens, 'layer.norm1'), 'layer.self_attn', {
        places: places.data,
        heads: 8,
      }),
  });
  expect(difference).toBeLessThan(1e-5);
});
