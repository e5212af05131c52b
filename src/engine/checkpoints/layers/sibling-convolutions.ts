// Convolutions that read the same picture become one with their outputs stacked: it is read and laid out once.
// Engine process.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';
import { type ConvolutionOptions, convolve } from './convolution.ts';

/** Joins arrays whose first axis is stacked. */
export function stacked(parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/**
 * The outputs of all `names`, one after the other along the channels. Kernels must be of one shape; each has a bias.
 * With `groups` equal to the number of names each reads its own share of the channels instead of all.
 */
export async function siblingConvolutions(
  network: NetworkWriter,
  input: OnnxValue,
  names: readonly string[],
  options: ConvolutionOptions = {},
): Promise<OnnxValue> {
  const weights: Float32Array[] = [];
  const biases: Float32Array[] = [];
  for (const name of names) {
    weights.push(await network.floats(`${name}.weight`));
    biases.push(await network.floats(`${name}.bias`));
  }
  const [, ...rest] = network.dims(`${names[0]}.weight`);
  const outputs = biases.reduce((sum, { length }) => sum + length, 0);
  const dims = [outputs, ...rest];
  const inputs = [
    input,
    await network.constant(stacked(weights), dims),
    await network.constant(stacked(biases), [outputs]),
  ];
  return convolve(network, inputs, dims, options);
}
