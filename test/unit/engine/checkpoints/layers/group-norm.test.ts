import { expect, it } from 'vitest';
import {
  groupNormByInstances,
  groupNormByMoments,
} from '../../../../../src/engine/checkpoints/layers/group-norm.ts';
import { differenceOfForms, randomTensors } from '../../../../helpers/both-forms.ts';
import type { MemoryTensor } from '../../../../helpers/convert-network.ts';

const random = randomTensors(73);
const size = { heightPx: 12, widthPx: 8 };

function difference(input: MemoryTensor, groups: number): Promise<number> {
  const channels = input.dims[1] ?? 0;
  const norm = { gamma: random([channels], 1).data, beta: random([channels]).data, groups, epsilon: 1e-6 };
  return differenceOfForms({}, input, input.dims, {
    plain: (network, x) => groupNormByInstances(network, x, norm, size),
    rewritten: (network, x) => groupNormByMoments(network, x, norm, size),
  });
}

it('equals one instance per group with scale and shift', async () => {
  expect(await difference(random([1, 32, 12, 8]), 32)).toBeLessThan(3e-6);
  expect(await difference(random([1, 64, 12, 8]), 32)).toBeLessThan(3e-6);
  expect(await difference(random([1, 96, 12, 8]), 16)).toBeLessThan(3e-6);
});

it('bears a mean far above the contrast, and no contrast at all', async () => {
  // The mean is thirty times the deviation: squares lose three digits of seven.
  expect(await difference(random([1, 32, 12, 8], 17), 32)).toBeLessThan(1e-3);
  const flat: MemoryTensor = { dims: [1, 32, 12, 8], data: new Float32Array(32 * 96).fill(3.7) };
  const answer = await difference(flat, 32);
  expect(Number.isFinite(answer)).toBe(true);
});
