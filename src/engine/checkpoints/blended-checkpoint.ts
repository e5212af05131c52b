// Two checkpoints of one architecture as one in between. Engine process.
// Real-ESRGAN's general network comes twice, keeping noise and removing it: between them lies the denoising strength.
// The weights are mixed while they are converted, not in the graph: a convolution whose weights are computed at run
// time loses the layout the runtime prepares for constant ones, and this network is rewritten in a second.
import type { Checkpoint } from './checkpoint.ts';

/**
 * `share` 0..1 of `first`, the rest of `second`, tensor by tensor (deep network interpolation, Wang et al. 2019).
 * Throws RangeError where the two do not have the same tensors.
 */
export function blendCheckpoints(first: Checkpoint, second: Checkpoint, share: number): Checkpoint {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`a share of ${share}`);
  const isSame =
    first.tensors.size === second.tensors.size &&
    [...first.tensors.values()].every(
      ({ name, dims }) => second.tensors.get(name)?.dims.join() === dims.join(),
    );
  if (!isSame) throw new RangeError('two networks of different layout cannot be blended');
  return {
    tensors: first.tensors,
    async read(name) {
      const values = await first.read(name);
      const others = await second.read(name);
      for (let index = 0; index < values.length; index += 1)
        values[index] = share * (values[index] as number) + (1 - share) * (others[index] as number);
      return values;
    },
    async close() {
      await Promise.all([first.close(), second.close()]);
    },
  };
}
