// RestoreFormer's attention: a picture's positions answer what other features, or its own, ask. Engine process.
import { convolution } from '../layers/convolution.ts';
import { groupNorm, readGroupNorm } from '../layers/group-norm.ts';
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';

/** Not in the checkpoint; the same in all the authors' configurations. */
const heads = 8;

/** `asking` null: the picture's own positions ask. `name.norm1`, `.norm2`, `.q`, `.k`, `.v`, `.proj_out`. */
export async function crossAttention(
  network: NetworkWriter,
  input: OnnxValue,
  asking: OnnxValue | null,
  name: string,
  sidePx: number,
): Promise<OnnxValue> {
  const size = { heightPx: sidePx, widthPx: sidePx };
  const channels = network.dims(`${name}.q.weight`)[0] as number;
  const positions = sidePx * sidePx;
  const own = await groupNorm(network, input, await readGroupNorm(network, `${name}.norm1`), size);
  const question =
    asking === null
      ? own
      : await groupNorm(network, asking, await readGroupNorm(network, `${name}.norm2`), size);
  const inHeads = async (value: OnnxValue, kind: 'q' | 'k' | 'v') =>
    network.reshape(await convolution(network, value, `${name}.${kind}`), [
      heads,
      channels / heads,
      positions,
    ]);
  const query = await inHeads(question, 'q');
  const [key, value] = [await inHeads(own, 'k'), await inHeads(own, 'v')];
  const scale = await network.scalar((channels / heads) ** -0.5);
  const scaled = network.node('Mul', [network.transpose(query, [0, 2, 1]), scale]);
  const weights = network.node('Softmax', [network.node('MatMul', [scaled, key])], { axis: { int: -1 } });
  const mixed = network.node('MatMul', [value, network.transpose(weights, [0, 2, 1])]);
  const picture = network.reshape(mixed, [1, channels, sidePx, sidePx]);
  return network.node('Add', [input, await convolution(network, picture, `${name}.proj_out`)]);
}
