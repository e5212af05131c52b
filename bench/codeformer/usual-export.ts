// CodeFormer as PyTorch's exporter writes it: one graph, w frozen at 0.5, every layer as its module computes it.
// Checked against a real export of the official code: the same operators in the same numbers, the same time.
import type { CodeFormerLayout } from '../../src/engine/checkpoints/architectures/codeformer-layout.ts';
import { withStatisticsOf } from '../../src/engine/checkpoints/architectures/codeformer-transformer.ts';
import { convolution, linear, transposeMatrix } from '../../src/engine/checkpoints/layers/convolution.ts';
import { gelu } from '../../src/engine/checkpoints/layers/gelu.ts';
import { groupNormByInstances, readGroupNorm } from '../../src/engine/checkpoints/layers/group-norm.ts';
import { layerNorm } from '../../src/engine/checkpoints/layers/layer-norm.ts';
import { swish } from '../../src/engine/checkpoints/layers/swish.ts';
import type { NetworkWriter } from '../../src/engine/checkpoints/network-writer.ts';
import type { OnnxValue } from '../../src/engine/checkpoints/onnx-graph-writer.ts';

const heads = 8;
const frozenFidelity = 0.5;

/** image → face, both 1 × 3 × side × side. */
export async function writeUsualExport(network: NetworkWriter, layout: CodeFormerLayout): Promise<void> {
  const dims = [1, 3, layout.sidePx, layout.sidePx];
  let value = network.input('image', dims);
  const taps = new Map<number, OnnxValue>();
  for (const [index, block] of layout.encoder.entries()) {
    value = await plainBlock(network, value, block);
    for (const fusion of layout.fusions) if (fusion.encoderBlock === index) taps.set(fusion.sidePx, value);
  }
  value = await codesOf(network, value, layout);
  for (const [index, block] of layout.generator.entries()) {
    value = await plainBlock(network, value, block);
    const fusion = layout.fusions.find(({ generatorBlock }) => generatorBlock === index);
    if (fusion !== undefined)
      value = await plainFusion(network, fusion.name, taps.get(fusion.sidePx) ?? '', value, fusion.sidePx);
  }
  network.output(value, 'face', dims);
}

async function plainBlock(
  network: NetworkWriter,
  input: OnnxValue,
  { name, kind, sidePx }: CodeFormerLayout['encoder'][number],
): Promise<OnnxValue> {
  switch (kind) {
    case 'convolution':
      return convolution(network, input, name);
    case 'norm':
      return plainNorm(network, input, name, sidePx);
    case 'residual':
      return plainResidual(network, input, name, sidePx);
    case 'attention':
      return plainAttention(network, input, name, sidePx);
    case 'down':
      return convolution(network, input, `${name}.conv`, { stride: 2, padding: [0, 0, 1, 1] });
    case 'up':
      return convolution(network, await doubled(network, input), `${name}.conv`);
  }
}

async function plainNorm(network: NetworkWriter, input: OnnxValue, name: string, sidePx: number) {
  const norm = await readGroupNorm(network, name);
  return groupNormByInstances(network, input, norm, { heightPx: sidePx, widthPx: sidePx });
}

async function plainResidual(
  network: NetworkWriter,
  input: OnnxValue,
  name: string,
  sidePx: number,
): Promise<OnnxValue> {
  const first = swish(network, await plainNorm(network, input, `${name}.norm1`, sidePx));
  const middle = await convolution(network, first, `${name}.conv1`);
  const second = swish(network, await plainNorm(network, middle, `${name}.norm2`, sidePx));
  const change = await convolution(network, second, `${name}.conv2`);
  const isWider = network.has(`${name}.conv_out.weight`);
  const kept = isWider ? await convolution(network, input, `${name}.conv_out`) : input;
  return network.node('Add', [change, kept]);
}

/** Nearest neighbour, as torch.nn.functional.interpolate is exported. */
export async function doubled(network: NetworkWriter, input: OnnxValue): Promise<OnnxValue> {
  const factors = network.graph.constant({ type: 'float32', data: Float32Array.of(1, 1, 2, 2), dims: [4] });
  return network.node('Resize', [input, '', factors], {
    mode: { string: 'nearest' },
    coordinate_transformation_mode: { string: 'asymmetric' },
    nearest_mode: { string: 'floor' },
  });
}

export async function plainAttention(
  network: NetworkWriter,
  input: OnnxValue,
  name: string,
  sidePx: number,
): Promise<OnnxValue> {
  const channels = network.dims(`${name}.q.weight`)[0] as number;
  const rows = [1, channels, sidePx * sidePx];
  const normalised = await plainNorm(network, input, `${name}.norm`, sidePx);
  const part = async (letter: string) =>
    network.reshape(await convolution(network, normalised, `${name}.${letter}`), rows);
  const [query, key, value] = [await part('q'), await part('k'), await part('v')];
  const scores = network.node('MatMul', [network.transpose(query, [0, 2, 1]), key]);
  const scaled = network.node('Mul', [scores, await network.scalar(channels ** -0.5)]);
  const weights = network.node('Softmax', [scaled], { axis: { int: 2 } });
  const mixed = network.node('MatMul', [value, network.transpose(weights, [0, 2, 1])]);
  const picture = network.reshape(mixed, [1, channels, sidePx, sidePx]);
  return network.node('Add', [input, await convolution(network, picture, `${name}.proj_out`)]);
}

async function codesOf(
  network: NetworkWriter,
  encoded: OnnxValue,
  layout: CodeFormerLayout,
): Promise<OnnxValue> {
  const { codeWidth, gridSide } = layout;
  const count = gridSide * gridSide;
  const rows = network.reshape(encoded, [codeWidth, count]);
  let tokens = await linear(network, network.transpose(rows, [1, 0]), 'feat_emb');
  for (let layer = 0; layer < layout.transformerLayers; layer += 1) {
    const name = `ft_layers.${layer}`;
    const attended = await plainTokenAttention(network, tokens, name);
    tokens = network.node('Add', [tokens, attended]);
    const wide = await linear(network, await layerNorm(network, tokens, `${name}.norm2`), `${name}.linear1`);
    tokens = network.node('Add', [
      tokens,
      await linear(network, await gelu(network, wide), `${name}.linear2`),
    ]);
  }
  const scores = await linear(
    network,
    await layerNorm(network, tokens, 'idx_pred_layer.0'),
    'idx_pred_layer.1',
  );
  const chosen = network.node('ArgMax', [network.node('Softmax', [scores], { axis: { int: 1 } })], {
    axis: { int: 1 },
    keepdims: { int: 0 },
  });
  const found = network.node('Gather', [await network.weight('quantize.embedding.weight'), chosen]);
  const codes = await withStatisticsOf(network, network.transpose(found, [1, 0]), rows, layout);
  return network.reshape(codes, [1, codeWidth, gridSide, gridSide]);
}

export async function plainTokenAttention(network: NetworkWriter, tokens: OnnxValue, layer: string) {
  const name = `${layer}.self_attn`;
  const width = network.dims(`${name}.out_proj.weight`)[0] as number;
  const [count = 0] = network.dims('position_emb');
  const normalised = await layerNorm(network, tokens, `${layer}.norm1`);
  const placed = network.node('Add', [normalised, await network.weight('position_emb')]);
  const weights = await network.floats(`${name}.in_proj_weight`);
  const biases = await network.floats(`${name}.in_proj_bias`);
  const project = async (input: OnnxValue, index: number, order: readonly number[]) => {
    const rows = weights.slice(index * width * width, (index + 1) * width * width);
    const matrix = await network.constant(transposeMatrix(rows, width, width), [width, width]);
    const bias = await network.constant(biases.slice(index * width, (index + 1) * width), [width]);
    const projected = network.node('Add', [network.node('MatMul', [input, matrix]), bias]);
    return network.transpose(network.reshape(projected, [count, heads, width / heads]), order);
  };
  const query = await project(placed, 0, [1, 0, 2]);
  const scaled = network.node('Mul', [query, await network.scalar((width / heads) ** -0.5)]);
  const scores = network.node('MatMul', [scaled, await project(placed, 1, [1, 2, 0])]);
  const shares = network.node('Softmax', [scores], { axis: { int: -1 } });
  const mixed = network.node('MatMul', [shares, await project(normalised, 2, [1, 0, 2])]);
  const joined = network.reshape(network.transpose(mixed, [1, 0, 2]), [count, width]);
  return linear(network, joined, `${name}.out_proj`);
}

export async function plainFusion(
  network: NetworkWriter,
  name: string,
  encoded: OnnxValue,
  decoded: OnnxValue,
  sidePx: number,
): Promise<OnnxValue> {
  const joined = network.node('Concat', [encoded, decoded], { axis: { int: 1 } });
  const features = await plainResidual(network, joined, `${name}.encode_enc`, sidePx);
  const head = async (which: string) => {
    const first = await convolution(network, features, `${name}.${which}.0`);
    const bent = network.node('LeakyRelu', [first], { alpha: { float: 0.2 } });
    return convolution(network, bent, `${name}.${which}.2`);
  };
  const product = network.node('Mul', [decoded, await head('scale')]);
  const sum = network.node('Add', [product, await head('shift')]);
  const residual = network.node('Mul', [sum, await network.scalar(frozenFidelity)]);
  return network.node('Add', [decoded, residual]);
}
