// VQGAN's residual block: norm, swish, 3×3, norm, swish, 3×3, plus what came in. Engine process.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';
import { convolution } from './convolution.ts';
import { groupNorm, readGroupNorm } from './group-norm.ts';
import { fastConvolution } from './minimal-filtering.ts';
import { swish } from './swish.ts';

/** `name.norm1`, `.conv1`, `.norm2`, `.conv2` and, where the channels change, `.conv_out` or `.nin_shortcut`. `sidePx` of the picture. */
export async function vqganResidualBlock(
  network: NetworkWriter,
  input: OnnxValue,
  name: string,
  sidePx: number,
): Promise<OnnxValue> {
  const size = { heightPx: sidePx, widthPx: sidePx };
  const first = await groupNorm(network, input, await readGroupNorm(network, `${name}.norm1`), size);
  const middle = await fastConvolution(network, swish(network, first), `${name}.conv1`, sidePx);
  const second = await groupNorm(network, middle, await readGroupNorm(network, `${name}.norm2`), size);
  const change = await fastConvolution(network, swish(network, second), `${name}.conv2`, sidePx);
  const shortcut = ['conv_out', 'nin_shortcut'].find((kind) => network.has(`${name}.${kind}.weight`));
  const kept = shortcut === undefined ? input : await convolution(network, input, `${name}.${shortcut}`);
  return network.node('Add', [change, kept]);
}
