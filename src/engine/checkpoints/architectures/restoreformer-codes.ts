// Replaces each position's features by the nearest code of the codebook. Engine process.
// Nearest by distance is largest by product minus half the code's own length: |z − e|² = |z|² − 2 (z·e − |e|²/2).
import { convolution, transposeMatrix } from '../layers/convolution.ts';
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';

/** From the encoder's answer to the decoder's input, both 1 × channels × gridSide × gridSide. */
export async function nearestCodes(
  network: NetworkWriter,
  features: OnnxValue,
  prefix: string,
  gridSide: number,
): Promise<OnnxValue> {
  const [codes = 0, width = 0] = network.dims(`${prefix}quantize.embedding.weight`);
  const codebook = await network.floats(`${prefix}quantize.embedding.weight`);
  const halfLengths = Float32Array.from({ length: codes }, (_, code) => {
    let sum = 0;
    for (const value of codebook.subarray(code * width, (code + 1) * width)) sum += value * value;
    return -sum / 2;
  });
  const { graph } = network;
  const projected = await convolution(network, features, `${prefix}quant_conv`);
  const rows = network.transpose(network.reshape(projected, [width, gridSide * gridSide]), [1, 0]);
  const single = (data: Float32Array, dims: readonly number[]) =>
    graph.constant({ type: 'float32', data, dims });
  const asColumns = single(transposeMatrix(codebook, codes, width), [width, codes]);
  const products = graph.node('MatMul', [inSinglePrecision(network, rows), asColumns]);
  const closeness = graph.node('Add', [products, single(halfLengths, [codes])]);
  const chosen = graph.node('ArgMax', [closeness], { axis: { int: 1 }, keepdims: { int: 0 } });
  const found = graph.node('Gather', [await network.constant(codebook, [codes, width]), chosen]);
  const picture = network.reshape(network.transpose(found, [1, 0]), [1, width, gridSide, gridSide]);
  return convolution(network, picture, `${prefix}post_quant_conv`);
}

/** Half precision cannot tell near codes apart: they are compared in single precision. */
function inSinglePrecision(network: NetworkWriter, value: OnnxValue): OnnxValue {
  return network.precision === 'fp32' ? value : network.node('Cast', [value], { to: { int: onnxFloat } });
}

/** TensorProto's number of float32. */
const onnxFloat = 1;
