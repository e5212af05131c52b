// Controllable fusion: how much of the photo's own features, scaled by the fidelity w, joins the generated ones.
// Engine process. The block reads features of the encoder and of the generator stacked along the channels. Only the
// generator's depend on w, so the encoder's half of its first layers is computed once per face ("half" below):
// 32 groups over both halves never straddle them, and a convolution over stacked channels is the sum of two.
import { convolve } from '../layers/convolution.ts';
import { type GroupNorm, groupNorm, readGroupNorm } from '../layers/group-norm.ts';
import {
  fastConvolution,
  fastConvolutions,
  filteringPays,
  filteringRows,
  minimalFiltering,
} from '../layers/minimal-filtering.ts';
import { swish } from '../layers/swish.ts';
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';
import type { Fusion } from './codeformer-layout.ts';

/** Answers of the block's first convolution and of its shortcut, for one half of what they read. */
export interface FusionHalf {
  readonly first: OnnxValue;
  readonly shortcut: OnnxValue;
}

/** What fusion adds at w = 1. `decoded` is the generator's answer, `half` the encoder's half. */
export async function fusionResidual(
  network: NetworkWriter,
  fusion: Fusion,
  half: FusionHalf,
  decoded: OnnxValue,
): Promise<OnnxValue> {
  const { name, channels, sidePx } = fusion;
  const other = await fusionHalf(network, fusion, decoded, 'generator');
  const first = network.node('Add', [other.first, half.first]);
  const norm = await readGroupNorm(network, `${name}.encode_enc.norm2`);
  const normalised = await groupNorm(network, first, norm, { heightPx: sidePx, widthPx: sidePx });
  const second = await fastConvolution(
    network,
    swish(network, normalised),
    `${name}.encode_enc.conv2`,
    sidePx,
  );
  const joined = network.node('Add', [network.node('Add', [second, other.shortcut]), half.shortcut]);
  const heads = await fastConvolutions(network, joined, [`${name}.scale.0`, `${name}.shift.0`], sidePx);
  const [scale, shift] = [
    await restOfHead(network, heads[0] as OnnxValue, `${name}.scale`, sidePx),
    await restOfHead(network, heads[1] as OnnxValue, `${name}.shift`, sidePx),
  ];
  const channelsAgree = network.dims(`${name}.shift.2.weight`)[0] === channels;
  if (!channelsAgree) throw new RangeError(`${name} changes the number of channels`);
  return network.node('Add', [network.node('Mul', [decoded, scale]), shift]);
}

function restOfHead(
  network: NetworkWriter,
  first: OnnxValue,
  name: string,
  sidePx: number,
): Promise<OnnxValue> {
  const bent = network.node('LeakyRelu', [first], { alpha: { float: 0.2 } });
  return fastConvolution(network, bent, `${name}.2`, sidePx);
}

/** One half of norm, swish and convolution over both; biases go with the generator's half. */
export async function fusionHalf(
  network: NetworkWriter,
  { name, channels, sidePx }: Fusion,
  features: OnnxValue,
  side: Side,
): Promise<FusionHalf> {
  const block = `${name}.encode_enc`;
  const from = side === 'encoder' ? 0 : channels;
  const norm = halfOfNorm(await readGroupNorm(network, `${block}.norm1`), from, channels);
  const normalised = await groupNorm(network, features, norm, { heightPx: sidePx, widthPx: sidePx });
  const half = { from, count: channels, side, sidePx };
  return {
    first: await halfConvolution(network, swish(network, normalised), `${block}.conv1`, half),
    shortcut: await halfConvolution(network, features, `${block}.conv_out`, half),
  };
}

function halfOfNorm({ gamma, beta, groups, epsilon }: GroupNorm, from: number, count: number): GroupNorm {
  return {
    gamma: gamma.slice(from, from + count),
    beta: beta.slice(from, from + count),
    groups: groups / 2,
    epsilon,
  };
}

type Side = 'encoder' | 'generator';

interface HalfOfInputs {
  readonly from: number;
  readonly count: number;
  readonly side: Side;
  readonly sidePx: number;
}

async function halfConvolution(
  network: NetworkWriter,
  input: OnnxValue,
  name: string,
  { from, count, side, sidePx }: HalfOfInputs,
): Promise<OnnxValue> {
  const [outputs = 0, channels = 0, ...kernel] = network.dims(`${name}.weight`);
  const weights = await network.floats(`${name}.weight`);
  const taps = kernel.reduce((product, side) => product * side, 1);
  const kept = new Float32Array(outputs * count * taps);
  for (let output = 0; output < outputs; output += 1) {
    const start = (output * channels + from) * taps;
    kept.set(weights.subarray(start, start + count * taps), output * count * taps);
  }
  const dims = [outputs, count, ...kernel];
  // The encoder's halves leave the graph as they are: woven rows would have to be copied once more.
  if (side === 'encoder') return convolve(network, [input, await network.constant(kept, dims)], dims, {});
  const bias = await network.weight(`${name}.bias`);
  if (!filteringPays(network, dims, sidePx))
    return convolve(network, [input, await network.constant(kept, dims), bias], dims, {});
  const rows = await filteringRows(network, input, count);
  return minimalFiltering(network, rows, { weights: kept, outputs, inputs: count, bias }, sidePx);
}
