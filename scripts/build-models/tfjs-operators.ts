// One function per TensorFlow operator: writes its ONNX counterpart and says what shape comes out.
// Everything is converted from NHWC to NCHW here; shapes are static because the input size is fixed.
import type { OnnxGraphWriter, OnnxValue } from '../../src/engine/checkpoints/onnx-graph-writer.ts';
import { type FourDims, fourDims, reorderAxes } from './reorder-axes.ts';
import type { TfNode } from './tfjs-model.ts';
import type { TfWeight } from './tfjs-weights.ts';

/** A tensor of the new graph. `dims` is [batch, channels, height, width], or what a Reshape made of it. */
export interface ConvertedTensor {
  readonly value: OnnxValue;
  readonly dims: readonly number[];
}

export interface OperatorContext {
  readonly graph: OnnxGraphWriter;
  readonly node: TfNode;
  /** The node's inputs that are activations, and those that are constants, each by input position. */
  tensor(position: number): ConvertedTensor;
  weight(position: number): TfWeight;
}

type OperatorConverter = (context: OperatorContext) => ConvertedTensor;

export const operatorConverters: Readonly<Record<string, OperatorConverter>> = {
  _FusedConv2D: convertFusedConvolution,
  DepthwiseConv2dNative: convertDepthwiseConvolution,
  AddV2: ({ graph, tensor }) => {
    const [left, right] = [tensor(0), tensor(1)];
    return { value: graph.node('Add', [left.value, right.value]), dims: left.dims };
  },
  Relu: ({ graph, tensor }) => ({ value: graph.node('Relu', [tensor(0).value]), dims: tensor(0).dims }),
  Sigmoid: ({ graph, tensor }) => ({ value: graph.node('Sigmoid', [tensor(0).value]), dims: tensor(0).dims }),
  Identity: ({ tensor }) => tensor(0),
  Prelu: (context) => parametricRelu(context.graph, context.tensor(0), context.weight(1)),
  MaxPool: convertMaxPool,
  Pad: convertPad,
  Reshape: convertReshape,
};

function convertFusedConvolution(context: OperatorContext): ConvertedTensor {
  const { graph, node } = context;
  const [kernelHeight, kernelWidth, inputChannels, outputChannels] = fourDims(context.weight(1));
  const kernel = reorder(
    context.weight(1),
    [outputChannels, inputChannels, kernelHeight, kernelWidth],
    [3, 2, 0, 1],
  );
  const fusedOperators = (node.attributes['fused_ops']?.list?.s ?? []).map(decodeBase64);
  if (fusedOperators[0] !== 'BiasAdd')
    throw new Error(`${node.name}: fused ${fusedOperators.join('+')} is not handled`);
  const convolved = convolve(context, kernel, context.weight(2), 1);
  const activation = fusedOperators[1];
  switch (activation) {
    case undefined:
      return convolved;
    case 'Relu':
      return { value: graph.node('Relu', [convolved.value]), dims: convolved.dims };
    case 'Prelu':
      return parametricRelu(graph, convolved, context.weight(3));
    default:
      throw new Error(`${node.name}: fused ${activation} is not handled`);
  }
}

/** TensorFlow stores [height, width, channels, multiplier]; ONNX wants one group per channel. */
function convertDepthwiseConvolution(context: OperatorContext): ConvertedTensor {
  const [kernelHeight, kernelWidth, channels, multiplier] = fourDims(context.weight(1));
  const shape = [channels * multiplier, 1, kernelHeight, kernelWidth];
  return convolve(
    context,
    { data: reorder(context.weight(1), shape, [2, 3, 0, 1]).data, dims: shape },
    null,
    channels,
  );
}

function convolve(
  context: OperatorContext,
  kernel: TfWeight,
  bias: TfWeight | null,
  groups: number,
): ConvertedTensor {
  const { graph, node, tensor } = context;
  const image = tensor(0);
  const [outputChannels = 0, , kernelHeight = 0, kernelWidth = 0] = kernel.dims;
  if (attributeInts(node, 'dilations').some((dilation) => dilation !== 1)) {
    throw new Error(`${node.name}: dilated convolutions are not handled`);
  }
  const window = slidingWindow(node, image.dims, [kernelHeight, kernelWidth]);
  const inputs = [image.value, floatConstant(graph, kernel)];
  if (bias !== null) inputs.push(floatConstant(graph, bias));
  const value = graph.node('Conv', inputs, {
    kernel_shape: { ints: [kernelHeight, kernelWidth] },
    strides: { ints: window.strides },
    pads: { ints: window.pads },
    group: { int: groups },
  });
  return { value, dims: [1, outputChannels, ...window.outputSize] };
}

function convertMaxPool({ graph, node, tensor }: OperatorContext): ConvertedTensor {
  const image = tensor(0);
  const [, kernelHeight = 0, kernelWidth = 0] = attributeInts(node, 'ksize');
  const window = slidingWindow(node, image.dims, [kernelHeight, kernelWidth]);
  const value = graph.node('MaxPool', [image.value], {
    kernel_shape: { ints: [kernelHeight, kernelWidth] },
    strides: { ints: window.strides },
    pads: { ints: window.pads },
  });
  return { value, dims: [1, image.dims[1] ?? 0, ...window.outputSize] };
}

/** TensorFlow lists [before, after] per NHWC axis; ONNX lists all the befores, then all the afters, per NCHW axis. */
function convertPad({ graph, tensor, weight }: OperatorContext): ConvertedTensor {
  const image = tensor(0);
  const paddings = Array.from(weight(1).data);
  const fromNhwc = [0, 3, 1, 2];
  const before = fromNhwc.map((axis) => paddings[axis * 2] ?? 0);
  const after = fromNhwc.map((axis) => paddings[axis * 2 + 1] ?? 0);
  const value = graph.node('Pad', [image.value, graph.integers([...before, ...after])]);
  return { value, dims: image.dims.map((size, axis) => size + (before[axis] ?? 0) + (after[axis] ?? 0)) };
}

/** The elements must be laid out as NHWC before their shape is dropped. */
function convertReshape({ graph, tensor, weight }: OperatorContext): ConvertedTensor {
  const image = tensor(0);
  const elementCount = image.dims.reduce((product, size) => product * size, 1);
  const asked = Array.from(weight(1).data);
  const known = asked.filter((size) => size !== -1).reduce((product, size) => product * size, 1);
  const dims = asked.map((size) => (size === -1 ? elementCount / known : size));
  const channelsLast = graph.node('Transpose', [image.value], { perm: { ints: [0, 2, 3, 1] } });
  return { value: graph.node('Reshape', [channelsLast, graph.integers(dims)]), dims };
}

/** One slope per channel: [1, 1, channels] becomes [channels, 1, 1]. */
function parametricRelu(graph: OnnxGraphWriter, image: ConvertedTensor, slope: TfWeight): ConvertedTensor {
  const channels = slope.data.length;
  if (slope.dims.at(-1) !== channels) throw new Error('a PReLU slope must be shared over height and width');
  const slopeValue = floatConstant(graph, { data: slope.data, dims: [channels, 1, 1] });
  return { value: graph.node('PRelu', [image.value, slopeValue]), dims: image.dims };
}

interface SlidingWindow {
  readonly strides: readonly number[];
  /** [top, left, bottom, right] */
  readonly pads: readonly number[];
  /** [height, width] */
  readonly outputSize: readonly number[];
}

/**
 * TensorFlow's SAME puts the odd pixel of padding at the bottom and right, and how much there is depends on the
 * input size: at stride 2 an even input of a 3x3 kernel is padded 0 before and 1 after, not 1 and 1.
 */
export function slidingWindow(
  node: TfNode,
  imageDims: readonly number[],
  kernel: readonly number[],
): SlidingWindow {
  const [, strideDown = 1, strideRight = 1] = attributeInts(node, 'strides');
  const strides = [strideDown, strideRight];
  const padding = decodeBase64(node.attributes['padding']?.s ?? '');
  const before: number[] = [];
  const after: number[] = [];
  const outputSize: number[] = [];
  for (const axis of [0, 1]) {
    const [size = 0, stride = 1, kernelSize = 1] = [imageDims[axis + 2], strides[axis], kernel[axis]];
    const isSame = padding === 'SAME';
    if (!isSame && padding !== 'VALID') throw new Error(`${node.name}: padding ${padding} is not handled`);
    const output = isSame ? Math.ceil(size / stride) : Math.floor((size - kernelSize) / stride) + 1;
    const total = isSame ? Math.max(0, (output - 1) * stride + kernelSize - size) : 0;
    before.push(Math.floor(total / 2));
    after.push(total - Math.floor(total / 2));
    outputSize.push(output);
  }
  return { strides, pads: [...before, ...after], outputSize };
}

function attributeInts(node: TfNode, name: string): number[] {
  return (node.attributes[name]?.list?.i ?? []).map(Number);
}

function decodeBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('ascii');
}

function floatConstant(graph: OnnxGraphWriter, weight: TfWeight): OnnxValue {
  return graph.constant({ type: 'float32', data: Float32Array.from(weight.data), dims: weight.dims });
}

/** A kernel whose axis k is axis `order[k]` of the source; `dims` is the shape it is given then. */
function reorder(weight: TfWeight, dims: readonly number[], order: FourDims): TfWeight {
  const data = reorderAxes(weight.data, fourDims(weight), order, new Float32Array(weight.data.length));
  return { data, dims };
}
