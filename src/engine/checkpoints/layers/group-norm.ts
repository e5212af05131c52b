// Group normalisation, for networks whose statistics are taken over some channels and the whole picture. Engine process.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';

export interface GroupNorm {
  /** One pair per channel. */
  readonly gamma: Float32Array;
  readonly beta: Float32Array;
  readonly groups: number;
  readonly epsilon: number;
}

/** `${name}.weight` and `${name}.bias` of a GroupNorm layer. VQGAN: 32 groups, epsilon 1e-6. */
export async function readGroupNorm(network: NetworkWriter, name: string): Promise<GroupNorm> {
  const [gamma, beta] = [await network.floats(`${name}.weight`), await network.floats(`${name}.bias`)];
  return { gamma, beta, groups: 32, epsilon: 1e-6 };
}

export interface PictureSize {
  readonly heightPx: number;
  readonly widthPx: number;
}

/** In smaller pictures the many small nodes cost more than they save (bench/rewrites.ts). */
const momentsFromPixels = 32 * 32;

/** `input` is 1 × channels × height × width. Half precision would overflow in sums of squares: it has its own form. */
export function groupNorm(
  network: NetworkWriter,
  input: OnnxValue,
  norm: GroupNorm,
  size: PictureSize,
): Promise<OnnxValue> {
  return network.precision === 'fp32' && size.heightPx * size.widthPx >= momentsFromPixels
    ? groupNormByMoments(network, input, norm, size)
    : groupNormByInstances(network, input, norm, size);
}

/** Pieces a group is cut into for its sum of squares: the processor multiplies pieces side by side, and short sums round less. */
const piecesPerGroup = 16;

/**
 * Mean and mean square of each group, then one multiplication and addition per element. The processor's sums and
 * products use every core and its InstanceNormalization one, so this takes half the time or less (bench/rewrites.ts).
 * A row times itself is its sum of squares, and a product of matrices reads it at the speed of memory, many times as
 * fast as ReduceSumSquare. The difference of two large numbers may come out below zero for a group without contrast,
 * hence Max.
 */
export async function groupNormByMoments(
  network: NetworkWriter,
  input: OnnxValue,
  { gamma, beta, groups, epsilon }: GroupNorm,
  { heightPx, widthPx }: PictureSize,
): Promise<OnnxValue> {
  const channels = gamma.length;
  const shape = [groups, channels / groups];
  const rows = network.reshape(input, [groups, -1]);
  const overRows = { axes: { ints: [1] }, keepdims: { int: 1 } };
  const mean = network.node('ReduceMean', [rows], overRows);
  const pieces = network.reshape(input, [groups * piecesPerGroup, 1, -1]);
  const squares = network.node('MatMul', [pieces, network.transpose(pieces, [0, 2, 1])]);
  const sumOfSquares = network.node(
    'ReduceSum',
    [network.reshape(squares, [groups, piecesPerGroup]), network.graph.integers([1])],
    { keepdims: { int: 1 } },
  );
  const share = await network.scalar(groups / (channels * heightPx * widthPx));
  const meanSquare = network.node('Mul', [sumOfSquares, share]);
  const difference = network.node('Sub', [meanSquare, network.node('Mul', [mean, mean])]);
  const variance = network.node('Max', [difference, await network.scalar(0)]);
  const deviation = network.node('Sqrt', [network.node('Add', [variance, await network.scalar(epsilon)])]);
  const scale = network.node('Div', [await network.constant(gamma, shape), deviation]);
  const shift = network.node('Sub', [
    await network.constant(beta, shape),
    network.node('Mul', [mean, scale]),
  ]);
  // A convolution of one tap per channel: the one kernel that multiplies and adds in a single pass.
  return network.node(
    'Conv',
    [input, network.reshape(scale, [channels, 1, 1, 1]), network.reshape(shift, [channels])],
    { kernel_shape: { ints: [1, 1] }, group: { int: channels } },
  );
}

/** As PyTorch's exporter writes it: each group as one instance, then scale and shift per channel. */
export async function groupNormByInstances(
  network: NetworkWriter,
  input: OnnxValue,
  { gamma, beta, groups, epsilon }: GroupNorm,
  { heightPx, widthPx }: PictureSize,
): Promise<OnnxValue> {
  const channels = gamma.length;
  const ones = await network.constant(new Float32Array(groups).fill(1), [groups]);
  const zeros = await network.constant(new Float32Array(groups), [groups]);
  const instances = [network.reshape(input, [1, groups, -1]), ones, zeros];
  const perGroup = network.node('InstanceNormalization', instances, { epsilon: { float: epsilon } });
  const normalised = network.reshape(perGroup, [1, channels, heightPx, widthPx]);
  const scaled = network.node('Mul', [normalised, await network.constant(gamma, [channels, 1, 1])]);
  return network.node('Add', [scaled, await network.constant(beta, [channels, 1, 1])]);
}
