// CodeFormer's middle: which code of the book each of the 16 × 16 places shows, and the picture of codes. Engine process.
import { linear } from '../layers/convolution.ts';
import { gelu } from '../layers/gelu.ts';
import { layerNorm } from '../layers/layer-norm.ts';
import { tokenAttention } from '../layers/token-attention.ts';
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';
import type { CodeFormerLayout } from './codeformer-layout.ts';

/** The authors' number; the checkpoint's shapes do not tell it. */
const attentionHeads = 8;

/**
 * From the encoder's answer (1 × width × grid × grid) to the looked-up codes in the same shape.
 * @param matchStatistics gives the codes each channel's mean and deviation of the encoder's answer ("adain").
 */
export async function predictedCodes(
  network: NetworkWriter,
  encoded: OnnxValue,
  layout: CodeFormerLayout,
  matchStatistics: boolean,
): Promise<OnnxValue> {
  const { gridSide, codeWidth } = layout;
  const places = await network.floats('position_emb');
  const channels = network.reshape(encoded, [codeWidth, gridSide * gridSide]);
  let tokens = await linear(network, network.transpose(channels, [1, 0]), 'feat_emb');
  for (let layer = 0; layer < layout.transformerLayers; layer += 1)
    tokens = await transformerLayer(network, tokens, `ft_layers.${layer}`, places);
  const scores = await linear(
    network,
    await layerNorm(network, tokens, 'idx_pred_layer.0'),
    'idx_pred_layer.1',
  );
  const chosen = network.node('ArgMax', [scores], { axis: { int: 1 }, keepdims: { int: 0 } });
  const rows = network.node('Gather', [await network.weight('quantize.embedding.weight'), chosen], {
    axis: { int: 0 },
  });
  const codes = network.transpose(rows, [1, 0]);
  const answer = matchStatistics ? await withStatisticsOf(network, codes, channels, layout) : codes;
  return network.reshape(answer, [1, codeWidth, gridSide, gridSide]);
}

async function transformerLayer(
  network: NetworkWriter,
  tokens: OnnxValue,
  name: string,
  places: Float32Array,
): Promise<OnnxValue> {
  const attended = await tokenAttention(
    network,
    await layerNorm(network, tokens, `${name}.norm1`),
    `${name}.self_attn`,
    { places, heads: attentionHeads },
  );
  const middle = network.node('Add', [tokens, attended]);
  const widened = await linear(network, await layerNorm(network, middle, `${name}.norm2`), `${name}.linear1`);
  return network.node('Add', [
    middle,
    await linear(network, await gelu(network, widened), `${name}.linear2`),
  ]);
}

/** Both are channels × positions. Deviations are of the sample (n − 1), with 1e-5 under the root, as the authors take them. */
export async function withStatisticsOf(
  network: NetworkWriter,
  content: OnnxValue,
  style: OnnxValue,
  { gridSide }: CodeFormerLayout,
): Promise<OnnxValue> {
  const [wanted, own] = [
    await statistics(network, style, gridSide * gridSide),
    await statistics(network, content, gridSide * gridSide),
  ];
  const normalised = network.node('Div', [own.centred, own.deviation]);
  return network.node('Add', [network.node('Mul', [normalised, wanted.deviation]), wanted.mean]);
}

async function statistics(network: NetworkWriter, rows: OnnxValue, count: number) {
  const mean = network.node('ReduceMean', [rows], { axes: { ints: [1] }, keepdims: { int: 1 } });
  const centred = network.node('Sub', [rows, mean]);
  const squares = network.node('ReduceMean', [network.node('Mul', [centred, centred])], {
    axes: { ints: [1] },
    keepdims: { int: 1 },
  });
  const variance = network.node('Mul', [squares, await network.scalar(count / (count - 1))]);
  const deviation = network.node('Sqrt', [network.node('Add', [variance, await network.scalar(1e-5)])]);
  return { mean, centred, deviation };
}
