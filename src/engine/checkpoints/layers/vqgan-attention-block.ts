// VQGAN's attention over the positions of a small picture: one head. Engine process.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';
import { convolution } from './convolution.ts';
import { groupNorm, readGroupNorm } from './group-norm.ts';

/**
 * `name.norm`, `.q`, `.k`, `.v`, `.proj_out`; `sidePx` of the picture. In the plain form: the runtime takes the scale and
 * the transpositions into its products, and one convolution for q, k and v was measured to be slower.
 */
export async function vqganAttentionBlock(
  network: NetworkWriter,
  input: OnnxValue,
  name: string,
  sidePx: number,
): Promise<OnnxValue> {
  const size = { heightPx: sidePx, widthPx: sidePx };
  const channels = network.dims(`${name}.q.weight`)[0] as number;
  const positions = sidePx * sidePx;
  const normalised = await groupNorm(network, input, await readGroupNorm(network, `${name}.norm`), size);
  const project = async (part: 'q' | 'k' | 'v') =>
    network.reshape(await convolution(network, normalised, `${name}.${part}`), [1, channels, positions]);
  const query = network.transpose(await project('q'), [0, 2, 1]);
  const products = network.node('MatMul', [query, await project('k')]);
  const scores = network.node('Mul', [products, await network.scalar(channels ** -0.5)]);
  const weights = network.node('Softmax', [scores], { axis: { int: -1 } });
  const mixed = network.node('MatMul', [await project('v'), network.transpose(weights, [0, 2, 1])]);
  const picture = network.reshape(mixed, [1, channels, sidePx, sidePx]);
  return network.node('Add', [input, await convolution(network, picture, `${name}.proj_out`)]);
}
