// Turns a TensorFlow.js graph into an ONNX graph: walks back from the wanted outputs, so unused branches are left out.
import { OnnxGraphWriter } from '../../src/engine/checkpoints/onnx-graph-writer.ts';
import type { TfModel } from './tfjs-model.ts';
import { type ConvertedTensor, operatorConverters } from './tfjs-operators.ts';
import type { TfWeight } from './tfjs-weights.ts';

export interface ConvertedGraph {
  readonly graph: OnnxGraphWriter;
  /** The tensor a TensorFlow node became. Converts what it needs on first use. */
  tensorOf(tfName: string): ConvertedTensor;
}

/** Starts a graph whose only input is `image`, [1, 3, side, side]; the caller asks for tensors and publishes outputs. */
export function convertTfjsGraph(model: TfModel, name: string): ConvertedGraph {
  const graph = new OnnxGraphWriter(name);
  const converted = new Map<string, ConvertedTensor>();

  function weightOf(tfName: string): TfWeight {
    const weight = model.weights.get(tfName);
    if (weight === undefined) throw new Error(`${tfName} is not a constant`);
    return weight;
  }

  function convert(tfName: string): ConvertedTensor {
    const node = model.nodes.get(tfName);
    if (node === undefined) throw new Error(`there is no node ${tfName}`);
    if (node.op === 'Placeholder') {
      const [, height = 0, width = 0, channels = 0] = (node.attributes['shape']?.shape?.dim ?? []).map(
        (dim) => Number(dim.size),
      );
      const dims = [1, channels, height, width];
      return { value: graph.input('image', 'float32', dims), dims };
    }
    const convertOperator = operatorConverters[node.op];
    if (convertOperator === undefined) throw new Error(`operator ${node.op} (${tfName}) is not handled`);
    const inputName = (position: number): string => {
      const input = node.inputs[position];
      if (input === undefined) throw new Error(`${tfName} has no input ${position}`);
      return input;
    };
    return convertOperator({
      graph,
      node,
      tensor: (position) => tensorOf(inputName(position)),
      weight: (position) => weightOf(inputName(position)),
    });
  }

  function tensorOf(tfName: string): ConvertedTensor {
    const existing = converted.get(tfName);
    if (existing !== undefined) return existing;
    const tensor = convert(tfName);
    converted.set(tfName, tensor);
    return tensor;
  }

  return { graph, tensorOf };
}
