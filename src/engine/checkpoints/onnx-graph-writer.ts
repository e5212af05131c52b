// Builds an ONNX model file node by node, without any ONNX library. Used by the build-time converters and by checkpoint
// conversion on the user's machine. Does not optimise and does not check operator semantics: onnxruntime does, on load.
import { ProtobufWriter } from './protobuf-writer.ts';

/** Field and type numbers below are those of the public onnx.proto (IR version 8). */
const elementTypes = { float32: 1, uint8: 2, int32: 6, int64: 7, float16: 10, float64: 11 } as const;
export type OnnxElementType = keyof typeof elementTypes;

/** A constant. `data` holds the elements little endian, row by row; float16 travels as its 16-bit patterns. */
export type OnnxTensor =
  | { readonly type: 'float32'; readonly data: Float32Array; readonly dims: readonly number[] }
  | { readonly type: 'float16'; readonly data: Uint16Array; readonly dims: readonly number[] }
  | { readonly type: 'float64'; readonly data: Float64Array; readonly dims: readonly number[] }
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly dims: readonly number[] }
  | { readonly type: 'int32'; readonly data: Int32Array; readonly dims: readonly number[] }
  | { readonly type: 'uint8'; readonly data: Uint8Array; readonly dims: readonly number[] };

/** ONNX tells integers from floats by attribute type, which a JavaScript number cannot: hence the tag. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly string: string };

/** A number is a fixed size, a string names a symbolic one such as "height". */
export type OnnxDimension = number | string;

/** The name of a tensor inside the graph, as handed out by the writer. */
export type OnnxValue = string;

export interface OnnxModelFacts {
  readonly producer: string;
  /** What the graph expects and returns: ranges, layout, origin and licence of the weights. */
  readonly documentation: string;
  /** Operator set of the default domain; 17 is the first with LayerNormalization, and every runtime we support reads it. */
  readonly opset?: number;
}

const externalDataLocation = 1;
const irVersion = 8;
const defaultOpset = 17;

/**
 * Tensors are named by the writer unless a name is given; names are numbered, so equal calls produce equal files.
 *
 *     const graph = new OnnxGraphWriter('double');
 *     const image = graph.input('image', 'float32', [1, 3, 256, 256]);
 *     const two = graph.constant({ type: 'float32', data: Float32Array.of(2), dims: [] });
 *     graph.output(graph.node('Mul', [image, two]), 'doubled', 'float32', [1, 3, 256, 256]);
 *     const pieces = graph.finish({ producer: 'heirloom', documentation: 'image times two' });
 */
export class OnnxGraphWriter {
  readonly #name: string;
  readonly #nodes: ProtobufWriter[] = [];
  readonly #constants: ProtobufWriter[] = [];
  readonly #inputs: ProtobufWriter[] = [];
  readonly #outputs: ProtobufWriter[] = [];
  readonly #knownValues = new Set<OnnxValue>();
  readonly #int64Constants = new Map<string, OnnxValue>();

  constructor(name: string) {
    this.#name = name;
  }

  input(name: string, type: OnnxElementType, dims: readonly OnnxDimension[]): OnnxValue {
    this.#inputs.push(valueInfo(name, type, dims));
    return this.#define(name);
  }

  /** A weight or other constant (an ONNX initializer). `tensor.data` must not change before the file is written. */
  constant(tensor: OnnxTensor, name = `constant_${this.#constants.length}`): OnnxValue {
    const elementCount = tensor.dims.reduce((product, size) => product * size, 1);
    if (elementCount !== tensor.data.length) {
      throw new RangeError(`${name}: ${tensor.data.length} elements do not fill [${tensor.dims.join(', ')}]`);
    }
    const { buffer, byteOffset, byteLength } = tensor.data;
    const message = new ProtobufWriter();
    for (const size of tensor.dims) message.int(1, size);
    message.int(2, elementTypes[tensor.type]).string(8, name);
    message.bytes(9, new Uint8Array(buffer, byteOffset, byteLength));
    this.#constants.push(message);
    return this.#define(name);
  }

  /** A constant whose bytes lie in another file beside the model (external data). */
  externalConstant(
    type: OnnxElementType,
    dims: readonly number[],
    place: { readonly fileName: string; readonly byteOffset: number; readonly byteLength: number },
    name = `constant_${this.#constants.length}`,
  ): OnnxValue {
    const message = new ProtobufWriter();
    for (const size of dims) message.int(1, size);
    message.int(2, elementTypes[type]).string(8, name);
    const entries = { location: place.fileName, offset: place.byteOffset, length: place.byteLength };
    for (const [key, value] of Object.entries(entries))
      message.message(13, new ProtobufWriter().string(1, key).string(2, String(value)));
    this.#constants.push(message.int(14, externalDataLocation));
    return this.#define(name);
  }

  /** A list of integers as the shape, axes and pads inputs want it. Equal lists share one constant. */
  integers(values: readonly number[]): OnnxValue {
    const key = values.join(',');
    const existing = this.#int64Constants.get(key);
    if (existing !== undefined) return existing;
    const data = BigInt64Array.from(values, BigInt);
    const value = this.constant({ type: 'int64', data, dims: [values.length] });
    this.#int64Constants.set(key, value);
    return value;
  }

  /** A node with one output. An optional input that is left out in the middle is the empty string. */
  node(
    operator: string,
    inputs: readonly OnnxValue[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
  ): OnnxValue {
    return this.#addNode(operator, inputs, attributes, 1)[0] as OnnxValue;
  }

  /** A node with several outputs, such as Split. */
  nodes(
    operator: string,
    inputs: readonly OnnxValue[],
    outputCount: number,
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
  ): readonly OnnxValue[] {
    return this.#addNode(operator, inputs, attributes, outputCount);
  }

  /** Publishes `value` as an output of the model under `name`. */
  output(value: OnnxValue, name: string, type: OnnxElementType, dims: readonly OnnxDimension[]): void {
    this.#assertKnown(value, `output ${name}`);
    this.#nodes.push(
      new ProtobufWriter().string(1, value).string(2, name).string(3, name).string(4, 'Identity'),
    );
    this.#outputs.push(valueInfo(name, type, dims));
    this.#define(name);
  }

  /** The finished file in pieces, in order. */
  finish(facts: OnnxModelFacts): readonly Uint8Array[] {
    const graph = new ProtobufWriter();
    for (const node of this.#nodes) graph.message(1, node);
    graph.string(2, this.#name);
    for (const constant of this.#constants) graph.message(5, constant);
    for (const input of this.#inputs) graph.message(11, input);
    for (const output of this.#outputs) graph.message(12, output);
    const operatorSet = new ProtobufWriter().string(1, '').int(2, facts.opset ?? defaultOpset);
    return new ProtobufWriter()
      .int(1, irVersion)
      .string(2, facts.producer)
      .string(6, facts.documentation)
      .message(7, graph)
      .message(8, operatorSet)
      .chunks();
  }

  #addNode(
    operator: string,
    inputs: readonly OnnxValue[],
    attributes: Readonly<Record<string, OnnxAttribute>>,
    outputCount: number,
  ): OnnxValue[] {
    const name = `${operator}_${this.#nodes.length}`;
    const message = new ProtobufWriter();
    for (const input of inputs) {
      if (input !== '') this.#assertKnown(input, name);
      message.string(1, input);
    }
    const outputs = Array.from({ length: outputCount }, (_, index) =>
      this.#define(outputCount === 1 ? name : `${name}_${index}`),
    );
    for (const output of outputs) message.string(2, output);
    message.string(3, name).string(4, operator);
    for (const [key, attribute] of Object.entries(attributes))
      message.message(5, attributeMessage(key, attribute));
    this.#nodes.push(message);
    return outputs;
  }

  #define(name: OnnxValue): OnnxValue {
    if (this.#knownValues.has(name)) throw new RangeError(`two tensors are named ${name}`);
    this.#knownValues.add(name);
    return name;
  }

  /** Nodes must come in order of computation; this also catches a mistyped tensor name where it is written. */
  #assertKnown(value: OnnxValue, user: string): void {
    if (!this.#knownValues.has(value))
      throw new RangeError(`${user} reads ${value}, which does not exist yet`);
  }
}

function valueInfo(name: string, type: OnnxElementType, dims: readonly OnnxDimension[]): ProtobufWriter {
  const shape = new ProtobufWriter();
  for (const size of dims) {
    const dimension = new ProtobufWriter();
    shape.message(1, typeof size === 'number' ? dimension.int(1, size) : dimension.string(2, size));
  }
  const tensorType = new ProtobufWriter().int(1, elementTypes[type]).message(2, shape);
  return new ProtobufWriter().string(1, name).message(2, new ProtobufWriter().message(1, tensorType));
}

function attributeMessage(name: string, attribute: OnnxAttribute): ProtobufWriter {
  const message = new ProtobufWriter().string(1, name);
  if ('int' in attribute) return message.int(3, attribute.int).int(20, 2);
  if ('float' in attribute) return message.float(2, attribute.float).int(20, 1);
  if ('string' in attribute) return message.string(4, attribute.string).int(20, 3);
  if ('ints' in attribute) {
    for (const value of attribute.ints) message.int(8, value);
    return message.int(20, 7);
  }
  for (const value of attribute.floats) message.float(7, value);
  return message.int(20, 6);
}
