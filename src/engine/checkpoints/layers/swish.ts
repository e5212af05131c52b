// x · sigmoid(x), also called SiLU. Engine process.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';

export function swish(network: NetworkWriter, input: OnnxValue): OnnxValue {
  return network.node('Mul', [input, network.node('Sigmoid', [input])]);
}
