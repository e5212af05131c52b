// RRDBNet's body: residual blocks of three dense blocks each. Engine process.
// A dense block's last convolution reads what came into the block, so "times 0.2, plus what came in" is put into its
// weights; of the residual arithmetic one addition per three dense blocks is left, which the runtime joins with a
// convolution. Exact up to rounding.
import { convolution, convolve } from '../layers/convolution.ts';
import { leakyRelu } from '../layers/rectifiers.ts';
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';

const slope = 0.2;
const residualScale = 0.2;

export async function denseBlocks(network: NetworkWriter, input: OnnxValue): Promise<OnnxValue> {
  let value = input;
  for (let index = 0; network.has(`body.${index}.rdb1.conv1.weight`); index += 1) {
    const first = await denseBlock(network, value, `body.${index}.rdb1`, 1);
    const second = await denseBlock(network, first, `body.${index}.rdb2`, 1);
    const third = await denseBlock(network, second, `body.${index}.rdb3`, residualScale);
    value = network.node('Add', [third, value]);
  }
  return value;
}

/** `factor` · (input + 0.2 · what five convolutions make of it, each reading all before). */
async function denseBlock(
  network: NetworkWriter,
  input: OnnxValue,
  name: string,
  factor: number,
): Promise<OnnxValue> {
  const parts = [input];
  for (const index of [1, 2, 3, 4]) {
    const answer = await convolution(network, joined(network, parts), `${name}.conv${index}`);
    parts.push(leakyRelu(network, answer, slope));
  }
  const dims = network.dims(`${name}.conv5.weight`);
  const weights = await network.floats(`${name}.conv5.weight`);
  addIdentity(weights, dims, factor * residualScale, factor);
  const bias = (await network.floats(`${name}.conv5.bias`)).map((value) => value * factor * residualScale);
  const inputs = [
    joined(network, parts),
    await network.constant(weights, dims),
    await network.constant(bias, [bias.length]),
  ];
  return convolve(network, inputs, dims, {});
}

/** weights · scale, plus `identity` where output i reads the middle of input i. In place; out × in × height × width. */
export function addIdentity(
  weights: Float32Array,
  [outputs = 0, inputs = 0, height = 0, width = 0]: readonly number[],
  scale: number,
  identity: number,
): void {
  for (let index = 0; index < weights.length; index += 1) weights[index] = (weights[index] as number) * scale;
  const middle = (height >> 1) * width + (width >> 1);
  for (let output = 0; output < outputs; output += 1) {
    const at = (output * inputs + output) * height * width + middle;
    weights[at] = (weights[at] as number) + identity;
  }
}

function joined(network: NetworkWriter, parts: readonly OnnxValue[]): OnnxValue {
  return parts.length === 1 ? (parts[0] as OnnxValue) : network.node('Concat', parts, { axis: { int: 1 } });
}
