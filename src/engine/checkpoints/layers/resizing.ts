// Enlarging features to the size of others. Engine process.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';

/** `input` with its pixels repeated until it has the height and width of `other`, whatever both are. */
export function enlargeNearest(network: NetworkWriter, input: OnnxValue, other: OnnxValue): OnnxValue {
  const channels = network.node('Shape', [input], { end: { int: 2 } });
  const size = network.node('Shape', [other], { start: { int: 2 } });
  const dims = network.node('Concat', [channels, size], { axis: { int: 0 } });
  return network.node('Resize', [input, '', '', dims], nearest);
}

/** `input` with each pixel repeated `times` times in both directions. */
export function repeatPixels(network: NetworkWriter, input: OnnxValue, times: number): OnnxValue {
  const scales = network.graph.constant({
    type: 'float32',
    data: Float32Array.of(1, 1, times, times),
    dims: [4],
  });
  return network.node('Resize', [input, '', scales], nearest);
}

const nearest = {
  mode: { string: 'nearest' },
  coordinate_transformation_mode: { string: 'asymmetric' },
  nearest_mode: { string: 'floor' },
} as const;
