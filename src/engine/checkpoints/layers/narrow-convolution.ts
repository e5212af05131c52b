// A 3×3 convolution with very few outputs, such as the last one before a picture. Engine process.
// The processor computes outputs in blocks of 8 or 16, so three of them cost as much as a whole block. Four neighbouring
// pixels at once make twelve: a 4×4 kernel with stride 2, each pixel's nine taps in its corner, the rest zero.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';
import { convolve } from './convolution.ts';
import { wovenPhases } from './woven-phases.ts';

/** out × in × 3 × 3 → 4 out × in × 4 × 4: all outputs of phase (0, 0), then (0, 1), (1, 0), (1, 1). */
export function cornerKernels(weights: Float32Array): Float32Array {
  const pairs = weights.length / 9;
  const kernels = new Float32Array(4 * pairs * 16);
  for (let phase = 0; phase < 4; phase += 1) {
    const [top, left] = [phase >> 1, phase & 1];
    for (let pair = 0; pair < pairs; pair += 1) {
      for (let tap = 0; tap < 9; tap += 1) {
        const [y, x] = [top + Math.floor(tap / 3), left + (tap % 3)];
        kernels[(phase * pairs + pair) * 16 + y * 4 + x] = weights[pair * 9 + tap] as number;
      }
    }
  }
  return kernels;
}

/** `${name}.weight` (out × in × 3 × 3) and `${name}.bias`, for a square picture of an even side. */
export async function narrowConvolution(
  network: NetworkWriter,
  input: OnnxValue,
  name: string,
  sidePx: number,
): Promise<OnnxValue> {
  const [outputs, inputs] = network.dims(`${name}.weight`) as [number, number];
  const bias = await network.floats(`${name}.bias`);
  const biases = Float32Array.from({ length: 4 * outputs }, (_, index) => bias[index % outputs] as number);
  const dims = [4 * outputs, inputs, 4, 4];
  const corners = convolve(
    network,
    [
      input,
      await network.constant(cornerKernels(await network.floats(`${name}.weight`)), dims),
      await network.constant(biases, [4 * outputs]),
    ],
    dims,
    { stride: 2, padding: 1 },
  );
  const [a, b, c, d] = network.graph.nodes('Split', [corners], 4, { axis: { int: 1 } }) as [
    OnnxValue,
    OnnxValue,
    OnnxValue,
    OnnxValue,
  ];
  return wovenPhases(
    network,
    [
      [a, b],
      [c, d],
    ],
    outputs,
    sidePx,
  );
}
