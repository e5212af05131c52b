// Activations that cut or flatten what is negative. Engine process.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';

export function relu(network: NetworkWriter, input: OnnxValue): OnnxValue {
  return network.node('Relu', [input]);
}

/** Negative values times `slope`; slope 0 is the plain rectifier. */
export function leakyRelu(network: NetworkWriter, input: OnnxValue, slope: number): OnnxValue {
  if (slope === 0) return relu(network, input);
  return network.node('LeakyRelu', [input], { alpha: { float: slope } });
}
