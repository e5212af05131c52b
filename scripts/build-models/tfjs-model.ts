// Reads a TensorFlow.js graph model (a .json topology beside its .bin weights). Runs at build time only.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface TfNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  /** Attributes as the file has them: {i: "1"}, {s: base64}, {list: {i: [...]}}. */
  readonly attributes: Readonly<Record<string, TfAttribute>>;
}

export interface TfAttribute {
  readonly i?: string;
  readonly s?: string;
  readonly list?: { readonly i?: readonly string[]; readonly s?: readonly string[] };
  readonly shape?: { readonly dim: readonly { readonly size: string }[] };
}

/** Weights after dequantisation: float16 storage arrives as float32. */
export interface TfWeight {
  readonly data: Float32Array | Int32Array;
  readonly dims: readonly number[];
}

export interface TfModel {
  /** In the file's order, which is not an order of computation. */
  readonly nodes: ReadonlyMap<string, TfNode>;
  readonly weights: ReadonlyMap<string, TfWeight>;
}

interface ModelFile {
  readonly modelTopology: {
    readonly node: readonly {
      readonly name: string;
      readonly op: string;
      readonly input?: readonly string[];
      readonly attr?: Readonly<Record<string, TfAttribute>>;
    }[];
  };
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly {
      readonly name: string;
      readonly shape: readonly number[];
      readonly dtype: string;
      readonly quantization?: { readonly dtype: string };
    }[];
  }[];
}

/** Errors: a plain Error naming the weight when a data type or file length is not what the format promises. */
export async function readTfjsModel(jsonPath: string): Promise<TfModel> {
  const file = JSON.parse(await readFile(jsonPath, 'utf8')) as ModelFile;
  const weights = new Map<string, TfWeight>();
  for (const group of file.weightsManifest) {
    const parts = await Promise.all(group.paths.map((path) => readFile(join(dirname(jsonPath), path))));
    const bytes = Buffer.concat(parts);
    let offset = 0;
    for (const { name, shape, dtype, quantization } of group.weights) {
      const length = shape.reduce((product, size) => product * size, 1);
      const storedType = quantization?.dtype ?? dtype;
      const byteLength = length * (storedType === 'float16' ? 2 : 4);
      if (offset + byteLength > bytes.length) throw new Error(`${jsonPath}: the weights end before ${name}`);
      const view = new DataView(bytes.buffer, bytes.byteOffset + offset, byteLength);
      weights.set(name, { data: readElements(view, storedType, length, name), dims: shape });
      offset += byteLength;
    }
    if (offset !== bytes.length) throw new Error(`${jsonPath}: ${bytes.length - offset} bytes too many`);
  }
  const nodes = file.modelTopology.node.map(({ name, op, input, attr }): [string, TfNode] => [
    name,
    { name, op, inputs: input ?? [], attributes: attr ?? {} },
  ]);
  return { nodes: new Map(nodes), weights };
}

function readElements(view: DataView, type: string, length: number, name: string): TfWeight['data'] {
  switch (type) {
    case 'float32':
      return Float32Array.from({ length }, (_, index) => view.getFloat32(index * 4, true));
    case 'float16':
      return Float32Array.from({ length }, (_, index) => halfToFloat(view.getUint16(index * 2, true)));
    case 'int32':
      return Int32Array.from({ length }, (_, index) => view.getInt32(index * 4, true));
    default:
      throw new Error(`weight ${name} has type ${type}, which is not handled`);
  }
}

/** IEEE 754 binary16 to a number. */
export function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
