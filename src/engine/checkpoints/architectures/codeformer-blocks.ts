// A stretch of VQGAN's encoder or generator, block after block. Engine process.
import { convolution } from '../layers/convolution.ts';
import { groupNorm, readGroupNorm } from '../layers/group-norm.ts';
import { narrowConvolution } from '../layers/narrow-convolution.ts';
import { phaseUpsampling } from '../layers/phase-upsampling.ts';
import { vqganAttentionBlock } from '../layers/vqgan-attention-block.ts';
import { vqganResidualBlock } from '../layers/vqgan-residual-block.ts';
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';
import type { Block } from './codeformer-layout.ts';

/** Up to here four pixels' outputs fit into what one pixel's would cost. */
const narrowOutputs = 4;

/** `after` may replace a block's answer by another: that is how fusion comes in, and how taps are taken. */
export async function runBlocks(
  network: NetworkWriter,
  input: OnnxValue,
  blocks: readonly Block[],
  after?: (block: Block, answer: OnnxValue) => Promise<OnnxValue>,
): Promise<OnnxValue> {
  let value = input;
  for (const block of blocks) {
    value = await runBlock(network, value, block);
    if (after !== undefined) value = await after(block, value);
  }
  return value;
}

async function runBlock(network: NetworkWriter, input: OnnxValue, block: Block): Promise<OnnxValue> {
  const { name, kind, sidePx } = block;
  switch (kind) {
    case 'convolution':
      return (network.dims(`${name}.weight`)[0] as number) <= narrowOutputs
        ? narrowConvolution(network, input, name, sidePx)
        : convolution(network, input, name);
    case 'norm':
      return groupNorm(network, input, await readGroupNorm(network, name), {
        heightPx: sidePx,
        widthPx: sidePx,
      });
    case 'residual':
      return vqganResidualBlock(network, input, name, sidePx);
    case 'attention':
      return vqganAttentionBlock(network, input, name, sidePx);
    case 'down':
      // One row and column of zeros, at the bottom and the right only.
      return convolution(network, input, `${name}.conv`, { stride: 2, padding: [0, 0, 1, 1] });
    case 'up':
      return phaseUpsampling(network, input, `${name}.conv`, sidePx);
  }
}
