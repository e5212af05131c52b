// Group normalisation, for networks whose statistics are taken over some channels and the whole picture. Engine process.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';

export interface GroupNorm {
  /** One pair per channel. */
  readonly gamma: Float32Array;
  readonly beta: Float32Array;
  readonly groups: number;
  readonly epsilon: number;
}

/** `${name}.weight` and `${name}.bias` of a GroupNorm layer. VQGAN: 32 groups, epsilon 1e-6. */
export async function readGroupNorm(network: NetworkWriter, name: string): Promise<GroupNorm> {
  const [gamma, beta] = [await network.floats(`${name}.weight`), await network.floats(`${name}.bias`)];
  return { gamma, beta, groups: 32, epsilon: 1e-6 };
}

/** `input` is 1 × channels × height × width. */
export async function groupNorm(
  network: NetworkWriter,
  input: OnnxValue,
  { gamma, beta, groups, epsilon }: GroupNorm,
  size: { readonly heightPx: number; readonly widthPx: number },
): Promise<OnnxValue> {
  const channels = gamma.length;
  const ones = await network.constant(new Float32Array(groups).fill(1), [groups]);
  const zeros = await network.constant(new Float32Array(groups), [groups]);
  const perGroup = network.node(
    'InstanceNormalization',
    [network.reshape(input, [1, groups, -1]), ones, zeros],
    {
      epsilon: { float: epsilon },
    },
  );
  const normalised = network.reshape(perGroup, [1, channels, size.heightPx, size.widthPx]);
  const scaled = network.node('Mul', [normalised, await network.constant(gamma, [channels, 1, 1])]);
  return network.node('Add', [scaled, await network.constant(beta, [channels, 1, 1])]);
}
