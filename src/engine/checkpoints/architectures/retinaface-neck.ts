// What both RetinaFace networks share above their backbones: feature pyramid, context modules, heads. Engine process.
import { convolution } from '../layers/convolution.ts';
import { convolutionWithBatchNorm } from '../layers/folded-batch-norm.ts';
import { leakyRelu, relu } from '../layers/rectifiers.ts';
import { enlargeNearest } from '../layers/resizing.ts';
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';

/** Features at strides 8, 16 and 32. */
export type Pyramid = readonly [OnnxValue, OnnxValue, OnnxValue];

/** The authors bend narrow networks (64 channels and fewer) by 0.1, wide ones not at all. */
export function slopeOf(network: NetworkWriter): number {
  return (network.dims('fpn.output1.0.weight')[0] as number) <= 64 ? 0.1 : 0;
}

/** Publishes boxes [1, n, 4], confidences [1, n, 2] (after softmax) and landmarks [1, n, 10]. */
export async function writeHeads(network: NetworkWriter, backbone: Pyramid): Promise<void> {
  const levels: OnnxValue[] = [];
  for (const [index, features] of (await featurePyramid(network, backbone)).entries())
    levels.push(await contextModule(network, features, `ssh${index + 1}`));
  network.output(await head(network, levels, 'BboxHead', 4), 'boxes', [1, 'priors', 4]);
  const scores = await head(network, levels, 'ClassHead', 2);
  network.output(network.node('Softmax', [scores], { axis: { int: -1 } }), 'confidences', [1, 'priors', 2]);
  network.output(await head(network, levels, 'LandmarkHead', 10), 'landmarks', [1, 'priors', 10]);
}

/** Coarse features enlarged and added to finer ones. */
async function featurePyramid(network: NetworkWriter, [at8, at16, at32]: Pyramid): Promise<Pyramid> {
  const slope = slopeOf(network);
  const fine = await block(network, at8, 'fpn.output1', slope);
  const middle = await block(network, at16, 'fpn.output2', slope);
  const coarse = await block(network, at32, 'fpn.output3', slope);
  const middleSum = network.node('Add', [middle, enlargeNearest(network, coarse, middle)]);
  const merged = await block(network, middleSum, 'fpn.merge2', slope);
  const fineSum = network.node('Add', [fine, enlargeNearest(network, merged, fine)]);
  return [await block(network, fineSum, 'fpn.merge1', slope), merged, coarse];
}

/** Kernels of 3, 5 and 7 pixels' reach side by side, the larger ones as stacks of 3×3. */
async function contextModule(network: NetworkWriter, input: OnnxValue, name: string): Promise<OnnxValue> {
  const slope = slopeOf(network);
  const reach3 = await linearBlock(network, input, `${name}.conv3X3`);
  const shared = await block(network, input, `${name}.conv5X5_1`, slope);
  const reach5 = await linearBlock(network, shared, `${name}.conv5X5_2`);
  const further = await block(network, shared, `${name}.conv7X7_2`, slope);
  const reach7 = await linearBlock(network, further, `${name}.conv7x7_3`);
  return relu(network, network.node('Concat', [reach3, reach5, reach7], { axis: { int: 1 } }));
}

async function head(
  network: NetworkWriter,
  levels: readonly OnnxValue[],
  name: string,
  columns: number,
): Promise<OnnxValue> {
  const rows: OnnxValue[] = [];
  for (const [index, features] of levels.entries()) {
    const map = await convolution(network, features, `${name}.${index}.conv1x1`);
    rows.push(network.reshape(network.transpose(map, [0, 2, 3, 1]), [1, -1, columns]));
  }
  return network.node('Concat', rows, { axis: { int: 1 } });
}

async function block(
  network: NetworkWriter,
  input: OnnxValue,
  name: string,
  slope: number,
): Promise<OnnxValue> {
  return leakyRelu(network, await linearBlock(network, input, name), slope);
}

/** Convolution and batch normalisation; the kernel's size is the checkpoint's. */
function linearBlock(network: NetworkWriter, input: OnnxValue, name: string): Promise<OnnxValue> {
  return convolutionWithBatchNorm(network, input, `${name}.0`, `${name}.1`);
}
