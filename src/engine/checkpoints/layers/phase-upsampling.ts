// Nearest ×2 followed by a 3×3 convolution, without computing on pixels that are copies of each other. Engine process.
// A doubled picture repeats each pixel, so the nine taps of an output pixel fall on four input pixels: for each of the
// four positions of an output pixel within its input pixel (its phase) the kernel shrinks to 2×2. 2.25 times less work.
// Along a row, left and right phase then share most of what is left: with taps a, b, c and d the step between neighbours,
//   left  = a·x[-1] + (b + c)·x[0] = (a + b + c)·x[0] − a·(x[0] − x[-1])
//   right = (a + b)·x[0] + c·x[1]  = (a + b + c)·x[0] + c·(x[1] − x[0]),
// three products for two pixels where there were four: 3 times less work than the plain form in all.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';
import { convolve } from './convolution.ts';
import { wovenPhases } from './woven-phases.ts';

type Taps = readonly (readonly number[])[];

/** Which of the three taps meet in the first and the second input pixel, for the even and the odd phase. */
const meetingTaps: readonly [Taps, Taps] = [
  [[0], [1, 2]],
  [[0, 1], [2]],
];

/** out × in × 3 × 3 → out × in × 2 × 2, for one phase (0 or 1, from the top and from the left). */
export function phaseKernel(
  weights: Float32Array,
  verticalPhase: 0 | 1,
  horizontalPhase: 0 | 1,
): Float32Array {
  return summedKernel(weights, meetingTaps[verticalPhase], meetingTaps[horizontalPhase]);
}

/** The 3×3 kernels with rows and columns summed as told, times `sign`. */
function summedKernel(weights: Float32Array, rows: Taps, columns: Taps, sign = 1): Float32Array {
  const taps = rows.length * columns.length;
  const kernel = new Float32Array((weights.length / 9) * taps);
  for (let pair = 0; pair < weights.length / 9; pair += 1) {
    for (const [y, meetingRows] of rows.entries()) {
      for (const [x, meetingColumns] of columns.entries()) {
        let sum = 0;
        for (const row of meetingRows)
          for (const column of meetingColumns) sum += weights[pair * 9 + row * 3 + column] as number;
        kernel[pair * taps + y * columns.length + x] = sum * sign;
      }
    }
  }
  return kernel;
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
  const dims = [outputs, inputs, 2, 1];
  const stepLeft = await horizontalStep(network, input, inputs, 'left');
  const stepRight = await horizontalStep(network, input, inputs, 'right');
  const rowPhases = async (vertical: 0 | 1): Promise<readonly [OnnxValue, OnnxValue]> => {
    const padding = [1 - vertical, 0, vertical, 0] as const;
    const part = async (value: OnnxValue, columns: Taps, more: readonly OnnxValue[], sign = 1) => {
      const kernel = summedKernel(weights, meetingTaps[vertical], columns, sign);
      const inputsOfNode = [value, await network.constant(kernel, dims), ...more];
      return convolve(network, inputsOfNode, dims, { padding });
    };
    const shared = await part(input, [[0, 1, 2]], [bias]);
    // The runtime adds `shared` inside these convolutions.
    return [
      network.node('Add', [await part(stepLeft, [[0]], [], -1), shared]),
      network.node('Add', [await part(stepRight, [[2]], []), shared]),
    ];
  };
  return wovenPhases(network, [await rowPhases(0), await rowPhases(1)], outputs, sidePx);
}

/** x[0] − x[-1] or x[1] − x[0] in each row, zero beyond the border: a convolution per channel, to stay in its layout. */
async function horizontalStep(
  network: NetworkWriter,
  input: OnnxValue,
  channels: number,
  side: 'left' | 'right',
): Promise<OnnxValue> {
  const dims = [channels, 1, 1, 2];
  const kernel = Float32Array.from({ length: channels * 2 }, (_, index) => (index % 2 === 0 ? -1 : 1));
  const padding = side === 'left' ? ([0, 1, 0, 0] as const) : ([0, 0, 0, 1] as const);
  const inputs = [input, await network.constant(kernel, dims)];
  return convolve(network, inputs, dims, { padding, groups: channels });
}
