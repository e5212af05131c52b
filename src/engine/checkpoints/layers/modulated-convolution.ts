// StyleGAN2's convolution whose weights are scaled per face by a style, then brought back to unit length. Engine process.
// Scaling the weights per input channel is scaling the input, and their length per output channel scales the output:
// so the large weights stay constant, and the runtime can lay them out once.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';

import { convolve, linear } from './convolution.ts';

const epsilon = 1e-8;

/**
 * `${name}.weight` is 1 × out × in × k × k, `${name}.modulation` a full connection from the latent (1 × width).
 * `resize` is applied to the scaled input; the answer is multiplied by `gain`.
 */
export async function modulatedConvolution(
  network: NetworkWriter,
  input: OnnxValue,
  latent: OnnxValue,
  name: string,
  { gain, resize }: { readonly gain: number; readonly resize?: (value: OnnxValue) => OnnxValue },
): Promise<OnnxValue> {
  const [, outputs = 0, inputs = 0, height = 0, width = 0] = network.dims(`${name}.weight`);
  const weights = await network.floats(`${name}.weight`);
  const style = await linear(network, latent, `${name}.modulation`);
  const scaled = network.node('Mul', [input, network.reshape(style, [1, inputs, 1, 1])]);
  const dims = [outputs, inputs, height, width];
  const kernel = await network.constant(weights, dims);
  const answer = convolve(network, [resize === undefined ? scaled : resize(scaled), kernel], dims, {});

  // Length of an output's weights: the root of a sum over inputs of style² · (sum over the kernel of weight²).
  const energies = await network.constant(kernelEnergies(weights, outputs, inputs), [inputs, outputs]);
  const squared = network.node('MatMul', [network.node('Mul', [style, style]), energies]);
  const length = network.node('Sqrt', [network.node('Add', [squared, await network.scalar(epsilon)])]);
  const factor = network.node('Div', [await network.scalar(gain), length]);
  return network.node('Mul', [answer, network.reshape(factor, [1, outputs, 1, 1])]);
}

/** Sum of squares of each pair's kernel: inputs × outputs. */
export function kernelEnergies(weights: Float32Array, outputs: number, inputs: number): Float32Array {
  const taps = weights.length / outputs / inputs;
  const energies = new Float32Array(outputs * inputs);
  for (let output = 0; output < outputs; output += 1) {
    for (let input = 0; input < inputs; input += 1) {
      const start = (output * inputs + input) * taps;
      let sum = 0;
      for (let tap = start; tap < start + taps; tap += 1) sum += (weights[tap] as number) ** 2;
      energies[input * outputs + output] = sum;
    }
  }
  return energies;
}

/** A 1×1 convolution to a few channels without unit length: so few weights that scaling them is cheaper. */
export async function modulatedColours(
  network: NetworkWriter,
  input: OnnxValue,
  latent: OnnxValue,
  name: string,
): Promise<OnnxValue> {
  const [, outputs = 0, inputs = 0] = network.dims(`${name}.weight`);
  const style = await linear(network, latent, `${name}.modulation`);
  const weights = await network.constant(await network.floats(`${name}.weight`), [outputs, inputs, 1, 1]);
  const scaled = network.node('Mul', [weights, network.reshape(style, [1, inputs, 1, 1])]);
  return convolve(network, [input, scaled], [outputs, inputs, 1, 1], {});
}
