// Self-attention of several heads over tokens that know their places, as PyTorch's MultiheadAttention stores it.
// Engine process.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';
import { linear, transposeMatrix } from './convolution.ts';

/**
 * Attention of `tokens` (count × width) with themselves. The learned places are added to what queries and keys are
 * made of, not to values. That sum is linear: its share of queries and keys is the same for every picture, so it is
 * computed here and joins the bias. So does the scale 1/√(width of a head).
 * @param places count × width, or null.
 */
export async function tokenAttention(
  network: NetworkWriter,
  tokens: OnnxValue,
  name: string,
  options: { readonly places: Float32Array; readonly heads: number },
): Promise<OnnxValue> {
  const width = network.dims(`${name}.out_proj.weight`)[0] as number;
  const count = options.places.length / width;
  const headWidth = width / options.heads;
  const rows = await network.floats(`${name}.in_proj_weight`);
  const bias = await network.floats(`${name}.in_proj_bias`);
  const scale = headWidth ** -0.5;
  for (let index = 0; index < width * width; index += 1) rows[index] = (rows[index] as number) * scale;
  for (let index = 0; index < width; index += 1) bias[index] = (bias[index] as number) * scale;
  const projection = await network.constant(transposeMatrix(rows, 3 * width, width), [width, 3 * width]);
  const constants = await network.constant(projectedPlaces(options.places, rows, bias), [count, 3 * width]);
  const projected = network.node('Add', [network.node('MatMul', [tokens, projection]), constants]);
  const [query, key, value] = network.graph.nodes('Split', [projected], 3, { axis: { int: 1 } }) as [
    OnnxValue,
    OnnxValue,
    OnnxValue,
  ];
  const split = (part: OnnxValue, order: readonly number[]) =>
    network.transpose(network.reshape(part, [count, options.heads, headWidth]), order);
  const scores = network.node('MatMul', [split(query, [1, 0, 2]), split(key, [1, 2, 0])]);
  const weights = network.node('Softmax', [scores], { axis: { int: -1 } });
  const mixed = network.node('MatMul', [weights, split(value, [1, 0, 2])]);
  const joined = network.reshape(network.transpose(mixed, [1, 0, 2]), [count, width]);
  return linear(network, joined, `${name}.out_proj`);
}

/** For each place its bias, and for queries and keys the projected place on top: count × 3 width. */
function projectedPlaces(places: Float32Array, rows: Float32Array, bias: Float32Array): Float32Array {
  const width = bias.length / 3;
  const count = places.length / width;
  const projected = new Float32Array(count * bias.length);
  for (let place = 0; place < count; place += 1) {
    for (let output = 0; output < bias.length; output += 1) {
      let sum = bias[output] as number;
      if (output < 2 * width) {
        for (let index = 0; index < width; index += 1)
          sum += (places[place * width + index] as number) * (rows[output * width + index] as number);
      }
      projected[place * bias.length + output] = sum;
    }
  }
  return projected;
}
