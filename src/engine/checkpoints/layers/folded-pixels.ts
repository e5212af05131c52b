// Pixels folded into channels (pixel-unshuffle) before a convolution are one strided convolution. Engine process.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';
import { convolve } from './convolution.ts';

/**
 * out × (channels · fold²) × k × k on folded pixels → out × channels × (k · fold) × (k · fold) on the pixels themselves.
 * A folded channel is channel · fold² + row · fold + column, as PyTorch's pixel_unshuffle orders them.
 */
export function unfoldKernel(
  weights: Float32Array,
  [outputs = 0, inputs = 0, side = 0]: readonly number[],
  fold: number,
): Float32Array {
  const channels = inputs / (fold * fold);
  const largeSide = side * fold;
  const unfolded = new Float32Array(weights.length);
  for (let output = 0; output < outputs; output += 1) {
    for (let input = 0; input < inputs; input += 1) {
      const channel = Math.floor(input / (fold * fold));
      const row = Math.floor(input / fold) % fold;
      const column = input % fold;
      for (let y = 0; y < side; y += 1) {
        for (let x = 0; x < side; x += 1) {
          const to = (output * channels + channel) * largeSide + y * fold + row;
          unfolded[to * largeSide + x * fold + column] = weights[
            ((output * inputs + input) * side + y) * side + x
          ] as number;
        }
      }
    }
  }
  return unfolded;
}

/** `${name}` as a convolution of stride `fold` on unfolded pixels; fold 1 is the plain one. Sides: multiples of `fold`. */
export async function foldedPixelsConvolution(
  network: NetworkWriter,
  input: OnnxValue,
  name: string,
  fold: number,
): Promise<OnnxValue> {
  const dims = network.dims(`${name}.weight`);
  const [outputs = 0, inputs = 0, side = 0] = dims;
  const unfoldedDims = [outputs, inputs / (fold * fold), side * fold, side * fold];
  const kernel = unfoldKernel(await network.floats(`${name}.weight`), dims, fold);
  const nodes = [input, await network.constant(kernel, unfoldedDims), await network.weight(`${name}.bias`)];
  return convolve(network, nodes, unfoldedDims, { stride: fold, padding: (side >> 1) * fold });
}
