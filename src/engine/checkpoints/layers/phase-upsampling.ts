// Nearest ×2 followed by a 3×3 convolution, without computing on pixels that are copies of each other. Engine process.
// A doubled picture repeats each pixel, so the nine taps of an output pixel fall on four input pixels: for each of the
// four positions of an output pixel within its input pixel (its phase) the kernel shrinks to 2×2. 2.25 times less work.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';
import { convolve } from './convolution.ts';

/** Which of the three taps meet in the first and the second input pixel, for the even and the odd phase. */
const meetingTaps = [
  [[0], [1, 2]],
  [[0, 1], [2]],
] as const;

/** out × in × 3 × 3 → out × in × 2 × 2, for one phase (0 or 1, from the top and from the left). */
export function phaseKernel(
  weights: Float32Array,
  verticalPhase: 0 | 1,
  horizontalPhase: 0 | 1,
): Float32Array {
  const kernel = new Float32Array((weights.length / 9) * 4);
  for (let pair = 0; pair < weights.length / 9; pair += 1) {
    for (const [y, rows] of meetingTaps[verticalPhase].entries()) {
      for (const [x, columns] of meetingTaps[horizontalPhase].entries()) {
        let sum = 0;
        for (const row of rows)
          for (const column of columns) sum += weights[pair * 9 + row * 3 + column] as number;
        kernel[pair * 4 + y * 2 + x] = sum;
      }
    }
  }
  return kernel;
}

export interface PhaseOptions {
  /** What lies beyond the picture: zeros, or its outermost pixels (which is what mirroring the doubled picture by one gives). */
  readonly border?: 'zeros' | 'outermost';
  /** Applied to each phase, where the runtime can join it with the convolution. */
  readonly activation?: (value: OnnxValue) => OnnxValue;
}

/**
 * `${name}.weight` (out × in × 3 × 3) and `${name}.bias`; the answer has twice the height and width.
 * @param sidePx of the answer.
 */
export async function phaseUpsampling(
  network: NetworkWriter,
  input: OnnxValue,
  name: string,
  sidePx: number,
): Promise<OnnxValue> {
  const [outputs, inputs] = network.dims(`${name}.weight`) as [number, number];
  const weights = await network.floats(`${name}.weight`);
  const bias = await network.weight(`${name}.bias`);
  const half = sidePx / 2;
  const rows: OnnxValue[] = [];
  for (const vertical of [0, 1] as const) {
    const columns: OnnxValue[] = [];
    for (const horizontal of [0, 1] as const) {
      const dims = [outputs, inputs, 2, 2];
      const kernel = await network.constant(phaseKernel(weights, vertical, horizontal), dims);
      const padding = [1 - vertical, 1 - horizontal, vertical, horizontal] as const;
      const phase = convolve(network, [input, kernel, bias], dims, { padding });
      columns.push(network.reshape(phase, [outputs, half, half, 1]));
    }
    rows.push(
      network.reshape(network.node('Concat', columns, { axis: { int: 3 } }), [outputs, half, 1, sidePx]),
    );
  }
  // Woven together by two joins; DepthToSpace would take three times as long on the processor (bench/rewrites.ts).
  return network.reshape(network.node('Concat', rows, { axis: { int: 2 } }), [1, outputs, sidePx, sidePx]);
}
