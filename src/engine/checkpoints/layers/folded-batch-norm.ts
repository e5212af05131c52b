// Batch normalisation disappears at inference: it is an affine map per channel, folded into the convolution before it.
// Engine process.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';
import { type ConvolutionOptions, convolve } from './convolution.ts';

export interface FoldedBatchNorm {
  /** out × in × height × width. */
  readonly weights: Float32Array;
  /** One per output channel. */
  readonly bias: Float32Array;
}

/**
 * weight · γ/√(σ²+ε) and (bias − μ)·γ/√(σ²+ε) + β, per output channel, exact up to rounding.
 * Changes `weights` in place. `bias` null: the convolution has none.
 */
export function foldBatchNorm(
  weights: Float32Array,
  bias: Float32Array | null,
  norm: {
    readonly gamma: Float32Array;
    readonly beta: Float32Array;
    readonly mean: Float32Array;
    readonly variance: Float32Array;
    readonly epsilon: number;
  },
): FoldedBatchNorm {
  const channels = norm.gamma.length;
  const perChannel = weights.length / channels;
  const folded = new Float32Array(channels);
  for (let channel = 0; channel < channels; channel += 1) {
    const factor =
      (norm.gamma[channel] as number) / Math.sqrt((norm.variance[channel] as number) + norm.epsilon);
    for (let index = channel * perChannel; index < (channel + 1) * perChannel; index += 1) {
      weights[index] = (weights[index] as number) * factor;
    }
    folded[channel] =
      ((bias?.[channel] ?? 0) - (norm.mean[channel] as number)) * factor + (norm.beta[channel] as number);
  }
  return { weights, bias: folded };
}

/** Weights and bias of the convolution `convName` with the batch normalisation `normName` folded into them. */
export async function readFoldedBatchNorm(
  network: NetworkWriter,
  convName: string,
  normName: string,
  epsilon = 1e-5,
): Promise<FoldedBatchNorm> {
  return foldBatchNorm(
    await network.floats(`${convName}.weight`),
    network.has(`${convName}.bias`) ? await network.floats(`${convName}.bias`) : null,
    {
      gamma: await network.floats(`${normName}.weight`),
      beta: await network.floats(`${normName}.bias`),
      mean: await network.floats(`${normName}.running_mean`),
      variance: await network.floats(`${normName}.running_var`),
      epsilon,
    },
  );
}

/** The convolution `convName` followed by the batch normalisation `normName`, as one convolution. */
export async function convolutionWithBatchNorm(
  network: NetworkWriter,
  input: OnnxValue,
  convName: string,
  normName: string,
  options: ConvolutionOptions & { readonly epsilon?: number } = {},
): Promise<OnnxValue> {
  const { weights, bias } = await readFoldedBatchNorm(network, convName, normName, options.epsilon);
  const dims = network.dims(`${convName}.weight`);
  const inputs = [input, await network.constant(weights, dims), await network.constant(bias, [bias.length])];
  return convolve(network, inputs, dims, options);
}
