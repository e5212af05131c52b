// Folded pixels followed by a convolution, against one strided convolution.
import { describe, expect, it } from 'vitest';
import { foldedPixelsConvolution } from '../../../../../src/engine/checkpoints/layers/folded-pixels.ts';
import { memoryCheckpoint, withConverted } from '../../../../helpers/convert-network.ts';
import { randomFloats, worstError } from '../../../../helpers/golden-network.ts';

describe('foldedPixelsConvolution', () => {
  it.each([1, 2, 4])('folding by %i equals SpaceToDepth and the plain convolution', async (fold) => {
    const dims = [5, 3 * fold * fold, 3, 3];
    const checkpoint = memoryCheckpoint({
      'first.weight': { dims, data: randomFloats({ dims, seed: 11, low: -1, high: 1 }) },
      'first.bias': { dims: [5], data: randomFloats({ dims: [5], seed: 12, low: -1, high: 1 }) },
    });
    const photoDims = [1, 3, 8, 12];
    const photo = {
      dims: photoDims,
      data: randomFloats({ dims: photoDims, seed: 13, low: 0, high: 1 }),
    };
    await withConverted(
      checkpoint,
      (folder) =>
        folder.write('both', async (network) => {
          const input = network.input('photo', photoDims);
          const answerDims = [1, 5, 8 / fold, 12 / fold];
          network.output(await foldedPixelsConvolution(network, input, 'first', fold), 'strided', answerDims);
          // SpaceToDepth numbers folded channels row, column, channel; PyTorch channel, row, column.
          const spread = network.node('SpaceToDepth', [input], { blocksize: { int: fold } });
          const order = Array.from(
            { length: 3 * fold * fold },
            (_, index) => (index % (fold * fold)) * 3 + Math.floor(index / (fold * fold)),
          );
          const folded = network.node('Gather', [spread, network.graph.integers(order)], {
            axis: { int: 1 },
          });
          const weights = await network.weight('first.weight');
          const plain = network.node('Conv', [folded, weights, await network.weight('first.bias')], {
            kernel_shape: { ints: [3, 3] },
            pads: { ints: [1, 1, 1, 1] },
          });
          network.output(plain, 'plain', answerDims);
        }),
      async (open) => {
        const answers = await (await open('both')).run({ photo });
        const { plain } = answers;
        if (plain === undefined) throw new Error('no answer');
        expect(worstError(answers['strided'], plain)).toBeLessThan(1e-6);
      },
    );
  });
});
