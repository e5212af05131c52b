// The building blocks of YOLOv5-face. Engine process. Their kinds are read from the checkpoint's keys.
import { convolutionWithBatchNorm } from '../layers/folded-batch-norm.ts';
import { swish } from '../layers/swish.ts';
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';

type Block = (network: NetworkWriter, input: OnnxValue, name: string) => Promise<OnnxValue>;

/** Convolution, normalisation, swish: `name.conv`, `name.bn`. 3×3 kernels shrink the picture except inside blocks. */
export async function conv(
  network: NetworkWriter,
  input: OnnxValue,
  name: string,
  stride = 1,
): Promise<OnnxValue> {
  return swish(
    network,
    await convolutionWithBatchNorm(network, input, `${name}.conv`, `${name}.bn`, { stride }),
  );
}

/** To a quarter of the sides: one path of convolutions, one of maxima. */
export const stem: Block = async (network, input, name) => {
  const half = await conv(network, input, `${name}.stem_1`, 2);
  const narrow = await conv(network, half, `${name}.stem_2a`);
  const convolved = await conv(network, narrow, `${name}.stem_2b`, 2);
  const largest = network.node('MaxPool', [half], {
    kernel_shape: { ints: [2, 2] },
    strides: { ints: [2, 2] },
    ceil_mode: { int: 1 },
  });
  return conv(network, concat(network, [convolved, largest]), `${name}.stem_3`);
};

/** A row of bottlenecks beside a shortcut; `isResidual` where the bottlenecks add to what they read. */
export async function crossStage(
  network: NetworkWriter,
  input: OnnxValue,
  name: string,
  isResidual: boolean,
): Promise<OnnxValue> {
  let deep = await conv(network, input, `${name}.cv1`);
  for (let index = 0; network.has(`${name}.m.${index}.cv1.conv.weight`); index += 1) {
    const narrow = await conv(network, deep, `${name}.m.${index}.cv1`);
    const change = await conv(network, narrow, `${name}.m.${index}.cv2`);
    deep = isResidual ? network.node('Add', [deep, change]) : change;
  }
  const beside = await conv(network, input, `${name}.cv2`);
  return conv(network, concat(network, [deep, beside]), `${name}.cv3`);
}

/** Maxima over 3, 5 and 7 pixels beside the features themselves. */
export const pyramidPooling: Block = async (network, input, name) => {
  const features = await conv(network, input, `${name}.cv1`);
  const pooled = [3, 5, 7].map((side) => {
    const border = side >> 1;
    return network.node('MaxPool', [features], {
      kernel_shape: { ints: [side, side] },
      strides: { ints: [1, 1] },
      pads: { ints: [border, border, border, border] },
    });
  });
  return conv(network, concat(network, [features, ...pooled]), `${name}.cv2`);
};

/** ShuffleNet's block; one with a first branch halves the sides, one without works on half of the channels. */
export const shuffle: Block = async (network, input, name) => {
  const isHalving = network.has(`${name}.branch1.0.weight`);
  let [left, right] = [input, input];
  if (isHalving) {
    const alone = await depthwise(network, input, `${name}.branch1.0`, `${name}.branch1.1`, 2);
    left = await pointwise(network, alone, `${name}.branch1.2`, `${name}.branch1.3`);
  } else {
    [left, right] = network.graph.nodes('Split', [input], 2, { axis: { int: 1 } }) as [OnnxValue, OnnxValue];
  }
  right = await pointwise(network, right, `${name}.branch2.0`, `${name}.branch2.1`);
  right = await depthwise(network, right, `${name}.branch2.3`, `${name}.branch2.4`, isHalving ? 2 : 1);
  right = await pointwise(network, right, `${name}.branch2.5`, `${name}.branch2.6`);
  const channels = (network.dims(`${name}.branch2.5.weight`)[0] as number) * 2;
  // Left and right take turns: channel i of the left goes to 2i, of the right to 2i + 1.
  const order = Array.from({ length: channels }, (_, index) => (index >> 1) + (index & 1) * (channels / 2));
  return network.node('Gather', [concat(network, [left, right]), network.graph.integers(order)], {
    axis: { int: 1 },
  });
};

/** Several shuffle blocks in a row: `name.0`, `name.1` ... */
export const shuffles: Block = async (network, input, name) => {
  let value = input;
  for (let index = 0; network.has(`${name}.${index}.branch2.0.weight`); index += 1)
    value = await shuffle(network, value, `${name}.${index}`);
  return value;
};

export function concat(network: NetworkWriter, parts: readonly OnnxValue[]): OnnxValue {
  return network.node('Concat', parts, { axis: { int: 1 } });
}

async function pointwise(
  network: NetworkWriter,
  input: OnnxValue,
  convName: string,
  normName: string,
): Promise<OnnxValue> {
  return swish(network, await convolutionWithBatchNorm(network, input, convName, normName));
}

function depthwise(
  network: NetworkWriter,
  input: OnnxValue,
  convName: string,
  normName: string,
  stride: number,
): Promise<OnnxValue> {
  const groups = network.dims(`${convName}.weight`)[0] as number;
  return convolutionWithBatchNorm(network, input, convName, normName, { stride, groups });
}
