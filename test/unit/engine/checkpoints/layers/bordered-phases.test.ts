// Phase convolutions on pictures of any size, against doubling, bordering and the plain 3×3.
import { describe, expect, it } from 'vitest';
import { upsampleInPhases } from '../../../../../src/engine/checkpoints/layers/bordered-phases.ts';
import { convolve } from '../../../../../src/engine/checkpoints/layers/convolution.ts';
import { repeatPixels } from '../../../../../src/engine/checkpoints/layers/resizing.ts';
import { memoryCheckpoint, withConverted } from '../../../../helpers/convert-network.ts';
import { randomFloats, worstError } from '../../../../helpers/golden-network.ts';

const kernelDims = [4, 3, 3, 3];
const weights = randomFloats({ dims: kernelDims, seed: 21, low: -1, high: 1 });
const bias = randomFloats({ dims: [4], seed: 22, low: -1, high: 1 });
const photoDims = [1, 3, 5, 7];
const photo = { dims: photoDims, data: randomFloats({ dims: photoDims, seed: 23, low: 0, high: 1 }) };

describe('upsampleInPhases', () => {
  it.each(['zeros', 'outermost'] as const)('with %s beyond the picture', async (border) => {
    await withConverted(
      memoryCheckpoint({}),
      (folder) =>
        folder.write('both', async (network) => {
          const input = network.input('photo', [1, 3, 'height', 'width']);
          const phases = await upsampleInPhases(network, input, { weights, bias }, { border });
          network.output(phases, 'phases', [1, 4, 'outHeight', 'outWidth']);
          const pads = network.graph.integers([0, 0, 1, 1, 0, 0, 1, 1]);
          // Mirroring the doubled picture by one pixel is what "outermost" stands for.
          const mode = { mode: { string: border === 'zeros' ? 'constant' : 'reflect' } };
          const bordered = network.node('Pad', [repeatPixels(network, input, 2), pads], mode);
          const inputs = [
            bordered,
            await network.constant(weights, kernelDims),
            await network.constant(bias, [4]),
          ];
          const plain = convolve(network, inputs, kernelDims, { padding: 0 });
          network.output(plain, 'plain', [1, 4, 'plainHeight', 'plainWidth']);
        }),
      async (open) => {
        const { phases, plain } = await (await open('both')).run({ photo });
        if (plain === undefined) throw new Error('no answer');
        expect(plain.dims).toEqual([1, 4, 10, 14]);
        expect(worstError(phases, plain)).toBeLessThan(1e-6);
      },
    );
  });
});
