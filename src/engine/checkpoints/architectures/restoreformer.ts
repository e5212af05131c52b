// RestoreFormer (Wang et al., 2022): a VQGAN whose decoder looks the face up in the encoder's features. Engine process.
// Keys as the authors save them ("vqvae." before each) and as GFPGAN's repository offers them.
import type { Architecture } from '../architecture.ts';
import type { TensorTable } from '../checkpoint.ts';
import { convolution } from '../layers/convolution.ts';
import { groupNorm, readGroupNorm } from '../layers/group-norm.ts';
import { phaseUpsampling } from '../layers/phase-upsampling.ts';
import { swish } from '../layers/swish.ts';
import { vqganResidualBlock } from '../layers/vqgan-residual-block.ts';
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';
import { crossAttention } from './restoreformer-attention.ts';
import { nearestCodes } from './restoreformer-codes.ts';

/** Side of the grid of codes; attention happens at this size only. */
const gridSide = 16;

export const restoreformer: Architecture = {
  id: 'restoreformer',

  recognises: (tensors) => prefixOf(tensors) !== null,

  async convert(checkpoint, folder) {
    const prefix = prefixOf(checkpoint.tensors) ?? '';
    const levels = levelCount(checkpoint.tensors, prefix);
    const sidePx = gridSide << (levels - 1);
    await folder.write('restoreformer', async (network) => {
      const face = network.input('face', [1, 3, sidePx, sidePx]);
      const seen = await encode(network, face, prefix, levels);
      const codes = await nearestCodes(network, seen.answer, prefix, gridSide);
      network.output(await decode(network, codes, seen, prefix, levels), 'restored', [1, 3, sidePx, sidePx]);
    });
    return {
      purpose: 'face-restoration',
      contract: {
        interface: 'face-restorer',
        inputSidePx: sidePx,
        imageInput: 'face',
        output: 'restored',
        colour: 'rgb',
        range: 'minus-one-to-one',
      },
      artefacts: ['restoreformer'],
    };
  },
};

/** What tells it from a plain VQGAN: attention with a second normalisation, for what the encoder saw. */
function prefixOf(tensors: TensorTable): string | null {
  const isIts = (prefix: string) =>
    tensors.has(`${prefix}decoder.mid.attn_1.norm2.weight`) &&
    tensors.has(`${prefix}quantize.embedding.weight`) &&
    tensors.has(`${prefix}post_quant_conv.weight`);
  return ['', 'vqvae.'].find(isIts) ?? null;
}

function levelCount(tensors: TensorTable, prefix: string): number {
  let count = 0;
  while (tensors.has(`${prefix}encoder.down.${count}.block.0.conv1.weight`)) count += 1;
  return count;
}

interface Encoded {
  readonly answer: OnnxValue;
  /** Features the decoder's attention asks with: in its middle, and at the first size of its way up. */
  readonly forMiddle: OnnxValue;
  readonly forUp: OnnxValue;
}

async function encode(
  network: NetworkWriter,
  face: OnnxValue,
  prefix: string,
  levels: number,
): Promise<Encoded> {
  const part = `${prefix}encoder`;
  let value = await convolution(network, face, `${part}.conv_in`);
  for (let level = 0; level < levels; level += 1) {
    const sidePx = gridSide << (levels - 1 - level);
    const name = `${part}.down.${level}`;
    for (let block = 0; network.has(`${name}.block.${block}.conv1.weight`); block += 1) {
      value = await vqganResidualBlock(network, value, `${name}.block.${block}`, sidePx);
      if (network.has(`${name}.attn.${block}.q.weight`))
        value = await crossAttention(network, value, null, `${name}.attn.${block}`, sidePx);
    }
    if (network.has(`${name}.downsample.conv.weight`))
      // One row and column of zeros, at the bottom and the right only.
      value = await convolution(network, value, `${name}.downsample.conv`, {
        stride: 2,
        padding: [0, 0, 1, 1],
      });
  }
  const forUp = await vqganResidualBlock(network, value, `${part}.mid.block_1`, gridSide);
  const attended = await crossAttention(network, forUp, null, `${part}.mid.attn_1`, gridSide);
  const forMiddle = await vqganResidualBlock(network, attended, `${part}.mid.block_2`, gridSide);
  return { answer: await finish(network, forMiddle, part, gridSide), forMiddle, forUp };
}

async function decode(
  network: NetworkWriter,
  codes: OnnxValue,
  seen: Encoded,
  prefix: string,
  levels: number,
): Promise<OnnxValue> {
  const part = `${prefix}decoder`;
  let value = await convolution(network, codes, `${part}.conv_in`);
  value = await vqganResidualBlock(network, value, `${part}.mid.block_1`, gridSide);
  value = await crossAttention(network, value, seen.forMiddle, `${part}.mid.attn_1`, gridSide);
  value = await vqganResidualBlock(network, value, `${part}.mid.block_2`, gridSide);
  for (let level = levels - 1; level >= 0; level -= 1) {
    const sidePx = gridSide << (levels - 1 - level);
    const name = `${part}.up.${level}`;
    for (let block = 0; network.has(`${name}.block.${block}.conv1.weight`); block += 1) {
      value = await vqganResidualBlock(network, value, `${name}.block.${block}`, sidePx);
      if (network.has(`${name}.attn.${block}.q.weight`))
        value = await crossAttention(network, value, seen.forUp, `${name}.attn.${block}`, sidePx);
    }
    if (network.has(`${name}.upsample.conv.weight`))
      value = await phaseUpsampling(network, value, `${name}.upsample.conv`, sidePx * 2);
  }
  return finish(network, value, part, gridSide << (levels - 1));
}

async function finish(
  network: NetworkWriter,
  input: OnnxValue,
  part: string,
  sidePx: number,
): Promise<OnnxValue> {
  const norm = await readGroupNorm(network, `${part}.norm_out`);
  const normalised = await groupNorm(network, input, norm, { heightPx: sidePx, widthPx: sidePx });
  return convolution(network, swish(network, normalised), `${part}.conv_out`);
}
