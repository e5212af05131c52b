// Between the tensors steps speak and those a graph wants. Pure; knows element types, not onnxruntime.
import { floatsToHalves, halvesToFloats } from './half-float.ts';
import type { Tensor } from './loaded-model.ts';

/** Element types a graph of the catalogue may declare for an input or output. */
export type ElementType = 'float32' | 'float16' | 'float64' | 'int64' | 'int32' | 'uint8' | 'int8' | 'bool';

export type ElementData =
  | Float32Array
  | Float64Array
  | BigInt64Array
  | Int32Array
  | Uint16Array
  | Uint8Array
  | Int8Array;

const elementTypes: readonly string[] = [
  'float32',
  'float16',
  'float64',
  'int64',
  'int32',
  'uint8',
  'int8',
  'bool',
] satisfies readonly ElementType[];

export function isElementType(name: string): name is ElementType {
  return elementTypes.includes(name);
}

/** The tensor's values in the element type a graph declares. The same array when nothing changes. */
export function toElementType(tensor: Tensor, wanted: ElementType): ElementData {
  if (tensor.type === wanted) return tensor.data;
  const floats = toFloats(tensor.data);
  switch (wanted) {
    case 'float32':
      return floats;
    case 'float16':
      return floatsToHalves(floats);
    case 'float64':
      return Float64Array.from(floats);
    case 'int64':
      return BigInt64Array.from([...floats].map((value) => BigInt(Math.round(value))));
    case 'int32':
      return Int32Array.from(floats, Math.round);
    case 'int8':
      return Int8Array.from(floats, (value) => clamp(Math.round(value), -128, 127));
    case 'uint8':
      return Uint8Array.from(floats, (value) => clamp(Math.round(value), 0, 255));
    case 'bool':
      return Uint8Array.from(floats, (value) => (value === 0 ? 0 : 1));
  }
}

/** A graph's output as floats. `float16` arrives as bit patterns or, on newer runtimes, as a Float16Array. */
export function toFloat32(type: string, data: unknown): Float32Array | null {
  if (data instanceof Float32Array) return data;
  if (type === 'float16' && data instanceof Uint16Array) return halvesToFloats(data);
  if (!isElementType(type) || !ArrayBuffer.isView(data) || data instanceof DataView) return null;
  // Every remaining view, Float16Array among them, yields numbers or bigints when read in order.
  return toFloats(data as unknown as ArrayLike<number | bigint>);
}

function toFloats(values: ArrayLike<number | bigint>): Float32Array {
  const floats = new Float32Array(values.length);
  for (let index = 0; index < values.length; index += 1) floats[index] = Number(values[index]);
  return floats;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
