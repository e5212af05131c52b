// Layer normalisation over the last axis. Engine process.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';

/** `${name}.weight` and `${name}.bias`; PyTorch's epsilon. */
export async function layerNorm(network: NetworkWriter, input: OnnxValue, name: string): Promise<OnnxValue> {
  const inputs = [input, await network.weight(`${name}.weight`), await network.weight(`${name}.bias`)];
  return network.node('LayerNormalization', inputs, { axis: { int: -1 }, epsilon: { float: 1e-5 } });
}
