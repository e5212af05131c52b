// Reads the weights of a TensorFlow.js model: .bin files one after another, as a manifest lists them. Runs at build time only.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { halfToFloat } from '../../src/engine/onnx/half-float.ts';

/** Weights after dequantisation: float16 and uint8 storage arrives as float32. */
export interface TfWeight {
  readonly data: Float32Array | Int32Array;
  readonly dims: readonly number[];
  /** How a weight stored in bytes was stored. */
  readonly quantised?: QuantisedData;
}

/** value = code * scale + min. */
export interface QuantisedData {
  readonly codes: Uint8Array;
  readonly scale: number;
  readonly min: number;
}

export type WeightsManifest = readonly {
  readonly paths: readonly string[];
  readonly weights: readonly ManifestWeight[];
}[];

interface ManifestWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: { readonly dtype: string; readonly scale?: number; readonly min?: number };
}

const bytesOfType: Readonly<Record<string, number>> = { float32: 4, int32: 4, float16: 2, uint8: 1 };

/**
 * `jsonPath` is the file the manifest stood in: paths are relative to it.
 * Errors: a plain Error naming the weight when a data type or file length is not what the format promises.
 */
export async function readTfjsWeights(
  jsonPath: string,
  manifest: WeightsManifest,
): Promise<Map<string, TfWeight>> {
  const weights = new Map<string, TfWeight>();
  for (const group of manifest) {
    const parts = await Promise.all(group.paths.map((path) => readFile(join(dirname(jsonPath), path))));
    const bytes = Buffer.concat(parts);
    let offset = 0;
    for (const described of group.weights) {
      const { name, shape, dtype, quantization } = described;
      const elementBytes = bytesOfType[quantization?.dtype ?? dtype];
      if (elementBytes === undefined) throw new Error(`weight ${name} has a type that is not handled`);
      const byteLength = shape.reduce((product, size) => product * size, elementBytes);
      if (offset + byteLength > bytes.length) throw new Error(`${jsonPath}: the weights end before ${name}`);
      weights.set(
        name,
        readWeight(new DataView(bytes.buffer, bytes.byteOffset + offset, byteLength), described),
      );
      offset += byteLength;
    }
    if (offset !== bytes.length) throw new Error(`${jsonPath}: ${bytes.length - offset} bytes too many`);
  }
  return weights;
}

function readWeight(view: DataView, { name, shape, dtype, quantization }: ManifestWeight): TfWeight {
  const type = quantization?.dtype ?? dtype;
  const length = view.byteLength / (bytesOfType[type] ?? 1);
  switch (type) {
    case 'float32':
      return {
        data: Float32Array.from({ length }, (_, index) => view.getFloat32(index * 4, true)),
        dims: shape,
      };
    case 'float16':
      return {
        data: Float32Array.from({ length }, (_, index) => halfToFloat(view.getUint16(index * 2, true))),
        dims: shape,
      };
    case 'int32':
      return { data: Int32Array.from({ length }, (_, index) => view.getInt32(index * 4, true)), dims: shape };
    case 'uint8': {
      const { scale, min } = quantization ?? {};
      if (scale === undefined || min === undefined)
        throw new Error(`weight ${name} is bytes without a scale`);
      const codes = new Uint8Array(view.buffer, view.byteOffset, length);
      // A loop: millions of numbers, and from() calls back for each.
      const data = new Float32Array(length);
      for (let index = 0; index < length; index++) data[index] = (codes[index] ?? 0) * scale + min;
      return { data, dims: shape, quantised: { codes, scale, min } };
    }
    default:
      throw new Error(`weight ${name} has type ${type}, which is not handled`);
  }
}
