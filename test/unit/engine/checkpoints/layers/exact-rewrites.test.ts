// Arithmetic put into weights, against the arithmetic itself.
import { describe, expect, it } from 'vitest';
import { addIdentity } from '../../../../../src/engine/checkpoints/architectures/rrdbnet-body.ts';
import { halve } from '../../../../../src/engine/checkpoints/layers/bilinear.ts';
import { convolve } from '../../../../../src/engine/checkpoints/layers/convolution.ts';
import { kernelEnergies } from '../../../../../src/engine/checkpoints/layers/modulated-convolution.ts';
import { memoryCheckpoint, withConverted } from '../../../../helpers/convert-network.ts';
import { randomFloats, worstError } from '../../../../helpers/golden-network.ts';

const dims = [2, 5, 3, 3];
const weights = randomFloats({ dims, seed: 31, low: -1, high: 1 });
const pictureDims = [1, 5, 6, 8];
const picture = {
  dims: pictureDims,
  data: randomFloats({ dims: pictureDims, seed: 32, low: -1, high: 1 }),
};

describe('addIdentity', () => {
  it('is scaling the answer and adding what came in', async () => {
    const changed = weights.slice();
    addIdentity(changed, dims, 0.2, 0.5);
    await withConverted(
      memoryCheckpoint({}),
      (folder) =>
        folder.write('both', async (network) => {
          const input = network.input('picture', pictureDims);
          const folded = convolve(network, [input, await network.constant(changed, dims)], dims, {});
          network.output(folded, 'folded', [1, 2, 6, 8]);
          const answer = convolve(network, [input, await network.constant(weights, dims)], dims, {});
          const cameIn = network.node(
            'Slice',
            [input, ...[[0], [2], [1]].map((values) => network.graph.integers(values))],
            {},
          );
          const plain = network.node('Add', [
            network.node('Mul', [answer, await network.scalar(0.2)]),
            network.node('Mul', [cameIn, await network.scalar(0.5)]),
          ]);
          network.output(plain, 'plain', [1, 2, 6, 8]);
        }),
      async (open) => {
        const { folded, plain } = await (await open('both')).run({ picture });
        if (plain === undefined) throw new Error('no answer');
        expect(worstError(folded, plain)).toBeLessThan(1e-6);
      },
    );
  });
});

describe('kernelEnergies', () => {
  it('gives the squared length of scaled weights', () => {
    const energies = kernelEnergies(weights, 2, 5);
    const style = [0.5, -1, 2, 0.25, 3];
    for (const output of [0, 1]) {
      let plain = 0;
      for (let index = 0; index < 45; index += 1) {
        const factor = style[Math.floor(index / 9)] ?? 0;
        plain += ((weights[output * 45 + index] ?? 0) * factor) ** 2;
      }
      const folded = style.reduce(
        (sum, factor, input) => sum + factor ** 2 * (energies[input * 2 + output] ?? 0),
        0,
      );
      expect(folded).toBeCloseTo(plain, 4);
    }
  });
});

describe('halve', () => {
  it('is bilinear halving', async () => {
    await withConverted(
      memoryCheckpoint({}),
      (folder) =>
        folder.write('both', async (network) => {
          const input = network.input('picture', pictureDims);
          network.output(halve(network, input), 'halved', [1, 5, 3, 4]);
          const scales = network.graph.constant({
            type: 'float32',
            data: Float32Array.of(1, 1, 0.5, 0.5),
            dims: [4],
          });
          const resized = network.node('Resize', [input, '', scales], {
            mode: { string: 'linear' },
            coordinate_transformation_mode: { string: 'half_pixel' },
          });
          network.output(resized, 'resized', [1, 5, 3, 4]);
        }),
      async (open) => {
        const { halved, resized } = await (await open('both')).run({ picture });
        if (resized === undefined) throw new Error('no answer');
        expect(worstError(halved, resized)).toBeLessThan(1e-6);
      },
    );
  });
});
