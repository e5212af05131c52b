// Halving and doubling pictures with straight lines between pixels, pixel centres being what is mapped. Engine process.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';

/** Bilinear ×½ reads exactly between two pixels in both directions: the mean of four. */
export function halve(network: NetworkWriter, input: OnnxValue): OnnxValue {
  const two = { ints: [2, 2] };
  return network.node('AveragePool', [input], { kernel_shape: two, strides: two });
}

export function double(network: NetworkWriter, input: OnnxValue): OnnxValue {
  const scales = network.graph.constant({ type: 'float32', data: Float32Array.of(1, 1, 2, 2), dims: [4] });
  return network.node('Resize', [input, '', scales], {
    mode: { string: 'linear' },
    coordinate_transformation_mode: { string: 'half_pixel' },
  });
}
