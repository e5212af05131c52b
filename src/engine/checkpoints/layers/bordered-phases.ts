// Phase convolutions (phase-upsampling.ts) for pictures of any size and with a choice of border. Engine process.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';
import { convolve } from './convolution.ts';
import { phaseKernel } from './phase-upsampling.ts';

export interface BorderedPhaseOptions {
  /** What lies beyond the picture: zeros, or its outermost pixels (which is what mirroring the doubled picture by one gives). */
  readonly border: 'zeros' | 'outermost';
  /** Applied to each phase, where the runtime can join it with the convolution. */
  readonly activation?: (value: OnnxValue) => OnnxValue;
}

/** Nearest ×2 followed by 3×3: `weights` are out × in × 3 × 3, `bias` one per output. */
export async function upsampleInPhases(
  network: NetworkWriter,
  input: OnnxValue,
  { weights, bias }: { readonly weights: Float32Array; readonly bias: Float32Array },
  { border, activation = (value) => value }: BorderedPhaseOptions,
): Promise<OnnxValue> {
  const outputs = bias.length;
  const dims = [outputs, weights.length / outputs / 9, 2, 2];
  const biasValue = await network.constant(bias, [outputs]);
  const rows: OnnxValue[] = [];
  for (const vertical of [0, 1] as const) {
    const columns: OnnxValue[] = [];
    for (const horizontal of [0, 1] as const) {
      const kernel = await network.constant(phaseKernel(weights, vertical, horizontal), dims);
      const padding = [1 - vertical, 1 - horizontal, vertical, horizontal] as const;
      const picture = border === 'zeros' ? input : extended(network, input, padding);
      const options = { padding: border === 'zeros' ? padding : 0 };
      columns.push(activation(convolve(network, [picture, kernel, biasValue], dims, options)));
    }
    rows.push(interleaved(network, columns, 4));
  }
  // Woven by two joins: on the processor faster than DepthToSpace.
  const half = network.node('Shape', [input], { start: { int: 2 } });
  const size = network.node('Mul', [half, network.graph.integers([2])]);
  const answerDims = network.node('Concat', [network.graph.integers([1, outputs]), size], {
    axis: { int: 0 },
  });
  return network.node('Reshape', [interleaved(network, rows, 3), answerDims]);
}

/** The values side by side along a new axis. */
function interleaved(network: NetworkWriter, values: readonly OnnxValue[], axis: number): OnnxValue {
  const axes = network.graph.integers([axis]);
  const apart = values.map((value) => network.node('Unsqueeze', [value, axes]));
  return network.node('Concat', apart, { axis: { int: axis } });
}

/** The outermost pixels once more on the sides where `padding` (top, left, bottom, right) is 1. */
function extended(
  network: NetworkWriter,
  input: OnnxValue,
  [top, left, bottom, right]: readonly [number, number, number, number],
): OnnxValue {
  const pads = network.graph.integers([0, 0, top, left, 0, 0, bottom, right]);
  return network.node('Pad', [input, pads], { mode: { string: 'edge' } });
}
