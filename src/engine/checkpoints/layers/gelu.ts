// The exact Gaussian error linear unit, in the form the runtime knows to fuse into one kernel. Engine process.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';

/** x/2 · (1 + erf(x/√2)). */
export async function gelu(network: NetworkWriter, input: OnnxValue): Promise<OnnxValue> {
  const spread = network.node('Erf', [network.node('Div', [input, await network.scalar(Math.SQRT2)])]);
  const gate = network.node('Add', [spread, await network.scalar(1)]);
  return network.node('Mul', [network.node('Mul', [input, gate]), await network.scalar(0.5)]);
}
