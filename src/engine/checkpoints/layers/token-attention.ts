// Self-attention of several heads over tokens that know their places, as PyTorch's MultiheadAttention stores it.
// Engine process.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';
import { linear, transposeMatrix } from './convolution.ts';

/**
 * Attention of `tokens` (count × width) with themselves. The learned places are added to what queries and keys are
 * made of, not to values. That sum is linear: its share of queries and keys is the same for every picture, so it is
 * computed here and stands where their bias stood. The scale 1/√(width of a head) goes into the queries' weights.
 * (One product for all three, cut apart afterwards, was measured and is slower.)
 * @param places count × width.
 */
export async function tokenAttention(
  network: NetworkWriter,
  tokens: OnnxValue,
  name: string,
  { places, heads }: { readonly places: Float32Array; readonly heads: number },
): Promise<OnnxValue> {
  const width = network.dims(`${name}.out_proj.weight`)[0] as number;
  const count = places.length / width;
  const headWidth = width / heads;
  const allRows = await network.floats(`${name}.in_proj_weight`);
  const allBiases = await network.floats(`${name}.in_proj_bias`);
  const project = async (index: 0 | 1 | 2, order: readonly number[]) => {
    const scale = index === 0 ? headWidth ** -0.5 : 1;
    const rows = allRows
      .slice(index * width * width, (index + 1) * width * width)
      .map((value) => value * scale);
    const bias = allBiases.slice(index * width, (index + 1) * width).map((value) => value * scale);
    const matrix = await network.constant(transposeMatrix(rows, width, width), [width, width]);
    const constant =
      index === 2
        ? await network.constant(bias, [width])
        : await network.constant(projectedPlaces(places, rows, bias), [count, width]);
    const projected = network.node('Gemm', [tokens, matrix, constant]);
    return network.transpose(network.reshape(projected, [count, heads, headWidth]), order);
  };
  const scores = network.node('MatMul', [await project(0, [1, 0, 2]), await project(1, [1, 2, 0])]);
  const weights = network.node('Softmax', [scores], { axis: { int: -1 } });
  const mixed = network.node('MatMul', [weights, await project(2, [1, 0, 2])]);
  const joined = network.reshape(network.transpose(mixed, [1, 0, 2]), [count, width]);
  return linear(network, joined, `${name}.out_proj`);
}

/** For each place its projection and the bias: count × width. */
function projectedPlaces(places: Float32Array, rows: Float32Array, bias: Float32Array): Float32Array {
  const width = bias.length;
  const count = places.length / width;
  const projected = new Float32Array(count * width);
  for (let place = 0; place < count; place += 1) {
    for (let output = 0; output < width; output += 1) {
      let sum = bias[output] as number;
      for (let index = 0; index < width; index += 1)
        sum += (places[place * width + index] as number) * (rows[output * width + index] as number);
      projected[place * width + output] = sum;
    }
  }
  return projected;
}
