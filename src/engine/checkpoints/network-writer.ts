// An ONNX graph whose weights come from a checkpoint, one tensor at a time, and go to a file of their own.
// Engine process. Layers are in layers/; this only knows tensors, precision and the borders of the graph.
import { floatsToHalves } from '../onnx/half-float.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { ExternalWeights } from './external-weights.ts';
import type { OnnxAttribute, OnnxDimension, OnnxGraphWriter, OnnxValue } from './onnx-graph-writer.ts';

export type Precision = 'fp32' | 'fp16';

/** Type numbers of onnx.proto, which Cast wants. */
const castTargets = { float32: 1, float16: 10 } as const;

/** Small constants stay in the graph, where the runtime's optimiser reads them without opening another file. */
const inlineUpToBytes = 1024;

export class NetworkWriter {
  readonly graph: OnnxGraphWriter;
  readonly checkpoint: Checkpoint;
  readonly precision: Precision;
  readonly #weights: ExternalWeights;
  readonly #scalars = new Map<number, OnnxValue>();

  constructor(
    graph: OnnxGraphWriter,
    checkpoint: Checkpoint,
    weights: ExternalWeights,
    precision: Precision,
  ) {
    this.graph = graph;
    this.checkpoint = checkpoint;
    this.precision = precision;
    this.#weights = weights;
  }

  /** The border is float32 in every precision; inside, the graph computes in its own. */
  input(name: string, dims: readonly OnnxDimension[]): OnnxValue {
    const value = this.graph.input(name, 'float32', dims);
    return this.precision === 'fp32' ? value : this.#cast(value, 'float16');
  }

  output(value: OnnxValue, name: string, dims: readonly OnnxDimension[]): void {
    const plain = this.precision === 'fp32' ? value : this.#cast(value, 'float32');
    this.graph.output(plain, name, 'float32', dims);
  }

  has(name: string): boolean {
    return this.checkpoint.tensors.has(name);
  }

  /** Shape of a tensor of the checkpoint. Throws RangeError where there is none of that name. */
  dims(name: string): readonly number[] {
    const tensor = this.checkpoint.tensors.get(name);
    if (tensor === undefined) throw new RangeError(`the checkpoint has no ${name}`);
    return tensor.dims;
  }

  /** The tensor's values, to be folded into others. */
  floats(name: string): Promise<Float32Array> {
    return this.checkpoint.read(name);
  }

  /** A weight as it is stored, in the graph's precision. */
  async weight(name: string): Promise<OnnxValue> {
    return this.constant(await this.floats(name), this.dims(name));
  }

  /** Computed weights, written at once: `data` may be reused by the caller afterwards. */
  async constant(data: Float32Array, dims: readonly number[]): Promise<OnnxValue> {
    if (data.byteLength <= inlineUpToBytes) {
      return this.precision === 'fp32'
        ? this.graph.constant({ type: 'float32', data: data.slice(), dims })
        : this.graph.constant({ type: 'float16', data: floatsToHalves(data), dims });
    }
    const place = await this.#weights.append(data, this.precision);
    return this.graph.externalConstant(this.precision === 'fp32' ? 'float32' : 'float16', dims, place);
  }

  /** A single number in the graph's precision. Equal numbers share one constant. */
  async scalar(value: number): Promise<OnnxValue> {
    const existing = this.#scalars.get(value);
    if (existing !== undefined) return existing;
    const constant = await this.constant(Float32Array.of(value), []);
    this.#scalars.set(value, constant);
    return constant;
  }

  node(
    operator: string,
    inputs: readonly OnnxValue[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
  ): OnnxValue {
    return this.graph.node(operator, inputs, attributes);
  }

  /** A fixed shape; -1 for the one that follows from the rest, 0 to keep the input's. */
  reshape(value: OnnxValue, dims: readonly number[]): OnnxValue {
    return this.graph.node('Reshape', [value, this.graph.integers(dims)]);
  }

  transpose(value: OnnxValue, order: readonly number[]): OnnxValue {
    return this.graph.node('Transpose', [value], { perm: { ints: order } });
  }

  #cast(value: OnnxValue, type: keyof typeof castTargets): OnnxValue {
    return this.graph.node('Cast', [value], { to: { int: castTargets[type] } });
  }
}
