// VQGAN's attention over the positions of a small picture: one head, q, k and v from one convolution. Engine process.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';
import { convolution, convolve } from './convolution.ts';
import { groupNorm, readGroupNorm } from './group-norm.ts';

/** `name.norm`, `.q`, `.k`, `.v`, `.proj_out`; `sidePx` of the picture. */
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
  const joined = network.reshape(await queryKeyValue(network, normalised, name), [3, channels, positions]);
  const [query, key, value] = network.graph.nodes('Split', [joined], 3, { axis: { int: 0 } }) as [
    OnnxValue,
    OnnxValue,
    OnnxValue,
  ];
  const scores = network.node('MatMul', [network.transpose(query, [0, 2, 1]), key]);
  const weights = network.node('Softmax', [scores], { axis: { int: -1 } });
  const mixed = network.node('MatMul', [value, network.transpose(weights, [0, 2, 1])]);
  const picture = network.reshape(mixed, [1, channels, sidePx, sidePx]);
  return network.node('Add', [input, await convolution(network, picture, `${name}.proj_out`)]);
}

/** The scale 1/√channels of the scores goes into q. */
async function queryKeyValue(network: NetworkWriter, input: OnnxValue, name: string): Promise<OnnxValue> {
  const channels = network.dims(`${name}.q.weight`)[0] as number;
  const scale = channels ** -0.5;
  const weights = stacked([
    (await network.floats(`${name}.q.weight`)).map((value) => value * scale),
    await network.floats(`${name}.k.weight`),
    await network.floats(`${name}.v.weight`),
  ]);
  const bias = stacked([
    (await network.floats(`${name}.q.bias`)).map((value) => value * scale),
    await network.floats(`${name}.k.bias`),
    await network.floats(`${name}.v.bias`),
  ]);
  const dims = [3 * channels, channels, 1, 1];
  const inputs = [input, await network.constant(weights, dims), await network.constant(bias, [3 * channels])];
  return convolve(network, inputs, dims, {});
}

/** Joins weights or biases along their first axis, the outputs. */
function stacked(parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
