// The element types of stored tensors: their sizes, their names in PyTorch, and the way to 32-bit floats. Pure.
import { halvesToFloats } from '../../onnx/half-float.ts';
import type { StoredType } from '../checkpoint.ts';

export const elementByteSizes: Readonly<Record<StoredType, number>> = {
  float64: 8,
  float32: 4,
  float16: 2,
  bfloat16: 2,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint8: 1,
  bool: 1,
};

/** Classes of torch that stand for storages in a pickle. */
export const storageClasses: ReadonlyMap<string, StoredType> = new Map([
  ['DoubleStorage', 'float64'],
  ['FloatStorage', 'float32'],
  ['HalfStorage', 'float16'],
  ['BFloat16Storage', 'bfloat16'],
  ['LongStorage', 'int64'],
  ['IntStorage', 'int32'],
  ['ShortStorage', 'int16'],
  ['CharStorage', 'int8'],
  ['ByteStorage', 'uint8'],
  ['BoolStorage', 'bool'],
]);

/**
 * Writes the little endian elements of `bytes` as floats into `target` from `firstIndex` on. `bytes` holds whole
 * elements and starts at the beginning of its buffer. float64 and integers are rounded to the nearest float.
 */
export function toFloats(
  bytes: Uint8Array<ArrayBuffer>,
  type: StoredType,
  target: Float32Array,
  firstIndex: number,
): void {
  const { buffer, byteOffset, byteLength } = bytes;
  const count = byteLength / elementByteSizes[type];
  switch (type) {
    case 'float32':
      target.set(new Float32Array(buffer, byteOffset, count), firstIndex);
      return;
    case 'float16':
      target.set(halvesToFloats(new Uint16Array(buffer, byteOffset, count)), firstIndex);
      return;
    case 'bfloat16': {
      // The upper half of a float's bits.
      const bits = new Uint32Array(target.buffer, target.byteOffset + 4 * firstIndex, count);
      const upper = new Uint16Array(buffer, byteOffset, count);
      for (let index = 0; index < count; index += 1) bits[index] = (upper[index] as number) << 16;
      return;
    }
    case 'int64': {
      const values = new BigInt64Array(buffer, byteOffset, count);
      for (let index = 0; index < count; index += 1) target[firstIndex + index] = Number(values[index]);
      return;
    }
    case 'float64':
      target.set(new Float64Array(buffer, byteOffset, count), firstIndex);
      return;
    case 'int32':
      target.set(new Int32Array(buffer, byteOffset, count), firstIndex);
      return;
    case 'int16':
      target.set(new Int16Array(buffer, byteOffset, count), firstIndex);
      return;
    case 'int8':
      target.set(new Int8Array(buffer, byteOffset, count), firstIndex);
      return;
    case 'uint8':
    case 'bool':
      target.set(bytes, firstIndex);
      return;
  }
}
