// Convolutions and full connections as a checkpoint stores them. Engine process.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';

export interface ConvolutionOptions {
  readonly stride?: number;
  /** One number for all four sides, or top, left, bottom, right. Default: half the kernel, which keeps the size. */
  readonly padding?: number | readonly [number, number, number, number];
  readonly dilation?: number;
  readonly groups?: number;
}

/** `${name}.weight` (out × in × height × width) and, where there is one, `${name}.bias`. */
export async function convolution(
  network: NetworkWriter,
  input: OnnxValue,
  name: string,
  options: ConvolutionOptions = {},
): Promise<OnnxValue> {
  const inputs = [input, await network.weight(`${name}.weight`)];
  if (network.has(`${name}.bias`)) inputs.push(await network.weight(`${name}.bias`));
  return convolve(network, inputs, network.dims(`${name}.weight`), options);
}

/** The node itself: `inputs` are the picture, the weights of shape `dims` and, if any, the bias. */
export function convolve(
  network: NetworkWriter,
  inputs: readonly OnnxValue[],
  dims: readonly number[],
  { stride = 1, padding, dilation = 1, groups = 1 }: ConvolutionOptions,
): OnnxValue {
  const [height, width] = [dims[2] as number, dims[3] as number];
  const half = [(height - 1) >> 1, (width - 1) >> 1].map((side) => side * dilation) as [number, number];
  const pads = typeof padding === 'number' ? Array(4).fill(padding) : (padding ?? [...half, ...half]);
  return network.node('Conv', inputs, {
    kernel_shape: { ints: [height, width] },
    strides: { ints: [stride, stride] },
    pads: { ints: pads },
    dilations: { ints: [dilation, dilation] },
    group: { int: groups },
  });
}

/** x · Wᵀ + b over the last axis: `${name}.weight` is out × in. Any number of leading axes. */
export async function linear(network: NetworkWriter, input: OnnxValue, name: string): Promise<OnnxValue> {
  const [outputs, inputs] = network.dims(`${name}.weight`) as [number, number];
  const weights = transposeMatrix(await network.floats(`${name}.weight`), outputs, inputs);
  const product = network.node('MatMul', [input, await network.constant(weights, [inputs, outputs])]);
  if (!network.has(`${name}.bias`)) return product;
  return network.node('Add', [product, await network.weight(`${name}.bias`)]);
}

/** rows × columns → columns × rows. */
export function transposeMatrix(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const transposed = new Float32Array(matrix.length);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      transposed[column * rows + row] = matrix[row * columns + column] as number;
    }
  }
  return transposed;
}
